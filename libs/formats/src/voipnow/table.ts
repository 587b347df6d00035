/**
 * The tenant's table "VoipNow to Third-Party Application REST Calls" (seeds 001 and 002): per extension and kind of event,
 * the requests that are made. A value; every operation answers a new one.
 *
 * An event id is generated, never changed and never given twice, also not after its row was removed: people write them down.
 */

/** 0 Dial-In, 1 Dial-Out, 2 Hangup, 3 Answer on incoming call, 4 Answer on outgoing call (the vendor's UnifiedAPI). */
export const EVENT_KINDS = [0, 1, 2, 3, 4] as const;
export type CallEventKind = (typeof EVENT_KINDS)[number];

/** What the vendor's table calls them. */
export const EVENT_NAMES: Readonly<Record<CallEventKind, string>> = {
  0: 'Dial-In',
  1: 'Dial-Out',
  2: 'Hangup',
  3: 'Answer on incoming call',
  4: 'Answer on outgoing call',
};

export const REQUEST_METHODS = ['GET', 'POST'] as const;
export type RequestMethod = (typeof REQUEST_METHODS)[number];

/** `*`: the row is for every extension. */
export const EVERY_EXTENSION = '*';
export const MAX_ROWS = 200;
/** What a 32-bit reader can hold. The last one is never given, so that there is always a next one. */
export const MAX_EVENT_ID = 2 ** 31 - 1;

export interface CallEventRow {
  eventId: number;
  /** An extended number such as `0003*210`, or `*`. */
  extension: string;
  kind: CallEventKind;
  method: RequestMethod;
  /** "Make request to". */
  url: string;
  note: string;
  active: boolean;
}

export type RowDraft = Pick<CallEventRow, 'extension' | 'kind' | 'url'> &
  Partial<Pick<CallEventRow, 'method' | 'note' | 'active'>>;

export interface CallEventTable {
  nextEventId: number;
  rows: readonly CallEventRow[];
}

export type TableChange =
  { ok: true; table: CallEventTable } | { ok: false; reason: 'full' | 'no_such_event' };

export const EMPTY_TABLE: CallEventTable = Object.freeze({ nextEventId: 1, rows: [] });

/** GET and active unless the draft says otherwise. Full is a table also when all event ids were given. */
export function addRow({ nextEventId, rows }: CallEventTable, draft: RowDraft): TableChange {
  if (rows.length >= MAX_ROWS || nextEventId >= MAX_EVENT_ID) return { ok: false, reason: 'full' };
  const row: CallEventRow = { method: 'GET', note: '', active: true, ...stated(draft), eventId: nextEventId };
  return { ok: true, table: { nextEventId: nextEventId + 1, rows: [...rows, row] } };
}

export function updateRow(table: CallEventTable, eventId: number, change: Partial<RowDraft>): TableChange {
  return changed(table, eventId, (row) => ({ ...row, ...stated(change), eventId }));
}

/** The click on the status icon. */
export function setActive(table: CallEventTable, eventId: number, active: boolean): TableChange {
  return changed(table, eventId, (row) => ({ ...row, active }));
}

/** "Clear selected". Ids without a row are passed over: somebody else cleared them before. */
export function clearSelected(
  { nextEventId, rows }: CallEventTable,
  eventIds: readonly number[],
): CallEventTable {
  return { nextEventId, rows: rows.filter(({ eventId }) => !eventIds.includes(eventId)) };
}

export interface RowFilter {
  extension?: string | undefined;
  kind?: number | undefined;
  active?: boolean | undefined;
}

/** By extension, every extension first, then by kind, then in the order in which they were added. */
export function listRows({ rows }: CallEventTable, only: RowFilter = {}): CallEventRow[] {
  const { extension, kind, active } = only;
  return rows
    .filter((row) => extension === undefined || row.extension === extension)
    .filter((row) => kind === undefined || row.kind === kind)
    .filter((row) => active === undefined || row.active === active)
    .sort(
      (a, b) =>
        compared(sortKey(a.extension), sortKey(b.extension)) || a.kind - b.kind || a.eventId - b.eventId,
    );
}

/** Where requests go now: a row that is off leads nowhere. */
export function reachedUrls({ rows }: CallEventTable): Set<string> {
  return new Set(rows.filter(({ active }) => active).map(({ url }) => url));
}

/** The requests that an event makes. */
export function rowsFor(
  { rows }: CallEventTable,
  { extension, kind }: { extension: string; kind: CallEventKind },
): CallEventRow[] {
  return rows.filter(
    (row) =>
      row.active && row.kind === kind && (row.extension === EVERY_EXTENSION || row.extension === extension),
  );
}

function changed(
  { nextEventId, rows }: CallEventTable,
  eventId: number,
  change: (row: CallEventRow) => CallEventRow,
): TableChange {
  if (!rows.some((row) => row.eventId === eventId)) return { ok: false, reason: 'no_such_event' };
  const after = rows.map((row) => (row.eventId === eventId ? change(row) : row));
  return { ok: true, table: { nextEventId, rows: after } };
}

/** Left out and `undefined` are one: what is not said does not wipe out what was. */
function stated<T extends object>(draft: T): T {
  return Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined)) as T;
}

function sortKey(extension: string): string {
  return extension === EVERY_EXTENSION ? '' : extension;
}

function compared(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
