/** Twenty's REST API as its source and its description say: people, notes, tasks and their links. For tests only. */
import { countryOfNumber, isRecord, readParty, significantDigits } from '#domain';
import type {
  CrmCase,
  FakeAnswer,
  FakeContact,
  FakeCrm,
  FakeLog,
  SeenRequest,
} from '../conformance/fake-crm.fixture.js';
import { FakeTables, jsonOf, type Row, type Shape } from '../conformance/fake-tables.fixture.js';
import { twenty as connector } from './twenty.js';
import { wordsOf } from './as-markdown.js';

const ID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const BODY = (value: unknown) =>
  isRecord(value) && Object.keys(value).join() === 'markdown' && typeof value['markdown'] === 'string';
const NAME = (value: unknown) =>
  isRecord(value) &&
  Object.entries(value).every(
    ([name, part]) => ['firstName', 'lastName'].includes(name) && typeof part === 'string',
  );

const SHAPES: Readonly<Record<string, Shape>> = {
  people: { 'name*': NAME, phones: (value) => isRecord(value) && arePhones(value) },
  notes: { title: /^[^]{1,250}$/, bodyV2: BODY },
  tasks: {
    'title*': /./,
    bodyV2: BODY,
    dueAt: TIME,
    status: /^(TODO|IN_PROGRESS|DONE)$/,
    assigneeId: ID,
  },
  noteTargets: { 'noteId*': ID, targetPersonId: ID, personId: ID },
  taskTargets: { 'taskId*': ID, targetPersonId: ID, personId: ID },
};
const MADE: Readonly<Record<string, string>> = {
  people: 'createPerson',
  notes: 'createNote',
  tasks: 'createTask',
  noteTargets: 'createNoteTarget',
  taskTargets: 'createTaskTarget',
};
const ONE: Readonly<Record<string, string>> = { people: 'person', notes: 'note' };
const LIST_QUERY: Readonly<Record<string, RegExp>> = {
  filter: /^[^]+$/,
  limit: /^([1-9]|[1-5]\d|60)$/,
  depth: /^[01]$/,
};
const CONDITION = /^([\w.]+)\[(eq|like)\]:"([^",()]*)"$/;

export class FakeTwenty implements FakeCrm {
  readonly tables = new FakeTables((count) => `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`);
  readonly complaints = this.tables.complaints;
  readonly slowDown = errorOf(429, 'Limit reached (100 tokens per 60000 ms)');
  readonly unauthorised = errorOf(401, 'Token invalid.');
  /** What a link calls the person: workspaces of older versions have `personId`. */
  personMember: 'targetPersonId' | 'personId' = 'targetPersonId';

  answer({ method, url, body }: SeenRequest): FakeAnswer {
    const [, kind = '', id] = /^\/rest\/(\w+)(?:\/([\w-]+))?$/.exec(url.pathname) ?? [];
    const shape = SHAPES[kind];
    if (shape === undefined) return this.bad(`no such path: ${url.pathname}`);
    const wrong = [...url.searchParams].find(([name, value]) => LIST_QUERY[name]?.test(value) !== true);
    if (wrong !== undefined) return this.bad(`query ${wrong.join('=')}`);
    if (id === undefined && method === 'GET') return this.list(kind, url.searchParams.get('filter'));
    if (id === undefined && method === 'POST') return this.create(kind, jsonOf(body), shape);
    const row = this.tables.row(kind, id);
    if (row === undefined) return errorOf(404, 'Record not found');
    const name = ONE[kind] ?? '';
    if (method === 'GET') return { status: 200, body: { data: { [name]: row } } };
    if (method === 'DELETE' && kind === 'noteTargets') {
      this.tables.remove(kind, row.id);
      return { status: 200, body: { data: { deleteNoteTarget: { id: row.id } } } };
    }
    const given = jsonOf(body);
    if (method !== 'PATCH' || !this.tables.fits(kind, given, shape)) return this.bad(`${method} ${kind}`);
    Object.assign(row, given);
    return { status: 200, body: { data: { [`update${name}`]: row } } };
  }

  addContact({ name, phones }: { name: string; phones: string[] }): string {
    const [first, ...others] = phones.map((phone) => asStored(phone));
    return this.tables.add('people', {
      name: { firstName: '', lastName: name },
      phones: {
        primaryPhoneNumber: first?.number ?? '',
        primaryPhoneCallingCode: first?.callingCode ?? '',
        additionalPhones: others,
      },
    }).id;
  }

  removeContact(id: string): void {
    this.tables.remove('people', id);
  }

  editLog(id: string, line: string): void {
    const row = this.tables.row('notes', id);
    if (row !== undefined) row['bodyV2'] = { markdown: `${markdownOf(row)}\n\n${line}` };
  }

  contacts(): FakeContact[] {
    return this.tables.of('people').map((row) => ({
      id: row.id,
      name: isRecord(row['name']) ? String(row['name']['lastName']) : '',
      phones: phonesOf(row),
    }));
  }

  logs(): FakeLog[] {
    return this.tables.of('notes').map((row) => {
      const link = this.tables.of('noteTargets').find(({ noteId }) => noteId === row.id);
      return {
        id: row.id,
        contactId: link === undefined ? null : String(link[this.personMember]),
        direction: null,
        text: `${String(row['title'])}\n${wordsOf(markdownOf(row))}`,
        seconds: null,
        recordingUrl: null,
      };
    });
  }

  tasks() {
    return this.tables.of('tasks').map((row) => ({ id: row.id, subject: String(row['title']) }));
  }

  private list(kind: string, filter: string | null): FakeAnswer {
    const rows = filter === null ? this.tables.of(kind) : this.passing(kind, filter);
    if (rows === undefined) return this.bad(`filter ${String(filter)}`);
    return { status: 200, body: { data: { [kind]: rows }, totalCount: rows.length } };
  }

  private passing(kind: string, filter: string): Row[] | undefined {
    const [, inside] = /^or\((.*)\)$/.exec(filter) ?? [];
    const conditions = (inside ?? filter)
      .split(inside === undefined ? '\n' : ',')
      .map((one) => CONDITION.exec(one));
    if (conditions.includes(null)) return undefined;
    return this.tables.of(kind).filter((row) =>
      conditions.some((condition) => {
        const [, path = '', comparator, value = ''] = condition ?? [];
        const has = fieldOf(row, path.split('.'));
        return comparator === 'eq' ? has === value : isLike(has, value);
      }),
    );
  }

  private create(kind: string, given: unknown, shape: Shape): FakeAnswer {
    const other = this.personMember === 'personId' ? 'targetPersonId' : 'personId';
    if (kind.endsWith('Targets') && isRecord(given) && other in given) {
      return errorOf(400, `Object ${kind.slice(0, -1)} doesn't have any "${other}" field.`);
    }
    if (!this.tables.fits(kind, given, shape)) return errorOf(400, 'Bad request');
    // A link to nobody is taken: who is deleted is only hidden.
    return { status: 201, body: { data: { [MADE[kind] ?? '']: this.tables.add(kind, given) } } };
  }

  private bad(words: string): FakeAnswer {
    this.complaints.push(words);
    return errorOf(400, words);
  }
}

export function errorOf(statusCode: number, message: string): FakeAnswer {
  return { status: statusCode, body: { statusCode, error: 'Exception', messages: [message] } };
}

function arePhones(value: Record<string, unknown>): boolean {
  const names = ['primaryPhoneCallingCode', 'primaryPhoneCountryCode', 'primaryPhoneNumber'];
  return (
    Object.keys(value).toSorted().join() === names.join() &&
    /^\+\d+$/.test(String(value['primaryPhoneCallingCode'])) &&
    /^[A-Z]{2}$/.test(String(value['primaryPhoneCountryCode'])) &&
    /^[1-9]\d+$/.test(String(value['primaryPhoneNumber']))
  );
}

/** The server reads numbers itself, and keeps what it cannot read as it was typed. */
function asStored(text: string) {
  const { e164 } = readParty(text, 'IL');
  if (e164 === null) return { number: text, callingCode: '', countryCode: '' };
  const number = significantDigits(e164);
  return {
    number,
    callingCode: e164.slice(0, e164.length - number.length),
    countryCode: countryOfNumber(e164) ?? '',
  };
}

function phonesOf({ phones }: Row): string[] {
  if (!isRecord(phones)) return [];
  return [`${String(phones['primaryPhoneCallingCode'])}${String(phones['primaryPhoneNumber'])}`];
}

function markdownOf({ bodyV2 }: Row): string {
  return isRecord(bodyV2) ? String(bodyV2['markdown']) : '';
}

/** A field of a field; JSON of what is no text, as the database compares it. */
function fieldOf(row: Row, path: readonly string[]): string {
  let value: unknown = row;
  for (const name of path) value = isRecord(value) ? value[name] : undefined;
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split('%').map((part) => part.replaceAll(/[^\w ]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('[^]*')}$`).test(text);
}

export const twenty: CrmCase = {
  connector,
  url: 'https://twenty.example',
  newFake: () => new FakeTwenty(),
};
