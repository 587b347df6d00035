import { urlTemplateFault } from './fill-url.js';

/** What a tenant set for the popups of a connection. */
export interface PopupSettings {
  /** Template of a contact's page, for contacts without a URL of their own. */
  contactUrl: string | null;
  /** Template of the form for a new contact. */
  newContactUrl: string | null;
}

export const NO_POPUP_SETTINGS: PopupSettings = Object.freeze({ contactUrl: null, newContactUrl: null });

/** @param settings  of a connection. A template that is wrong counts as none: the caller's name is worth more than it is. */
export function popupSettings({
  contactUrl,
  newContactUrl,
}: Readonly<Record<string, unknown>>): PopupSettings {
  return { contactUrl: usable(contactUrl), newContactUrl: usable(newContactUrl) };
}

function usable(template: unknown): string | null {
  return typeof template === 'string' && urlTemplateFault(template) === null ? template : null;
}

/** What is wrong with a connection's settings for popups, in words for the tenant. */
export function popupSettingFaults(
  settings: Readonly<Record<string, unknown>>,
): { setting: string; fault: string }[] {
  const faults = ['contactUrl', 'newContactUrl'].map((setting) => ({
    setting,
    fault: settings[setting] === undefined ? null : urlTemplateFault(settings[setting]),
  }));
  const { totalSpelling } = settings;
  const spelled = totalSpelling === undefined || totalSpelling === 'number' || totalSpelling === 'string';
  faults.push({ setting: 'totalSpelling', fault: spelled ? null : 'must be "number" or "string"' });
  return faults.flatMap(({ setting, fault }) => (fault === null ? [] : [{ setting, fault }]));
}
