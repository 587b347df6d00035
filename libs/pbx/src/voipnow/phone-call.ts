/** PhoneCall, VoipNow's word for a call that goes on and for one in its history. Members that are null are left out. */
import { fromEpoch, instant, type Instant } from '#domain';
import { fieldsOf, isRecord, itemsOf, textOf, textsOf, wholeOf } from './junk.js';

export interface PhoneCallView {
  id: string | null;
  extension: string | null;
  sources: readonly string[];
  destinations: readonly string[];
  isAnswered: boolean;
}

export interface PhoneCall {
  /** What webhooks call `CallAPIID`. */
  id: string | null;
  /** As it was given with the order. */
  nonce: string | null;
  /** Whose it is, and who pays: not always a party of it. */
  extension: string | null;
  publishedAt: Instant | null;
  isAnswered: boolean;
  /** The call as each of its parties sees it. */
  views: readonly PhoneCallView[];
}

const ON_CALL = 5;
/** Of a call in the history. */
const DISPOSITION_ANSWERED = 0;
const TIME = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/;
const SECOND_MS = 1_000;

/**
 * Of a list, of a collection (`entry`), and of one call by itself; what is none is left out.
 *
 * @param timeZone  of times that do not say theirs
 */
export function phoneCallsIn(value: unknown, timeZone: string): PhoneCall[] {
  if (isRecord(value) && textOf(value['id']) !== null) return [phoneCallOf(value, timeZone)];
  const items = itemsOf(isRecord(value) && 'entry' in value ? value['entry'] : value);
  return items.filter(isRecord).map((item) => phoneCallOf(item, timeZone));
}

/** How many there are beyond this page; null where it does not say. */
export function totalOf(value: unknown): number | null {
  return wholeOf(fieldsOf(value)['totalResults']);
}

function phoneCallOf(fields: Readonly<Record<string, unknown>>, timeZone: string): PhoneCall {
  const views = itemsOf(fields['phoneCallView']).filter(isRecord).map(viewOf);
  return {
    id: textOf(fields['id']),
    nonce: textOf(fields['nonce']),
    extension: textOf(fields['extension']),
    publishedAt: timeOf(fields['published'], timeZone),
    isAnswered: textOf(fields['answered']) !== null || views.some(({ isAnswered }) => isAnswered),
    views,
  };
}

function viewOf(fields: Readonly<Record<string, unknown>>): PhoneCallView {
  const disposition = wholeOf(fields['disposition']);
  return {
    id: textOf(fields['id']),
    extension: textOf(fields['extension']),
    sources: textsOf(fields['source']),
    destinations: textsOf(fields['destination']),
    isAnswered:
      disposition === null
        ? wholeOf(fields['status']) === ON_CALL || textOf(fields['answered']) !== null
        : disposition === DISPOSITION_ANSWERED,
  };
}

function timeOf(value: unknown, timeZone: string): Instant | null {
  const text = textOf(value);
  const [found, , zone] = (text === null ? null : TIME.exec(text)) ?? [];
  if (found === undefined) return null;
  const at = Date.parse(zone === undefined ? `${found.replace(' ', 'T')}Z` : found.replace(' ', 'T'));
  if (!Number.isFinite(at)) return null;
  return zone === undefined ? fromEpoch(at / SECOND_MS, { epochs: 'local', timeZone }) : instant(at);
}
