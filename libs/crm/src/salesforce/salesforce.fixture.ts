/** Salesforce as its documentation says, with tasks, contacts and leads, and the queries that we send. For tests only. */
import type {
  CrmCase,
  FakeAnswer,
  FakeContact,
  FakeCrm,
  FakeLog,
  SeenRequest,
} from '../conformance/fake-crm.fixture.js';
import { digitsOf, FakeTables, jsonOf, type Row, type Shape } from '../conformance/fake-tables.fixture.js';
import { salesforce as connector } from './salesforce.js';

const ID = /^(003|00Q|00T|005)\d{15}$/;
const isIdOrNull = (value: unknown) => value === null || (typeof value === 'string' && ID.test(value));
const PERSON: Shape = {
  'LastName*': /^.{1,80}$/,
  Phone: /^[+\d][\d ()-]{0,39}$/,
  Description: /./,
  OwnerId: ID,
};
const SHAPES: Readonly<Record<string, Shape>> = {
  Contact: PERSON,
  Lead: { ...PERSON, 'Company*': /./ },
  Task: {
    'Subject*': /^.{1,255}$/,
    Status: /^(Completed|Not Started|In Progress)$/,
    TaskSubtype: /^(Call|Task|Email)$/,
    Type: /./,
    CallType: /^(Inbound|Outbound|Internal)$/,
    CallDurationInSeconds: (value) => Number.isInteger(value),
    CallDisposition: /^.{1,255}$/,
    CallObject: /^.{1,255}$/,
    Switchhook__c: /^.{1,36}$/,
    WhoId: ID,
    OwnerId: ID,
    ActivityDate: /^\d{4}-\d\d-\d\d$/,
    Description: /^[^]{1,32000}$/,
  },
};
const PREFIX: Readonly<Record<string, string>> = { Contact: '003', Lead: '00Q', Task: '00T' };
const SOSL =
  /^FIND \{([^}]+)\} IN PHONE FIELDS RETURNING Contact\([\w,.]+ LIMIT \d+\),Lead\([\w,.]+ WHERE IsConverted = false LIMIT \d+\)$/;
const SOQL = {
  task: /^SELECT Id FROM Task WHERE (CallObject|Switchhook__c) = '((?:[^'\\]|\\.)*)' LIMIT 2$/,
  person:
    /^SELECT [\w,.]+ FROM (Contact|Lead) WHERE \(Phone IN \(([^)]*)\) OR MobilePhone IN \(\2\)\)( AND IsConverted = false)? LIMIT \d+$/,
};

export class FakeSalesforce implements FakeCrm {
  readonly tables = new FakeTables(
    (count, kind) => `${PREFIX[kind] ?? ''}${String(count).padStart(15, '0')}`,
  );
  readonly complaints = this.tables.complaints;
  readonly slowDown = errorOf(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  readonly unauthorised = errorOf(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  /** Fields of tasks that the user may not write. */
  readonly hiddenFields = new Set<string>();

  answer({ method, url, body }: SeenRequest): FakeAnswer {
    if (url.pathname === '/services/oauth2/userinfo') return { status: 200, body: { name: 'Dana Levi' } };
    const [, path = ''] = /^\/services\/data\/v\d\d\.0\/(.*)$/.exec(url.pathname) ?? [];
    const q = url.searchParams.get('q') ?? '';
    if (method === 'GET' && path === 'search/') return this.search(q);
    if (method === 'GET' && path === 'query/') return this.query(q);
    if (method === 'GET' && path === 'sobjects/Task/describe') return this.describe();
    const [, kind = '', id] = /^sobjects\/(\w+)(?:\/(\w+))?$/.exec(path) ?? [];
    if (SHAPES[kind] === undefined) return this.bad(`no such path: ${url.pathname}`);
    if (id === undefined && method === 'POST') return this.create(kind, jsonOf(body));
    const row = this.tables.row(kind, id);
    if (row === undefined) return errorOf(404, 'ENTITY_IS_DELETED', 'entity is deleted');
    if (method === 'GET') return { status: 200, body: this.asked(row, url.searchParams.get('fields')) };
    if (method !== 'PATCH') return this.bad(`no such method: ${method}`);
    const shape = Object.entries(SHAPES[kind]).map(([name, rule]) => [name.replace('*', ''), rule] as const);
    const given = jsonOf(body);
    const patch = { ...Object.fromEntries(shape), ...(kind === 'Task' && { WhoId: isIdOrNull }) };
    if (!this.tables.fits(kind, given, patch)) return this.bad('a wrong patch');
    if (!this.isPerson(given['WhoId'] ?? undefined)) {
      return errorOf(400, 'ENTITY_IS_DELETED', 'entity is deleted');
    }
    Object.assign(row, given);
    return { status: 204 };
  }

  addContact(contact: { name: string; phones: string[] }): string {
    return this.addPerson('Contact', contact);
  }

  addPerson(kind: 'Contact' | 'Lead', { name, phones }: { name: string; phones: string[] }): string {
    return this.tables.add(kind, { LastName: name, MobilePhone: phones[0], Phone: phones[1] }).id;
  }

  removeContact(id: string): void {
    this.tables.remove('Contact', id);
  }

  lag(): void {
    this.tables.lag();
  }

  catchUp(): void {
    this.tables.catchUp();
  }

  editLog(id: string, line: string): void {
    const row = this.tables.row('Task', id);
    if (row) row['Description'] = `${textOf(row, 'Description')}\r\n${line}`;
  }

  contacts(): FakeContact[] {
    const people = [...this.tables.of('Contact'), ...this.tables.of('Lead')];
    return people.map((row) => ({ id: row.id, name: textOf(row, 'LastName'), phones: phonesOf(row) }));
  }

  logs(): FakeLog[] {
    const calls = this.tables.of('Task').filter((row) => row['TaskSubtype'] === 'Call');
    return calls.map((row) => ({
      id: row.id,
      contactId: (row['WhoId'] as string | undefined) ?? null,
      direction: row['CallType'] === 'Inbound' ? ('inbound' as const) : ('outbound' as const),
      text: `${textOf(row, 'Subject')}\n${textOf(row, 'Description')}`,
      seconds: row['CallDurationInSeconds'] as number,
      recordingUrl: null,
    }));
  }

  tasks() {
    const tasks = this.tables.of('Task').filter((row) => row['TaskSubtype'] !== 'Call');
    return tasks.map((row) => ({ id: row.id, subject: textOf(row, 'Subject') }));
  }

  private bad(words: string): FakeAnswer {
    this.tables.complain(words);
    return errorOf(400, 'MALFORMED_QUERY', words);
  }

  private describe(): FakeAnswer {
    const fields = Object.keys(SHAPES['Task'] ?? {}).map((name) => ({
      name: name.replace('*', ''),
      createable: !this.hiddenFields.has(name),
    }));
    return { status: 200, body: { createable: true, updateable: true, fields } };
  }

  private create(kind: string, given: unknown): FakeAnswer {
    if (!this.tables.fits(kind, given, SHAPES[kind] ?? {}))
      return errorOf(400, 'INVALID_FIELD', 'No such column');
    const { WhoId: who, Switchhook__c: ours } = given;
    if (!this.isPerson(who)) return errorOf(400, 'ENTITY_IS_DELETED', 'entity is deleted');
    const twin = this.tables.of('Task').find((row) => ours !== undefined && row['Switchhook__c'] === ours);
    if (twin) {
      const message = `duplicate value found: Switchhook__c duplicates value on record with id: ${twin.id}`;
      return errorOf(400, 'DUPLICATE_VALUE', message);
    }
    return { status: 201, body: { id: this.tables.add(kind, given).id, success: true, errors: [] } };
  }

  /** Or not named. */
  private isPerson(id: unknown): boolean {
    return id === undefined || ['Contact', 'Lead'].some((one) => this.tables.row(one, id) !== undefined);
  }

  private asked(row: Row, fields: string | null) {
    const names = (fields ?? '').split(',');
    for (const name of names) {
      const known = Object.keys(SHAPES['Task'] ?? {}).map((one) => one.replace('*', ''));
      if (!known.includes(name)) this.tables.complain(`no such field: ${name}`);
    }
    return Object.fromEntries([['Id', row.id], ...names.map((name) => [name, row[name] ?? null] as const)]);
  }

  /** Knows the digits of a number with and without what is in front of them, whole. */
  private search(q: string): FakeAnswer {
    const [, terms] = SOSL.exec(q) ?? [];
    if (terms === undefined) return this.bad(`no such search: ${q}`);
    const wanted = terms.split(' OR ');
    const searchRecords = ['Contact', 'Lead'].flatMap((kind) =>
      this.tables
        .indexed(kind)
        .filter((row) => phonesOf(row).some((phone) => wanted.includes(digitsOf(phone))))
        .map((row) => asRecord(kind, row)),
    );
    return { status: 200, body: { searchRecords } };
  }

  private query(q: string): FakeAnswer {
    const [, field = '', key] = SOQL.task.exec(q) ?? [];
    if (key !== undefined) {
      const found = this.tables.of('Task').filter((row) => row[field] === key.replaceAll(/\\(.)/g, '$1'));
      return recordsOf(found.map((row) => asRecord('Task', row)));
    }
    const [, kind, forms] = SOQL.person.exec(q) ?? [];
    if (kind === undefined || forms === undefined) return this.bad(`no such query: ${q}`);
    const found = this.tables
      .of(kind)
      .filter((row) => phonesOf(row).some((phone) => forms.includes(`'${phone}'`)));
    return recordsOf(found.map((row) => asRecord(kind, row)));
  }
}

function recordsOf(records: unknown[]): FakeAnswer {
  return { status: 200, body: { totalSize: records.length, done: true, records } };
}

function asRecord(type: string, { id, ...row }: Row) {
  return { attributes: { type }, Id: id, Name: row['LastName'], ...row };
}

function phonesOf(row: Row): string[] {
  return [row['Phone'], row['MobilePhone']].filter((one) => typeof one === 'string');
}

function textOf(row: Row, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value : '';
}

export function errorOf(
  status: number,
  errorCode: string,
  message: string,
  fields: string[] = [],
): FakeAnswer {
  return { status, body: [{ errorCode, message, fields }] };
}

export const salesforce: CrmCase = {
  connector,
  url: 'https://acme.my.salesforce.com',
  newFake: () => new FakeSalesforce(),
};
