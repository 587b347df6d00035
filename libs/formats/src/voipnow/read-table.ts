import { type Problem, SettingsReader } from '#domain';
import {
  EMPTY_TABLE,
  EVENT_KINDS,
  EVERY_EXTENSION,
  MAX_EVENT_ID,
  MAX_ROWS,
  REQUEST_METHODS,
  addRow,
  type CallEventKind,
  type CallEventRow,
  type CallEventTable,
} from './table.js';

const MAX_EXTENSION_LENGTH = 64;

interface ReadRow {
  eventId: number | undefined;
  draft: Omit<CallEventRow, 'eventId'>;
}

/** Reads a table as it is stored or as a tenant sends it; a row without an event id gets the next one. */
export function readTable(reader: SettingsReader): CallEventTable {
  const given = reader.value('rows') ?? [];
  const nextEventId = reader.count('nextEventId', { min: 1, max: MAX_EVENT_ID, byDefault: 1 });
  if (!Array.isArray(given) || given.length > MAX_ROWS) {
    reader.complain('rows', `This must be a list of at most ${MAX_ROWS} rows.`);
    return EMPTY_TABLE;
  }
  const read = given.map((row: unknown, index) => readRow(row, `rows.${index}`, reader.problems));
  const ids = read.flatMap(({ eventId }) => eventId ?? []);
  const twice = ids.find((eventId, index) => ids.indexOf(eventId) !== index);
  if (twice !== undefined) reader.complain('rows', `Two rows have the event id ${twice}.`);
  const table = read.reduce(put, {
    nextEventId: Math.max(nextEventId, ...ids.map((eventId) => eventId + 1)),
    rows: [],
  });
  if (table.rows.length < read.length) reader.complain('rows', 'There are no event ids left to give.');
  return table;
}

/** A row that no event id is left for is left out. */
function put(table: CallEventTable, { eventId, draft }: ReadRow): CallEventTable {
  if (eventId !== undefined) return { ...table, rows: [...table.rows, { ...draft, eventId }] };
  const added = addRow(table, draft);
  return added.ok ? added.table : table;
}

function readRow(given: unknown, path: string, problems: Problem[]): ReadRow {
  const reader = new SettingsReader(given, path);
  const asked = reader.value('kind');
  const kind = EVENT_KINDS.find((one) => one === asked);
  if (kind === undefined) reader.complain('kind', `This must be one of: ${EVENT_KINDS.join(', ')}.`);
  const url = reader.url('url');
  if (url === undefined) reader.complain('url', 'This is needed: the URL to make the request to.');
  const hasId = reader.value('eventId') !== undefined;
  const eventId = reader.count('eventId', { min: 1, max: MAX_EVENT_ID - 1, byDefault: 1 });
  const draft: ReadRow['draft'] = {
    extension: reader.text('extension', { max: MAX_EXTENSION_LENGTH, byDefault: EVERY_EXTENSION }),
    kind: kind ?? (0 satisfies CallEventKind),
    method: reader.choice('method', REQUEST_METHODS, 'GET'),
    url: url ?? '',
    note: reader.text('note', { max: 500 }),
    active: reader.flag('active', true),
  };
  problems.push(...reader.finish());
  return { eventId: hasId ? eventId : undefined, draft };
}
