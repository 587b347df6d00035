/** EspoCRM as its documentation says, with the three kinds of records that we use. For tests only. */
import { isRecord } from '#domain';
import type {
  CrmCase,
  FakeAnswer,
  FakeContact,
  FakeCrm,
  SeenRequest,
} from '../conformance/fake-crm.fixture.js';
import { espocrm as connector } from './espocrm.js';

type Row = Record<string, unknown> & { id: string };

/** What may be written, and of which kind it is. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  Contact: { lastName: /./, phoneNumber: /^\+\d+$/, description: /./, assignedUserId: /./ },
  Call: {
    name: /^.{1,249}$/,
    description: /./,
    status: /^(Planned|Held|Not Held)$/,
    direction: /^(Inbound|Outbound)$/,
    dateStart: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
    dateEnd: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
    contactsIds: /^.*$/,
    assignedUserId: /./,
  },
  Task: { name: /./, description: /./, dateEnd: /./, assignedUserId: /./, parentType: /./, parentId: /./ },
};

class FakeEspo implements FakeCrm {
  readonly complaints: string[] = [];
  readonly slowDown: FakeAnswer = { status: 429, headers: { 'retry-after': '7' } };
  readonly unauthorised: FakeAnswer = { status: 401 };
  private readonly rows: Record<string, Row[]> = { Contact: [], Call: [], Task: [] };
  private next = 1;

  answer({ method, url, headers, body }: SeenRequest): FakeAnswer {
    const [, entity = '', id] = /^\/api\/v1\/([A-Z]\w*)(?:\/([\w-]+))?$/.exec(url.pathname) ?? [];
    const rows = this.rows[entity];
    if (rows === undefined) return this.complain(`no such path: ${url.pathname}`);
    if (method === 'GET' && id === undefined) return this.list(rows, url.searchParams);
    const row = rows.find((one) => one.id === id);
    if (id !== undefined && row === undefined) return { status: 404 };
    if (method === 'GET') return { status: 200, body: row };
    const given = this.checked(entity, body);
    if (given === undefined) return { status: 400 };
    if (method === 'PUT' && row !== undefined) return { status: 200, body: Object.assign(row, given) };
    if (method !== 'POST') return this.complain(`no such method: ${method}`);
    const twins = entity === 'Contact' ? rows.filter((one) => one['name'] === given['lastName']) : [];
    if (twins.length > 0 && headers['x-skip-duplicate-check'] !== 'true') return { status: 409, body: twins };
    return { status: 200, body: this.add(entity, given) };
  }

  addContact({ name, phones }: { name: string; phones: string[] }): string {
    return this.add('Contact', { name, phoneNumber: phones[0], phones }).id;
  }

  removeContact(id: string): void {
    this.rows['Contact'] = this.of('Contact').filter((row) => row.id !== id);
  }

  editLog(id: string, line: string): void {
    for (const row of this.of('Call').filter((one) => one.id === id)) {
      row['description'] = `${String(row['description'])}\n${line}`;
    }
  }

  contacts(): FakeContact[] {
    return this.of('Contact').map((row) => ({
      id: row.id,
      name: String(row['name']),
      phones: phonesOf(row),
    }));
  }

  logs() {
    return this.of('Call').map((row) => ({
      id: row.id,
      contactId: firstOf(row['contactsIds']),
      direction: row['direction'] === 'Inbound' ? ('inbound' as const) : ('outbound' as const),
      text: `${String(row['name'])}\n${String(row['description'])}`,
      seconds: null,
      recordingUrl: null,
    }));
  }

  private of(entity: string): Row[] {
    return this.rows[entity] ?? [];
  }

  private add(entity: string, given: Record<string, unknown>): Row {
    const row: Row = { ...given, id: `e${String(this.next)}` };
    if (entity === 'Contact') row['name'] ??= given['lastName'];
    this.next += 1;
    this.rows[entity]?.push(row);
    return row;
  }

  private list(rows: readonly Row[], query: URLSearchParams): FakeAnswer {
    const [type, attribute, value = ''] = ['type', 'attribute', 'value'].map((name) =>
      query.get(`where[0][${name}]`),
    );
    if (value === null || value === '') return this.complain('a list without a filter');
    const passes = FILTERS[`${type ?? ''} ${attribute ?? ''}`];
    if (passes === undefined) return this.complain(`no such filter: ${type ?? ''} ${attribute ?? ''}`);
    const list = rows.filter((row) => passes(row, value)).slice(0, Number(query.get('maxSize') ?? 20));
    return { status: 200, body: { total: list.length, list } };
  }

  private checked(entity: string, body: string | null): Record<string, unknown> | undefined {
    const given: unknown = JSON.parse(body ?? 'null');
    const fields = FIELDS[entity] ?? {};
    if (!isRecord(given)) return void this.complain('a body that is no object');
    for (const [name, value] of Object.entries(given)) {
      if (fields[name]?.test(String(value)) !== true) {
        return void this.complain(`${entity}.${name} = ${JSON.stringify(value)}`);
      }
    }
    return given;
  }

  private complain(words: string): FakeAnswer {
    this.complaints.push(words);
    return { status: 400 };
  }
}

const FILTERS: Readonly<Record<string, (row: Row, value: string) => boolean>> = {
  'endsWith phoneNumberNumeric': (row, value) =>
    phonesOf(row).some((phone) => phone.replaceAll(/\D/g, '').endsWith(value)),
  'contains description': (row, value) => String(row['description']).includes(value),
};

function firstOf(ids: unknown): string | null {
  return Array.isArray(ids) && ids.length > 0 ? String(ids[0]) : null;
}

function phonesOf({ phones, phoneNumber }: Row): string[] {
  if (Array.isArray(phones)) return phones as string[];
  return typeof phoneNumber === 'string' ? [phoneNumber] : [];
}

export const espocrm: CrmCase = {
  connector,
  url: 'https://espo.example',
  newFake: () => new FakeEspo(),
};
