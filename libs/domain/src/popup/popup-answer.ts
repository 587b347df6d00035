/** What a PBX is told about a caller, from what the directory has of the number. */
import type { CallMatch } from '../contact/match-contact.js';
import { fillUrl } from './fill-url.js';
import type { PopupAnswer, PopupQuestion } from './popup.js';
import type { PopupSettings } from './popup-settings.js';

/** Names of so many are shown where several contacts have a number and the tenant wants to choose. */
const MOST_NAMES = 2;
/** What only one contact has. */
const OF_ONE = /\{(?:contactId|externalId)\}/;

/**
 * @param remembered  custom data of the call; what the PBX gave back of it itself is newer
 */
export function popupAnswer(
  { contact, number: e164, total, candidates }: CallMatch,
  question: PopupQuestion,
  settings: PopupSettings,
  remembered: Readonly<Record<string, unknown>> = {},
): PopupAnswer {
  const { number, vendorCallId, extension, did, customData } = question;
  const known = shownData({ ...remembered, ...customData });
  const asked = { ...known, phone: number, e164, callId: vendorCallId, did, extension };
  if (contact !== null) {
    const { id: contactId, externalId, name, company, url } = contact;
    const page = fillUrl(settings.contactUrl, { ...asked, contactId, externalId });
    return { kind: 'popup', total, contact: { name, company }, url: url ?? page };
  }
  if (total === 0) {
    return { kind: 'popup', total: 0, contact: null, url: fillUrl(settings.newContactUrl, asked) };
  }
  const names = candidates.slice(0, MOST_NAMES).map(({ name }) => name);
  const search =
    settings.contactUrl !== null && !OF_ONE.test(settings.contactUrl) ? settings.contactUrl : null;
  return {
    kind: 'popup',
    total,
    contact: { name: names.join(' / '), company: null },
    url: fillUrl(search, asked),
  };
}

/** A contact as it stands on an agent's screen. */
export interface PopupContact {
  id: string;
  /** Where it was found: `directory`, or the id of another source. */
  source: string;
  externalId: string | null;
  name: string;
  company: string | null;
  /** Its page; null when the tenant gave none. */
  url: string | null;
}

/** All who have the number, the one that the policy names first: on a screen, unlike in a PBX's reply, there is room to choose. */
export function popupContacts(
  { contact, number: e164, total, candidates }: CallMatch,
  { number, vendorCallId, extension, did, customData }: PopupQuestion,
  settings: PopupSettings,
): { total: number; contacts: PopupContact[]; newContactUrl: string | null } {
  const asked = { ...shownData(customData), phone: number, e164, callId: vendorCallId, did, extension };
  const others = candidates.filter(({ id, source }) => id !== contact?.id || source !== contact.source);
  return {
    total,
    contacts: [...(contact === null ? [] : [contact]), ...others].map(
      ({ id, source, externalId, name, company, url }) => ({
        id,
        source,
        externalId,
        name,
        company,
        url: url ?? fillUrl(settings.contactUrl, { ...asked, contactId: id, externalId }),
      }),
    ),
    newContactUrl: fillUrl(settings.newContactUrl, asked),
  };
}

/** Members that are one value, by the names of their placeholders. */
function shownData(data: Readonly<Record<string, unknown>>): Record<string, string> {
  const shown = Object.entries(data).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[`customData.${name}`, String(value)]] : [],
  );
  return Object.fromEntries(shown) as Record<string, string>;
}
