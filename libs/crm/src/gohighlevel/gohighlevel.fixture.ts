/** GoHighLevel's API as its OpenAPI files say, with contacts, notes and tasks of one location. For tests only. */
import { isRecord, readParty } from '#domain';
import type {
  CrmCase,
  FakeAnswer,
  FakeContact,
  FakeCrm,
  SeenRequest,
} from '../conformance/fake-crm.fixture.js';
import { gohighlevel as connector } from './gohighlevel.js';

type Row = Record<string, unknown> & { id: string };
type Check = (value: unknown) => boolean;

const LOCATION = 'loc1';
const NOBODY = 'nobody';
const text: Check = (value) => typeof value === 'string' && value !== '';
const E164: Check = (value) => typeof value === 'string' && /^\+\d{7,15}$/.test(value);
const TIME: Check = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);
const bool: Check = (value) => typeof value === 'boolean';

/** Members by request; the ones with a star must be there. */
const BODIES: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  'POST contacts': { 'locationId*': text, name: text, phone: E164, source: text, assignedTo: text },
  'POST notes': { 'body*': text, userId: text },
  'PUT notes': { body: text, userId: text },
  'POST tasks': { 'title*': text, body: text, 'dueDate*': TIME, 'completed*': bool, assignedTo: text },
};

const ONE: Readonly<Record<string, string>> = { contacts: 'contact', notes: 'note', tasks: 'task' };
const GONE: FakeAnswer = { status: 400, body: { statusCode: 400, message: 'Contact not found' } };

export class FakeHighLevel implements FakeCrm {
  readonly complaints: string[] = [];
  readonly slowDown: FakeAnswer = { status: 429, body: { statusCode: 429, message: 'Too Many Requests' } };
  readonly unauthorised: FakeAnswer = {
    status: 401,
    body: { statusCode: 401, message: 'Invalid JWT', error: 'Unauthorized' },
  };
  readonly tables: Record<string, Row[]> = {
    contacts: [{ id: NOBODY, name: 'Nobody' }],
    notes: [],
    tasks: [],
  };
  private next = 0;
  private behind: Set<string> | null = null;

  answer({ method, url, headers, body }: SeenRequest): FakeAnswer {
    if (headers['version'] !== '2021-07-28') return this.complain('no Version');
    if (method === 'GET' && url.pathname === '/contacts/search/duplicate')
      return this.duplicate(url.searchParams);
    if (method === 'GET' && url.pathname === '/contacts/') return this.list(url.searchParams);
    const path = /^\/contacts\/(?:([\w-]+)(?:\/(notes|tasks)(?:\/([\w-]+))?)?)?$/.exec(url.pathname);
    if (path === null || url.search !== '')
      return this.complain(`no such path: ${url.pathname}${url.search}`);
    const [, contactId, sub, subId] = path;
    if (contactId !== undefined && !this.of('contacts').some(({ id }) => id === contactId)) return GONE;
    const set = sub ?? 'contacts';
    const id = sub === undefined ? contactId : subId;
    const row = this.of(set).find((one) => one.id === id);
    if (method === 'GET') {
      if (id === undefined) {
        return { status: 200, body: { [set]: this.of(set).filter((one) => one['contactId'] === contactId) } };
      }
      return row === undefined ? { status: 404 } : { status: 200, body: { [ONE[set] ?? '']: row } };
    }
    const given = this.checked(`${method} ${set}`, body);
    if (given === undefined)
      return { status: 422, body: { statusCode: 422, message: ['wrong'], error: 'x' } };
    if (method === 'PUT') {
      return row === undefined ? { status: 404 } : { status: 200, body: { note: Object.assign(row, given) } };
    }
    return this.made(set, { ...given, ...(sub === undefined ? {} : { contactId }) });
  }

  /** Numbers are kept as E.164, by the location's country. */
  addContact({ name, phones }: { name: string; phones: string[] }): string {
    const [phone = '', ...others] = phones.map((one) => readParty(one, 'IL').e164 ?? one);
    return this.add('contacts', { name, phone, additionalPhones: others.map((other) => ({ phone: other })) })
      .id;
  }

  removeContact(id: string): void {
    this.tables['contacts'] = this.of('contacts').filter((row) => row.id !== id);
  }

  editLog(id: string, line: string): void {
    for (const row of this.of('notes').filter((one) => one.id === id))
      row['body'] = `${String(row['body'])}\n${line}`;
  }

  lag(): void {
    this.behind = new Set();
  }

  catchUp(): void {
    this.behind = null;
  }

  contacts(): FakeContact[] {
    const people = this.of('contacts').filter(({ id }) => id !== NOBODY);
    return people.map((row) => ({ id: row.id, name: String(row['name']), phones: phonesOf(row) }));
  }

  logs() {
    return this.of('notes').map((row) => ({
      id: row.id,
      contactId: row['contactId'] === NOBODY ? null : String(row['contactId']),
      text: String(row['body']),
      ...{ direction: null, seconds: null, recordingUrl: null },
    }));
  }

  tasks() {
    return this.of('tasks').map((row) => ({ id: row.id, subject: String(row['title']) }));
  }

  private of(set: string): Row[] {
    return this.tables[set] ?? [];
  }

  private add(set: string, given: Record<string, unknown>): Row {
    this.next += 1;
    const row: Row = { ...given, id: `h${String(this.next)}` };
    this.tables[set]?.push(row);
    this.behind?.add(row.id);
    return row;
  }

  private made(set: string, given: Record<string, unknown>): FakeAnswer {
    const { phone } = given;
    const same = this.of('contacts').find((row) => text(phone) && row['phone'] === phone);
    if (set === 'contacts' && same !== undefined) {
      const message = 'This location does not allow duplicated contacts.';
      return {
        status: 400,
        body: { statusCode: 400, message, meta: { contactId: same.id, matchingField: 'phone' } },
      };
    }
    return { status: 201, body: { [ONE[set] ?? '']: this.add(set, given) } };
  }

  private duplicate(query: URLSearchParams): FakeAnswer {
    const number = query.get('number') ?? '';
    if (query.get('locationId') !== LOCATION || !E164(number))
      return this.complain(`duplicate: ${query.toString()}`);
    const contact = this.visible().find((row) => row['phone'] === number) ?? null;
    return { status: 200, body: { contact } };
  }

  private list(query: URLSearchParams): FakeAnswer {
    const unknown = [...query.keys()].find((name) => !['locationId', 'query', 'limit'].includes(name));
    if (unknown !== undefined || query.get('locationId') !== LOCATION || Number(query.get('limit')) > 100) {
      return this.complain(`contacts: ${query.toString()}`);
    }
    const asked = query.get('query') ?? '';
    const rows = this.visible().filter((row) => phonesOf(row).some((phone) => phone.includes(asked)));
    const contacts = rows.map(({ id, name }) => ({ id, name, locationId: LOCATION }));
    return { status: 200, body: { contacts, count: contacts.length } };
  }

  private visible(): Row[] {
    return this.of('contacts').filter(({ id }) => this.behind?.has(id) !== true);
  }

  private checked(request: string, body: string | null): Record<string, unknown> | undefined {
    const given: unknown = JSON.parse(body ?? 'null');
    const members = BODIES[request];
    if (!isRecord(given) || members === undefined) return void this.complain(`${request} ${body ?? ''}`);
    const missing = Object.keys(members).filter(
      (name) => name.endsWith('*') && !(name.slice(0, -1) in given),
    );
    const wrong = Object.entries(given).filter(
      ([name, value]) => (members[name] ?? members[`${name}*`])?.(value) !== true,
    );
    if (missing.length + wrong.length === 0) return given;
    return void this.complain(`${request} ${missing.join()} ${JSON.stringify(wrong)}`);
  }

  private complain(words: string): FakeAnswer {
    this.complaints.push(words);
    return { status: 422, body: { statusCode: 422, message: [words], error: 'Unprocessable Entity' } };
  }
}

function phonesOf({ phone, additionalPhones }: Row): string[] {
  const others = Array.isArray(additionalPhones) ? (additionalPhones as { phone: string }[]) : [];
  return [phone, ...others.map((one) => one.phone)].filter((one): one is string => typeof one === 'string');
}

export const gohighlevel: CrmCase = {
  connector,
  settings: { locationId: LOCATION, nobodysContactId: NOBODY },
  url: 'https://services.leadconnector.example',
  newFake: () => new FakeHighLevel(),
};
