/** Zoho CRM as its documentation and its descriptions of the API say, with calls, contacts, leads and tasks. For tests only. */
import type {
  CrmCase,
  FakeAnswer,
  FakeContact,
  FakeCrm,
  FakeLog,
  SeenRequest,
} from '../conformance/fake-crm.fixture.js';
import { digitsOf, FakeTables, jsonOf, type Row, type Shape } from '../conformance/fake-tables.fixture.js';
import { zoho as connector } from './zoho.js';

const ID = /^\d{10,}$/;
const isLink = (value: unknown) => ID.test(String((value as { id?: unknown } | null)?.id));
const isLinkOrNull = (value: unknown) => value === null || isLink(value);
const PERSON: Shape = {
  'Last_Name*': /^.{1,80}$/,
  Phone: /^[+\d][\d ()-]{0,29}$/,
  Description: /./,
  Owner: isLink,
};
const SHAPES: Readonly<Record<string, Shape>> = {
  Contacts: PERSON,
  Leads: { ...PERSON, 'Company*': /./ },
  Calls: {
    'Subject*': /^.{1,250}$/,
    'Call_Type*': /^(Inbound|Outbound|Missed)$/,
    'Call_Start_Time*': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/,
    'Call_Duration*': /^\d\d+:[0-5]\d$/,
    Outgoing_Call_Status: /^Completed$/,
    Call_Purpose: /./,
    Call_Result: /./,
    Description: /^[^]{1,32000}$/,
    Voice_Recording__s: /^https?:/,
    Who_Id: isLink,
    What_Id: isLink,
    $se_module: /^Leads$/,
    Owner: isLink,
    Switchhook: /./,
  },
  Tasks: {
    'Subject*': /./,
    Description: /./,
    Status: /^Not Started$/,
    Due_Date: /^\d{4}-\d\d-\d\d$/,
    Owner: isLink,
    Who_Id: isLink,
    What_Id: isLink,
    $se_module: /^Leads$/,
  },
};
const BODY: Shape = {
  'data*': (value) => Array.isArray(value) && value.length === 1,
  trigger: Array.isArray,
  duplicate_check_fields: Array.isArray,
};
const LINKED: Readonly<Record<string, string>> = { Who_Id: 'Contacts', What_Id: 'Leads' };

export class FakeZoho implements FakeCrm {
  readonly tables = new FakeTables((count) => String(554_000_000_000_000 + count));
  readonly complaints = this.tables.complaints;
  readonly slowDown: FakeAnswer = {
    status: 429,
    body: { status: 'error', code: 'TOO_MANY_REQUESTS', message: 'too many requests', details: {} },
  };
  readonly unauthorised: FakeAnswer = {
    status: 401,
    body: { status: 'error', code: 'INVALID_TOKEN', message: 'invalid oauth token', details: {} },
  };

  answer({ method, url, body, headers }: SeenRequest): FakeAnswer {
    const { pathname, searchParams } = url;
    if (pathname === '/crm/v8/users') return { status: 200, body: { users: [{ full_name: 'Dana Levi' }] } };
    if (pathname === '/crm/v8/settings/fields') return { status: 200, body: { fields: FIELDS } };
    const [, kind = '', rest] = /^\/crm\/v8\/(\w+)(?:\/(\w+))?$/.exec(pathname) ?? [];
    if (SHAPES[kind] === undefined) return this.tables.bad(`no such path: ${pathname}`);
    if (method === 'GET' && rest === 'search') return this.search(kind, searchParams);
    if (method === 'GET' && rest === undefined) return this.list(kind, searchParams, headers);
    if (method === 'POST') return this.create(kind, jsonOf(body), rest);
    const row = this.tables.row(kind, rest);
    if (!row) return errorIn(400, 'INVALID_DATA', { message: 'the id given seems to be invalid' });
    if (method === 'GET') return { status: 200, body: { data: [row] } };
    return method === 'PUT'
      ? this.change(kind, row, jsonOf(body))
      : this.tables.bad(`no such method: ${method}`);
  }

  addContact(contact: { name: string; phones: string[] }): string {
    return this.addPerson('Contacts', contact);
  }

  addPerson(kind: 'Contacts' | 'Leads', { name, phones }: { name: string; phones: string[] }): string {
    return this.tables.add(kind, { Last_Name: name, Full_Name: name, Mobile: phones[0], Phone: phones[1] })
      .id;
  }

  removeContact(id: string): void {
    this.tables.remove('Contacts', id);
  }

  lag(): void {
    this.tables.lag();
  }

  catchUp(): void {
    this.tables.catchUp();
  }

  editLog(id: string, line: string): void {
    const row = this.tables.row('Calls', id);
    if (row) row['Description'] = `${textOf(row, 'Description')}\n${line}`;
  }

  contacts(): FakeContact[] {
    const people = [...this.tables.of('Contacts'), ...this.tables.of('Leads')];
    return people.map((row) => ({ id: row.id, name: textOf(row, 'Last_Name'), phones: phonesOf(row) }));
  }

  logs(): FakeLog[] {
    return this.tables.of('Calls').map((row) => {
      const [minutes = 0, seconds = 0] = textOf(row, 'Call_Duration').split(':').map(Number);
      return {
        id: row.id,
        contactId: ((row['Who_Id'] ?? row['What_Id']) as { id: string } | undefined)?.id ?? null,
        direction: row['Call_Type'] === 'Outbound' ? ('outbound' as const) : ('inbound' as const),
        text: `${textOf(row, 'Subject')}\n${textOf(row, 'Description')}`,
        seconds: minutes * 60 + seconds,
        recordingUrl: textOf(row, 'Voice_Recording__s') || null,
      };
    });
  }

  tasks() {
    return this.tables.of('Tasks').map((row) => ({ id: row.id, subject: textOf(row, 'Subject') }));
  }

  private create(kind: string, body: unknown, way: string | undefined): FakeAnswer {
    const given = this.recordIn(kind, body, SHAPES[kind] ?? {});
    if (given === undefined) return errorIn(400, 'INVALID_DATA', { api_name: 'data' });
    const wrong = this.wrongLink(given);
    if (wrong !== undefined) return errorIn(207, 'INVALID_DATA', { api_name: wrong });
    const [field = ''] = ((body as Record<string, unknown>)['duplicate_check_fields'] ?? []) as string[];
    if ((way === 'upsert') !== (field === 'Switchhook')) return this.tables.bad(`upsert by ${field}`);
    const there = this.tables.of(kind).find((row) => field !== '' && row[field] === given[field]);
    return done(there ? Object.assign(there, given) : this.tables.add(kind, given), 201);
  }

  private change(kind: string, row: Row, body: unknown): FakeAnswer {
    const shape = Object.entries(SHAPES[kind] ?? {}).map(
      ([name, rule]) => [name.replace('*', ''), rule] as const,
    );
    const { Owner: _o, Call_Type: _t, Call_Start_Time: _s, ...changing } = Object.fromEntries(shape);
    // What a call that is over keeps for ever is refused.
    const emptied = { Who_Id: isLinkOrNull, What_Id: isLinkOrNull };
    const given = this.recordIn(kind, body, { ...changing, ...(kind === 'Calls' && emptied) });
    if (given === undefined) return errorIn(200, 'INVALID_DATA', { api_name: 'data' });
    const wrong = this.wrongLink(given);
    if (wrong !== undefined) return errorIn(200, 'INVALID_DATA', { api_name: wrong });
    return done(Object.assign(row, given), 200);
  }

  /** A member that names somebody who is not there. */
  private wrongLink(given: Record<string, unknown>): string | undefined {
    const links = Object.entries(LINKED);
    const wrong = links.find(([link, linked]) => {
      const of = (given[link] ?? undefined) as { id: string } | undefined;
      return of !== undefined && this.tables.row(linked, of.id) === undefined;
    });
    return wrong?.[0];
  }

  private recordIn(kind: string, body: unknown, shape: Shape): Record<string, unknown> | undefined {
    if (!this.tables.fits('body', body, BODY)) return undefined;
    const [record] = body['data'] as unknown[];
    return this.tables.fits(kind, record, shape) ? record : undefined;
  }

  /** By all the digits of a number. */
  private search(kind: string, query: URLSearchParams): FakeAnswer {
    const phone = query.get('phone') ?? '';
    if (phone === '' || kind === 'Calls') return this.tables.bad('a search without a number');
    const data = this.tables
      .indexed(kind)
      .filter((row) => phonesOf(row).some((one) => digitsOf(one) === digitsOf(phone)));
    return data.length === 0
      ? { status: 204 }
      : { status: 200, body: { data, info: { more_records: false } } };
  }

  private list(kind: string, query: URLSearchParams, headers: SeenRequest['headers']): FakeAnswer {
    const since = headers['if-modified-since'] ?? '';
    const isRight = query.has('fields') && /^\d{4}-\d\d-\d\dT[\d:]{8}\+00:00$/.test(since);
    if (!isRight || Number(query.get('per_page')) > 200) return this.tables.bad(`a list since ${since}`);
    // In pages of one, so that whoever does not turn them finds nothing.
    const page = Number(query.get('page'));
    const rows = this.tables.of(kind).toReversed();
    if (rows.length === 0) return { status: 304 };
    const info = { more_records: page < rows.length };
    return { status: 200, body: { data: rows.slice(page - 1, page), info } };
  }
}

const FIELDS = [
  { api_name: 'Switchhook', unique: { casesensitive: false } },
  { api_name: 'Subject', unique: {} },
];

function done({ id }: Row, status: number): FakeAnswer {
  const record = { status: 'success', code: 'SUCCESS', message: 'record added', details: { id } };
  return { status, body: { data: [record] } };
}

/** An error of the one record that was sent. */
export function errorIn(status: number, code: string, details: Record<string, unknown>): FakeAnswer {
  return { status, body: { data: [{ status: 'error', code, message: 'invalid id', details }] } };
}

function phonesOf(row: Row): string[] {
  return [row['Phone'], row['Mobile']].filter((one) => typeof one === 'string');
}

function textOf(row: Row, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value : '';
}

export const zoho: CrmCase = {
  connector,
  url: 'https://www.zohoapis.eu',
  newFake: () => new FakeZoho(),
};
