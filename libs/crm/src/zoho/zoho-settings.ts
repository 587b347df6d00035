import type { SettingsReader } from '#domain';

export const MODULES = ['Contacts', 'Leads'] as const;

export interface ZohoSettings {
  /** API name of a field of calls that holds our id and does not allow duplicates; empty: there is none. */
  callIdField: string;
  /** What is made of a caller whom nobody knows. */
  newContacts: (typeof MODULES)[number];
  /** Where pages are, such as `https://crm.zoho.eu/crm/org7`; empty: not told. */
  pagesUrl: string;
  /** Tasks are of a day, and this is whose. */
  timeZone: string;
}

export function readZohoSettings(reader: SettingsReader): ZohoSettings {
  const callIdField = reader.text('callIdField', { max: 50 });
  if (!/^\w*$/.test(callIdField)) {
    reader.complain('callIdField', 'This must be the API name of a field, such as Switchhook_Call_Id.');
  }
  return {
    callIdField,
    newContacts: reader.choice('newContacts', MODULES, 'Contacts'),
    pagesUrl: reader.url('pagesUrl')?.replace(/\/+$/, '') ?? '',
    timeZone: reader.timeZone('timeZone', 'UTC'),
  };
}
