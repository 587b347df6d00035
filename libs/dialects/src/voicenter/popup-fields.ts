/**
 * The fields of Voicenter's popup with every spelling that was seen: those of the GET query, of the form, of the JSON and
 * of the JSON's `currentCall`.
 *
 * Source: seed section 2 "POP UP Screen", the vendor's samples, design "Dialects". What is not listed (`recordFile`, which is
 * a file's name and no URL, `callerName`, `isMuted`, ...) stays in `raw`.
 */
import { saysLess, sortFields, spellingsOf } from '../content/known-fields.js';
import type { Fields, KnownFields, SortedFields } from '../content/known-fields.js';
import { ownNames } from '../content/open-wrappers.js';
import { rawOf } from '../content/raw-of.js';
import { isBlank, rawText } from '../content/scalars.js';
import { squeezed } from '../content/squeezed.js';
import { isWordForNothing } from '../content/word-for-nothing.js';
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

export interface PopupFields extends SortedFields<PopupFieldName> {
  customData: Record<string, unknown>;
}

type Left = Pick<PopupFields, 'customData' | 'rest' | 'unreadable'>;

const POPUP_SPELLINGS = spellingsOf<PopupFieldName>(SPELLINGS);
const CURRENT_CALL = 'currentcall';
const CUSTOM_DATA = 'customdata';

export const isOwnOfPopup = ownNames(POPUP_SPELLINGS, [CURRENT_CALL, CUSTOM_DATA]);

/**
 * The message's own fields count before those of its `currentCall`. Of that is left over what the message itself does not
 * say in the same words.
 */
export function popupFields(fields: Fields): PopupFields {
  const outer = sortFields(fields, POPUP_SPELLINGS);
  const nested = outer.rest.find(([name]) => squeezed(name) === CURRENT_CALL);
  const current = nested && unfolded(nested[1]);
  if (!nested || !isObject(current)) return { known: outer.known, ...withCustomData(outer) };
  const inner = sortFields(Object.entries(current), POPUP_SPELLINGS);
  const known = inFrontOf(inner.known, outer.known);
  const other = Object.entries(inner.known)
    .filter(([field, { value }]) => known[field as PopupFieldName]?.value !== value)
    .map(([, { name, value }]): [string, unknown] => [name, value]);
  const own = withCustomData({ ...outer, rest: outer.rest.filter((field) => field !== nested) });
  const currents = withCustomData({ ...inner, rest: [...inner.rest, ...other] });
  const left: [string, unknown][] = currents.rest.length === 0 ? [] : [[nested[0], rawOf(currents.rest)]];
  return {
    known,
    customData: { ...currents.customData, ...own.customData },
    rest: [...own.rest, ...left, ...hidden(outer.known, known)],
    unreadable: [...own.unreadable, ...currents.unreadable],
  };
}

/** Of a field that both say, the outer one counts, and the inner one where that says nothing or cannot be read. */
function inFrontOf(
  inner: KnownFields<PopupFieldName>,
  outer: KnownFields<PopupFieldName>,
): KnownFields<PopupFieldName> {
  const known = { ...inner };
  for (const [name, field] of Object.entries(outer)) {
    const behind = inner[name as PopupFieldName];
    if (behind === undefined) known[name as PopupFieldName] = field;
    else if (!saysLess(field.value, behind.value)) {
      known[name as PopupFieldName] = { ...field, instead: behind };
    }
  }
  return known;
}

/** What the message itself says and what does not count. */
function hidden(
  outer: KnownFields<PopupFieldName>,
  known: KnownFields<PopupFieldName>,
): [name: string, value: unknown][] {
  return Object.entries(outer)
    .filter(([field, { value }]) => known[field as PopupFieldName]?.value !== value)
    .map(([, { name, value }]) => [name, value]);
}

/** Takes the custom data out of what is left over. What cannot be read as such stays in it. */
function withCustomData({ rest, unreadable }: SortedFields<PopupFieldName>): Left {
  const found = rest.find(([name]) => squeezed(name) === CUSTOM_DATA);
  const customData = found && readCustomData(found[1]);
  if (customData) return { customData, rest: rest.filter((field) => field !== found), unreadable };
  const isOdd = found !== undefined && !isNothing(found[1]);
  return { customData: {}, rest, unreadable: isOdd ? [...unreadable, found[0]] : unreadable };
}

function isNothing(value: unknown): boolean {
  return isBlank(value) || (typeof value !== 'object' && isWordForNothing(rawText(value)));
}
