/**
 * monday.com (developer.monday.com, "Items", "Items page", "Column types"): every call is an item of a board of calls, connected
 * to the item of who called.
 */
import { countryOfNumber, isRecord } from '#domain';
import type {
  CallEntry,
  Connector,
  Crm,
  CrmContact,
  CrmContactDraft,
  FoundCrmContact,
} from '../connector.js';
import { mergedText } from '../policy/merged-text.js';
import { CrmFault, unreadable, type CrmIo } from '../talk/crm-io.js';
import { idIn, listIn, textIn, timeIn } from '../talk/members.js';
import { BOARD_SETTINGS, readBoards, type Boards } from './boards.js';
import { askMonday, judgeMonday } from './talk.js';

const PAGE = 100;
const MOST_PAGES = 5;
const LIMITS = { subject: 255, body: 2_000 };

export const monday: Connector = {
  name: 'monday',
  title: 'monday.com',
  about: 'Calls become items of a board, connected to the item of who called.',
  credentials: [
    { kind: 'bearer', how: 'A personal API token (picture of yourself, Developers, API token).' },
    { kind: 'oauth2', how: 'An app with boards:read and boards:write.' },
  ],
  // Its tokens do not end.
  signIn: {
    authoriseUrl: 'https://auth.monday.com/oauth2/authorize',
    tokenUrl: 'https://auth.monday.com/oauth2/token',
    scope: 'boards:read boards:write',
    sendAs: 'body',
    authoriseParameters: {},
    pkce: false,
    baseUrlFrom: null,
  },
  // The token alone, without a word in front.
  tokenHeader: { name: 'authorization', prefix: '' },
  url: 'https://api.monday.com',
  settings: BOARD_SETTINGS,
  update: 'patch',
  key: 'external id',
  limits: LIMITS,
  lagSeconds: 30,
  // Of the smaller plans.
  allows: { requests: 1_000, seconds: 60 },
  rate: { perSecond: 3, burst: 20 },
  activityTypes: [],
  prepare: (given) => {
    const { boards, problems } = readBoards(given);
    return problems.length > 0 ? { ok: false, problems } : { ok: true, crm: crmOn(boards) };
  },
};

function crmOn(boards: Boards): Crm {
  return {
    settings: { ...boards },
    probe: (io) => probe(boards, io),
    findContacts: (e164, io) => findContacts(e164, boards, io),
    createContact: (draft, io) => createContact(draft, boards, io),
    findLog: async ({ callId }, _contact, io) => {
      const data = await askMonday(
        `query ($board: ID!, $columns: [ItemsPageByColumnValuesQuery!]) {
          items_page_by_column_values (board_id: $board, columns: $columns, limit: 1) { items { id } } }`,
        { board: boards.callsBoard, columns: [{ column_id: boards.keyColumn, column_values: [callId] }] },
        io,
      );
      const id = idIn(data, 'items_page_by_column_values', 'items', 0, 'id');
      return id === null ? null : { id, type: 'item' };
    },
    logCall: (entry, contact, io) => {
      const values = { ...valuesOf(entry, boards), ...connected(contact, boards) };
      return createItem({ board: boards.callsBoard, name: entry.subject, values }, io, 'call');
    },
    updateCallLog: ({ id }, change, io) => update(id, change, { boards, io }),
    linkLog: async ({ id }, contact, io) => {
      const values = { [boards.contactColumn]: null, ...connected(contact, boards) };
      await changeItem({ board: boards.callsBoard, id, values }, io);
    },
    judge: judgeMonday,
  };
}

async function probe({ contactsBoard, callsBoard, ...columns }: Boards, io: CrmIo) {
  const data = await askMonday(
    'query ($ids: [ID!]) { me { name } boards (ids: $ids) { id columns { id } } }',
    { ids: [contactsBoard, callsBoard] },
    io,
  );
  const there = (board: string) => listIn(data, 'boards').find((one) => textIn(one, 'id') === board);
  const has = (board: string, column: string) =>
    listIn(there(board), 'columns').some((one) => textIn(one, 'id') === column);
  const { phoneColumns, ownerColumn, ...ofCalls } = columns;
  const wanted: [string, string][] = [
    ...[...phoneColumns, ownerColumn].map((column): [string, string] => [contactsBoard, column]),
    ...Object.values(ofCalls).map((column): [string, string] => [callsBoard, column]),
  ];
  const lacks = [contactsBoard, callsBoard]
    .filter((board) => there(board) === undefined)
    .map((board) => `Board ${board} is not there, or may not be seen.`);
  for (const [board, column] of wanted) {
    const isMissing = column !== '' && there(board) !== undefined && !has(board, column);
    if (isMissing) lacks.push(`Board ${board} has no column ${column}.`);
  }
  return { account: idIn(data, 'me', 'name'), lacks };
}

const ITEM = 'id name url created_at updated_at column_values (ids: $columns) { id text value }';

/** Columns are compared as they were typed: phone columns hold digits, text columns whatever people like. */
async function findContacts(e164: string, boards: Boards, io: CrmIo): Promise<FoundCrmContact[]> {
  const { contactsBoard: board, phoneColumns, ownerColumn } = boards;
  const columns = [...phoneColumns, ...(ownerColumn === '' ? [] : [ownerColumn])];
  const rules = phoneColumns.flatMap((column_id) =>
    endingsOf(e164).map((ending) => ({ column_id, compare_value: [ending], operator: 'contains_text' })),
  );
  const found: FoundCrmContact[] = [];
  let page = await askMonday(
    `query ($board: ID!, $columns: [String!], $query: ItemsQuery!, $limit: Int!) { boards (ids: [$board]) {
      items_page (limit: $limit, query_params: $query) { cursor items { ${ITEM} } } } }`,
    { board, columns, query: { operator: 'or', rules }, limit: PAGE },
    io,
  ).then((data) => listIn(data, 'boards')[0]);
  for (let pages = 1; ; pages += 1) {
    found.push(...listIn(page, 'items_page', 'items').map((item) => foundIn(item, boards)));
    const cursor = idIn(page, 'items_page', 'cursor');
    if (cursor === null || pages === MOST_PAGES) return found;
    const data = await askMonday(
      `query ($cursor: String!, $columns: [String!], $limit: Int!) {
        next_items_page (cursor: $cursor, limit: $limit) { cursor items { ${ITEM} } } }`,
      { cursor, columns, limit: PAGE },
      io,
    );
    page = isRecord(data) ? { items_page: data['next_items_page'] } : null;
  }
}

/** The end of a number in one piece, and shorter ends behind what parts digits where people write them in pieces. */
function endingsOf(e164: string): string[] {
  const [four, first, last] = [e164.slice(-4), e164.slice(-4, -2), e164.slice(-2)];
  const pieces = ['-', ' ', '.'].flatMap((part) => [`${part}${four}`, `${first}${part}${last}`]);
  return [e164.slice(-7), ...pieces];
}

function foundIn(item: unknown, { phoneColumns, ownerColumn }: Boards): FoundCrmContact {
  const columns = listIn(item, 'column_values');
  const phones = columns.filter((one) => phoneColumns.includes(textIn(one, 'id'))).flatMap(phonesIn);
  const owner = columns.find((one) => ownerColumn !== '' && textIn(one, 'id') === ownerColumn);
  return {
    id: textIn(item, 'id'),
    type: 'item',
    name: textIn(item, 'name'),
    url: idIn(item, 'url'),
    ownerId: personIn(textIn(owner, 'value')),
    company: null,
    phones,
    createdAt: timeIn(item, 'created_at'),
    updatedAt: timeIn(item, 'updated_at'),
  };
}

/** Phone columns hold the country code without its plus. */
function phonesIn(column: unknown): string[] {
  const text = textIn(column, 'text');
  return /^[1-9]\d{9,14}$/.test(text) ? [text, `+${text}`] : [text];
}

function personIn(value: string): string | null {
  try {
    return idIn(JSON.parse(value), 'personsAndTeams', 0, 'id');
  } catch {
    return null;
  }
}

async function createContact(draft: CrmContactDraft, boards: Boards, io: CrmIo): Promise<CrmContact> {
  const { e164, withoutNumber, ownerId } = draft;
  const name = withoutNumber && !draft.name.includes(e164) ? `${draft.name} ${e164}` : draft.name;
  const [column = ''] = boards.phoneColumns;
  const values = {
    ...(withoutNumber
      ? {}
      : { [column]: { phone: e164, countryShortName: countryOfNumber(e164) ?? io.country } }),
    ...person(boards.ownerColumn, ownerId),
  };
  const { id } = await createItem(
    { board: boards.contactsBoard, name: name.slice(0, 255), values },
    io,
    'contact',
  );
  return { id, type: 'item', name, url: null, ownerId };
}

async function createItem(
  { board, name, values }: { board: string; name: string; values: Record<string, unknown> },
  io: CrmIo,
  what: string,
) {
  const data = await askMonday(
    `mutation ($board: ID!, $name: String!, $values: JSON!) {
      create_item (board_id: $board, item_name: $name, column_values: $values) { id } }`,
    { board, name, values: JSON.stringify(values) },
    io,
  );
  const id = idIn(data, 'create_item', 'id');
  if (id === null) throw unreadable(`id of the ${what}`);
  return { id, type: 'item' };
}

async function update(
  id: string,
  { entry, before }: Parameters<NonNullable<Crm['updateCallLog']>>[1],
  { boards, io }: { boards: Boards; io: CrmIo },
): Promise<void> {
  const data = await askMonday(
    'query ($ids: [ID!], $columns: [String!]) { items (ids: $ids) { name state column_values (ids: $columns) { id text } } }',
    { ids: [id], columns: [boards.textColumn] },
    io,
  );
  const item = listIn(data, 'items')[0];
  if (item === undefined || textIn(item, 'state') === 'deleted') {
    const note = 'The item of the call was deleted.';
    throw new CrmFault('gone', note, { unclear: false, outcome: { class: 'refused', note } });
  }
  const current = textIn(item, 'column_values', 0, 'text');
  const text = mergedText(current, before.body, entry.body, LIMITS.body);
  const { keyColumn, textColumn, startColumn, directionColumn, personColumn } = boards;
  const ours = new Set([keyColumn, textColumn, startColumn, directionColumn, personColumn]);
  const values = {
    ...Object.fromEntries(Object.entries(valuesOf(entry, boards)).filter(([column]) => !ours.has(column))),
    ...(text === null ? {} : { [textColumn]: text }),
    ...(textIn(item, 'name') === before.subject && entry.subject !== before.subject
      ? { name: entry.subject }
      : {}),
  };
  if (Object.keys(values).length > 0) await changeItem({ board: boards.callsBoard, id, values }, io);
}

async function changeItem(
  { board, id, values }: { board: string; id: string; values: Record<string, unknown> },
  io: CrmIo,
): Promise<void> {
  await askMonday(
    `mutation ($board: ID!, $item: ID!, $values: JSON!) {
      change_multiple_column_values (board_id: $board, item_id: $item, column_values: $values) { id } }`,
    { board, item: id, values: JSON.stringify(values) },
    io,
  );
}

function valuesOf(entry: CallEntry, boards: Boards): Record<string, unknown> {
  const [date, time] = new Date(entry.startedAt).toISOString().slice(0, 19).split('T');
  const { recordingUrl: url } = entry;
  const all: [string, unknown][] = [
    [boards.keyColumn, entry.callId],
    [boards.textColumn, entry.body],
    [boards.secondsColumn, String(entry.talkSeconds)],
    [boards.startColumn, { date, time }],
    [
      boards.directionColumn,
      { label: entry.outcome ?? (entry.direction === 'inbound' ? 'Inbound' : 'Outbound') },
    ],
    ...(url === null ? [] : [[boards.recordingColumn, { url, text: url }] as [string, unknown]]),
  ];
  return {
    ...Object.fromEntries(all.filter(([column]) => column !== '')),
    ...person(boards.personColumn, entry.ownerId),
  };
}

function person(column: string, ownerId: string | null): Record<string, unknown> {
  const id = Number(ownerId ?? Number.NaN);
  if (column === '' || !Number.isSafeInteger(id)) return {};
  return { [column]: { personsAndTeams: [{ id, kind: 'person' }] } };
}

function connected(contact: CrmContact | null, { contactColumn }: Boards): Record<string, unknown> {
  const id = Number(contact?.id ?? Number.NaN);
  return Number.isSafeInteger(id) ? { [contactColumn]: { item_ids: [id] } } : {};
}
