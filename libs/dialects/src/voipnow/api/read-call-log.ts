/** Which calls of the past are asked for (UnifiedAPI, Cdr service). */
import type { AskedTime, CallLogSearch, CallResult, Direction } from '#domain';
import type { AskedFields } from '../../content/asked-fields.js';
import { askedTime } from '../../content/asked-time.js';
import type { Page } from './page.js';
import type { PlaceInPath } from './place-in-path.js';
import { asking, invalid, unsupported, type AskReading, type Refused } from './reading.js';

type Draft = { -readonly [Key in keyof CallLogSearch]: CallLogSearch[Key] };

export const DISPOSITION_OF: Readonly<Record<CallResult, number>> = {
  answered: 0,
  voicemail: 0,
  busy: 1,
  failed: 2,
  missed: 3,
  abandoned: 3,
  cancelled: 3,
  ivr_only: 3,
  unknown: 4,
};
/** Of calls that the vendor's system refused: none of ours. */
const NOT_ALLOWED = '5';

export const FLOW_OF: Readonly<Record<Direction, number>> = { internal: 2, outbound: 4, inbound: 8 };

const PARTY = /^[\w+*.@-]{1,64}$/;

/** @param epochs  what epoch seconds mean, where times are written so */
export function readCallLog(
  fields: AskedFields,
  { owner }: PlaceInPath,
  page: Page,
  epochs: 'utc' | 'local',
): AskReading {
  const search: Draft = owner === null ? {} : { owner };
  const wrong = readParties(fields, search) ?? readSpan(fields, search, epochs) ?? readKinds(fields, search);
  if (wrong) return wrong;
  const order = page.sort === 'ascending' ? 'oldest_first' : 'newest_first';
  return asking({
    kind: 'call_log',
    search,
    page: { offset: page.startIndex, limit: page.count },
    ...(page.sort !== null && { order }),
  });
}

/** `filterBy` finds by a party too; by an exact moment nobody finds a call. */
function readParties(fields: AskedFields, search: Draft): Refused | undefined {
  const by = fields.word('filterby');
  if (by === 'published' || by === 'answered') {
    return unsupported('filter_by_moment', 'Calls are found by startDate and endDate.');
  }
  if (by !== null && by !== 'source' && by !== 'destination') {
    return invalid('filterby', 'filterBy is source or destination.');
  }
  const value = fields.text('filtervalue');
  if (by !== null && value === null) return invalid('filtervalue', 'filterValue is missing.');
  if (by !== null && (fields.word('filterop') ?? 'equals') !== 'equals') {
    return unsupported('filter_operation', 'Calls are found by the whole number.');
  }
  for (const name of ['source', 'destination'] as const) {
    const wanted = [fields.text(name), by === name ? value : null].filter((text) => text !== null);
    if (wanted.some((text) => !PARTY.test(text)))
      return invalid(`cdr_${name}`, `${name} is a number or an extension.`);
    const [one, two] = wanted;
    // Both must hold.
    if (two !== undefined && one !== two) return invalid('filtervalue', `filterValue is not the ${name}.`);
    if (one !== undefined) search[name === 'source' ? 'callers' : 'called'] = [one];
  }
  return undefined;
}

/** A call is saved when it has ended. */
const TIMES = [
  { name: 'startdate', member: 'from', field: 'cdr_start_date', endOfDay: false },
  { name: 'enddate', member: 'to', field: 'cdr_end_date', endOfDay: true },
  { name: 'savestartdate', member: 'endedFrom', field: 'cdr_save_start_date', endOfDay: false },
  { name: 'saveenddate', member: 'endedTo', field: 'cdr_save_end_date', endOfDay: true },
] as const;

function readSpan(fields: AskedFields, search: Draft, epochs: 'utc' | 'local'): Refused | undefined {
  for (const { name, member, field, endOfDay } of TIMES) {
    const time = timeIn(fields, name, { epochs, endOfDay });
    if (time === undefined) return invalid(field, 'Dates are written as 2026-11-01T12:00:00.');
    if (time !== null) search[member] = time;
  }
  return undefined;
}

/** @returns null for none, undefined for what is no time */
function timeIn(
  fields: AskedFields,
  name: string,
  reading: Parameters<typeof askedTime>[1],
): AskedTime | null | undefined {
  const text = fields.text(name);
  return text === null ? null : (askedTime(text, reading) ?? undefined);
}

function readKinds(fields: AskedFields, search: Draft): Refused | undefined {
  const disposition = fields.text('disposition');
  if (disposition === NOT_ALLOWED)
    return unsupported('refused_calls', 'Calls that were not allowed are not kept.');
  if (disposition !== null) {
    search.results = keysWith(DISPOSITION_OF, disposition);
    if (search.results.length === 0)
      return invalid('cdr_disposition', 'disposition is a number from 0 to 5.');
  }
  const flow = fields.text('flow');
  if (flow !== null) {
    search.directions = keysWith(FLOW_OF, flow);
    if (search.directions.length === 0) return invalid('cdr_flow', 'flow is 2, 4 or 8.');
  }
  return undefined;
}

function keysWith<K extends string>(table: Readonly<Record<K, number>>, text: string): K[] {
  return (Object.keys(table) as K[]).filter((key) => String(table[key]) === text);
}
