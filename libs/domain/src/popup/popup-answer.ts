/** What a PBX is told about a caller, from what the directory has of the number. */
import { fillUrl } from './fill-url.js';
import type { PopupAnswer, PopupQuestion } from './popup.js';
import type { PopupSettings } from './popup-settings.js';

/** A contact that has the number. */
export interface ContactMatch {
  id: string;
  /** The tenant's own id of it. */
  externalId: string | null;
  name: string;
  company: string | null;
  /** Its page in the tenant's CRM. */
  url: string | null;
  /** Milliseconds since 1970. */
  updatedAt: number;
}

/** What is known of a number. */
export interface KnownCaller {
  /** Null for what is no phone number, such as an extension: nobody is known by it. */
  e164: string | null;
  /** How many contacts have it; there may be more than are listed. */
  total: number;
  /** Those updated last, in any order. */
  contacts: readonly ContactMatch[];
}

/** Nobody is known, or nobody could be asked in time. */
export function unknownCaller(e164: string | null): KnownCaller {
  return { e164, total: 0, contacts: [] };
}

/**
 * Of several contacts with one number the one that was updated last is shown, of equally old ones the one made last
 * (design "Contacts", item 1).
 *
 * @param remembered  custom data of the call; what the PBX gave back of it itself is newer
 */
export function popupAnswer(
  { e164, total, contacts }: KnownCaller,
  question: PopupQuestion,
  settings: PopupSettings,
  remembered: Readonly<Record<string, unknown>> = {},
): PopupAnswer {
  const contact = contacts.reduce<ContactMatch | undefined>(shown, undefined);
  const { number, vendorCallId, extension, did, customData } = question;
  const known = shownData({ ...remembered, ...customData });
  const asked = { ...known, phone: number, e164, callId: vendorCallId, did, extension };
  if (contact === undefined) {
    return { kind: 'popup', total: 0, contact: null, url: fillUrl(settings.newContactUrl, asked) };
  }
  const { id, externalId, name, company } = contact;
  const page = fillUrl(settings.contactUrl, { ...asked, contactId: id, externalId });
  return { kind: 'popup', total, contact: { name, company }, url: contact.url ?? page };
}

/** Members that are one value, by the names of their placeholders. */
function shownData(data: Readonly<Record<string, unknown>>): Record<string, string> {
  const shown = Object.entries(data).flatMap(([name, value]) =>
    typeof value === 'string' || typeof value === 'number' ? [[`customData.${name}`, String(value)]] : [],
  );
  return Object.fromEntries(shown) as Record<string, string>;
}

function shown(best: ContactMatch | undefined, other: ContactMatch): ContactMatch {
  if (best === undefined || other.updatedAt > best.updatedAt) return other;
  // Ids are UUIDv7, so the greater one was made later.
  return other.updatedAt === best.updatedAt && other.id > best.id ? other : best;
}
