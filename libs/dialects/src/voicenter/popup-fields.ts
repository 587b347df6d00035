/**
 * The fields of Voicenter's popup with every spelling that was seen: those of the GET query, of the form, of the JSON and
 * of the JSON's `currentCall`.
 *
 * Source: seed section 2 "POP UP Screen", the vendor's samples, design "Dialects". What is not listed (`recordFile`, which is
 * a file's name and no URL, `callerName`, `isMuted`, ...) stays in `raw`.
 */
import { sortFields, spellingsOf } from '../content/known-fields.js';
import type { Fields, KnownFields } from '../content/known-fields.js';
import { rawOf } from '../content/raw-of.js';
import { squeezed } from '../content/squeezed.js';
import { isObject, readCustomData, unfolded } from './structures.js';

const SPELLINGS = {
  phone: ['phone', 'callerphone', 'caller'],
  callId: ['ivrid', 'ivruniqueid', 'callid'],
  extension: ['extenuser', 'extension'],
  did: ['did'],
  status: ['status', 'statuscall', 'callstatus'],
  direction: ['direction'],
  isInternal: ['isinternal'],
  started: ['callstarted'],
  answered: ['isanswered', 'answered'],
  cause: ['cause'],
  originalCaller: ['originalcallerid'],
} as const satisfies Record<string, readonly string[]>;

export type PopupFieldName = keyof typeof SPELLINGS;

export interface PopupFields {
  known: KnownFields<PopupFieldName>;
  customData: Record<string, unknown>;
  /** Everything else, as it came; of `currentCall` what the message itself does not say in the same words. */
  raw: Record<string, unknown>;
}

const BY_SPELLING = spellingsOf<PopupFieldName>(SPELLINGS);
const CURRENT_CALL = 'currentcall';
const CUSTOM_DATA = 'customdata';

/** The message's own fields count before those of its `currentCall`. */
export function popupFields(fields: Fields): PopupFields {
  const outer = sortFields(fields, BY_SPELLING);
  const nested = outer.rest.find(([name]) => squeezed(name) === CURRENT_CALL);
  const current = nested && unfolded(nested[1]);
  if (!nested || !isObject(current)) return { known: outer.known, ...withCustomData(outer.rest) };
  const inner = sortFields(Object.entries(current), BY_SPELLING);
  const known = { ...inner.known, ...outer.known };
  const other = Object.entries(inner.known)
    .filter(([field, { value }]) => known[field as PopupFieldName]?.value !== value)
    .map(([, { name, value }]): [string, unknown] => [name, value]);
  const own = withCustomData(outer.rest.filter((field) => field !== nested));
  const currents = withCustomData([...inner.rest, ...other]);
  const left = Object.keys(currents.raw).length === 0 ? [] : [[nested[0], currents.raw] as const];
  return {
    known,
    customData: { ...currents.customData, ...own.customData },
    raw: rawOf([...Object.entries(own.raw), ...left]),
  };
}

/** Takes the custom data out of what is left over. What cannot be read as such stays in it. */
function withCustomData(rest: readonly [string, unknown][]): Omit<PopupFields, 'known'> {
  const found = rest.find(([name]) => squeezed(name) === CUSTOM_DATA);
  const customData = found && readCustomData(found[1]);
  if (!customData) return { customData: {}, raw: rawOf(rest) };
  return { customData, raw: rawOf(rest.filter((field) => field !== found)) };
}
