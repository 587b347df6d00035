import type { SettingsReader } from '#domain';

export const NEW_CONTACTS = ['Contact', 'Lead'] as const;

export interface SalesforceSettings {
  /** The whole part of the API's version, such as `61`. */
  apiVersion: number;
  /** The field of tasks that holds our id: an external id of the tenant's making, or `CallObject`, which every org has. */
  callIdField: string;
  /** What is made of a caller whom nobody knows. */
  newContacts: (typeof NEW_CONTACTS)[number];
  /** Where pages are, such as `https://acme.lightning.force.com`; empty: not told. */
  pagesUrl: string;
  /** Tasks are of a day, and this is whose. */
  timeZone: string;
}

export function readSalesforceSettings(reader: SettingsReader): SalesforceSettings {
  const callIdField = reader.text('callIdField', { max: 80, byDefault: 'CallObject' });
  // It becomes part of a query.
  if (!/^[A-Za-z]\w*$/.test(callIdField)) {
    reader.complain('callIdField', 'This must be the API name of a field, such as Switchhook_Call_Id__c.');
  }
  return {
    apiVersion: reader.count('apiVersion', { min: 50, max: 99, byDefault: 61 }),
    callIdField,
    newContacts: reader.choice('newContacts', NEW_CONTACTS, 'Contact'),
    pagesUrl: reader.url('pagesUrl')?.replace(/\/+$/, '') ?? '',
    timeZone: reader.timeZone('timeZone', 'UTC'),
  };
}
