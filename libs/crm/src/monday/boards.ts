/** Which boards and columns of a tenant's monday.com are meant: every board is made by its people, so nothing can be known. */
import { SettingsReader, type Problem } from '#domain';
import type { CrmSetting } from '../connector.js';

export interface Boards {
  /** Board of the people who may call. */
  contactsBoard: string;
  /** Its columns with telephone numbers; numbers of contacts that are made go into the first, a phone column. The rest may be text. */
  phoneColumns: string[];
  /** Its column for the person whose contact it is; empty: there is none. */
  ownerColumn: string;
  /** Board in which every call becomes an item. */
  callsBoard: string;
  /** Columns of that: text, for our id of the call. */
  keyColumn: string;
  /** Long text. */
  textColumn: string;
  /** Connected to the contacts' board. */
  contactColumn: string;
  /** Numbers, link, date, status and people; empty: it is not written. */
  secondsColumn: string;
  recordingColumn: string;
  startColumn: string;
  directionColumn: string;
  personColumn: string;
}

/** As a form asks for them. */
export const BOARD_SETTINGS: readonly CrmSetting[] = [
  {
    name: 'contactsBoard',
    kind: 'text',
    about: 'Number of the board of those who may call, as its address ends.',
    required: true,
  },
  {
    name: 'phoneColumns',
    kind: 'texts',
    about:
      'Ids of its columns with telephone numbers; the first is a phone column and gets numbers of contacts that are made.',
    required: true,
  },
  {
    name: 'callsBoard',
    kind: 'text',
    about: 'Number of the board in which every call becomes an item.',
    required: true,
  },
  { name: 'keyColumn', kind: 'text', about: 'Its text column for our id of the call.', required: true },
  { name: 'textColumn', kind: 'text', about: 'Its long text column.', required: true },
  {
    name: 'contactColumn',
    kind: 'text',
    about: 'Its column that is connected to the contacts’ board.',
    required: true,
  },
  { name: 'ownerColumn', kind: 'text', about: 'The contacts’ people column for whose contact it is.' },
  { name: 'secondsColumn', kind: 'text', about: 'Numbers column for the talk time.' },
  { name: 'recordingColumn', kind: 'text', about: 'Link column for the recording.' },
  { name: 'startColumn', kind: 'text', about: 'Date column for the start.' },
  { name: 'directionColumn', kind: 'text', about: 'Status column for the direction.' },
  { name: 'personColumn', kind: 'text', about: 'People column for whose call it is.' },
];

const BOARD = /^\d{1,20}$/;
const COLUMN = /^[\w-]{1,64}$/;

export function readBoards(given: unknown): { boards: Boards; problems: readonly Problem[] } {
  const reader = new SettingsReader(given);
  const board = (name: string) => matching(reader, name, BOARD, 'the number of a board, as its address ends');
  const column = (name: string) =>
    matching(reader, name, COLUMN, "a column's id, as its menu shows it to developers");
  const maybe = (name: string) => (reader.value(name) === undefined ? '' : column(name));
  const boards = {
    contactsBoard: board('contactsBoard'),
    phoneColumns: columnsIn(reader),
    ownerColumn: maybe('ownerColumn'),
    callsBoard: board('callsBoard'),
    keyColumn: column('keyColumn'),
    textColumn: column('textColumn'),
    contactColumn: column('contactColumn'),
    secondsColumn: maybe('secondsColumn'),
    recordingColumn: maybe('recordingColumn'),
    startColumn: maybe('startColumn'),
    directionColumn: maybe('directionColumn'),
    personColumn: maybe('personColumn'),
  };
  return { boards, problems: reader.finish() };
}

function matching(reader: SettingsReader, name: string, pattern: RegExp, what: string): string {
  const text = reader.text(name, { max: 64 });
  if (!pattern.test(text)) reader.complain(name, `This must be ${what}.`);
  return text;
}

function columnsIn(reader: SettingsReader): string[] {
  const given = reader.value('phoneColumns');
  const isList = Array.isArray(given) && given.length > 0 && given.length <= 5;
  if (isList && given.every((one) => typeof one === 'string' && COLUMN.test(one))) return given as string[];
  reader.complain('phoneColumns', 'This must be a list of one to five ids of columns.');
  return [];
}
