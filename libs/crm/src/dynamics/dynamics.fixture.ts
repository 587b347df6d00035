/** Dataverse's Web API as its documentation says, with the tables that we use. For tests only. */
import { isRecord } from '#domain';
import type {
  CrmCase,
  FakeAnswer,
  FakeContact,
  FakeCrm,
  SeenRequest,
} from '../conformance/fake-crm.fixture.js';
import { dynamics as connector } from './dynamics.js';

type Row = Record<string, unknown> & { id: string };

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const USER = /^\/systemusers\([\da-f-]{36}\)$/;
const HOST = 'https://org.crm.dynamics.example';
const API = '/api/data/v9.2';

type Check = (value: unknown) => boolean;
const text =
  (most: number): Check =>
  (value) =>
    typeof value === 'string' && value.length > 0 && value.length <= most;
const like =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const whole: Check = (value) => Number.isInteger(value) && Number(value) >= 0;
const bool: Check = (value) => typeof value === 'boolean';

const isParty: Check = (value) =>
  isRecord(value) &&
  [1, 2].includes(Number(value['participationtypemask'])) &&
  Object.keys(value).length === 2 &&
  Object.keys(value).some((name) => /^partyid_(contact|lead|account|systemuser)@odata\.bind$/.test(name));

const regarding = (activity: string): Record<string, Check> =>
  Object.fromEntries(
    ['contact', 'lead', 'account'].map((type): [string, Check] => [
      `regardingobjectid_${type}_${activity}@odata.bind`,
      like(new RegExp(`^/${type}s\\([\\da-f-]{36}\\)$`)),
    ]),
  );

/** Columns that may be written, and how. */
const COLUMNS: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  contacts: {
    lastname: text(50),
    telephone1: text(50),
    description: text(2_000),
    'ownerid@odata.bind': like(USER),
  },
  phonecalls: {
    subject: text(200),
    description: text(2_000),
    phonenumber: text(200),
    directioncode: bool,
    actualstart: like(TIME),
    actualend: like(TIME),
    actualdurationminutes: whole,
    leftvoicemail: bool,
    statecode: whole,
    statuscode: whole,
    'ownerid@odata.bind': like(USER),
    phonecall_activity_parties: (value) => Array.isArray(value) && value.every(isParty),
    ...regarding('phonecall'),
  },
  tasks: {
    subject: text(200),
    description: text(2_000),
    scheduledend: like(TIME),
    'ownerid@odata.bind': like(USER),
    ...regarding('task'),
  },
};

const KEYS: Readonly<Record<string, string>> = {
  contacts: 'contactid',
  leads: 'leadid',
  accounts: 'accountid',
  phonecalls: 'activityid',
  tasks: 'activityid',
  systemusers: 'systemuserid',
};

export class FakeDynamics implements FakeCrm {
  readonly complaints: string[] = [];
  readonly slowDown: FakeAnswer = {
    status: 429,
    headers: { 'retry-after': '12' },
    body: odataError(
      '0x80072322',
      'Number of requests exceeded the limit of 6000 over time window of 300 seconds.',
    ),
  };
  readonly unauthorised: FakeAnswer = { status: 401 };
  readonly tables: Record<string, Row[]> = {
    contacts: [],
    leads: [],
    accounts: [],
    phonecalls: [],
    tasks: [],
    systemusers: [],
  };
  private next = 1;

  answer({ method, url, headers, body }: SeenRequest): FakeAnswer {
    if (headers['odata-version'] !== '4.0') return this.complain('no OData-Version');
    if (url.pathname === `${API}/WhoAmI`) return { status: 200, body: { UserId: this.newId() } };
    const path = url.pathname.startsWith(`${API}/`) ? url.pathname.slice(API.length + 1) : '';
    const [, set = '', id] = /^([a-z]+)(?:\(([^)]*)\))?$/.exec(path) ?? [];
    const rows = this.tables[set];
    if (rows === undefined) return this.complain(`no such path: ${url.pathname}`);
    if (id !== undefined && !GUID.test(id)) return this.complain(`no GUID: ${id}`);
    if (method === 'GET') return this.read(set, id, url.searchParams);
    const given = this.checked(set, body);
    if (given === undefined)
      return { status: 400, body: odataError('0x80048d19', 'Error identified in Payload') };
    if (!this.linksAreThere(given)) return GONE;
    if (method === 'POST' && id === undefined) return this.created(set, given, headers['prefer']);
    if (method !== 'PATCH' || id === undefined) return this.complain(`no such method: ${method}`);
    return this.patched(set, id, given, headers);
  }

  addContact({ name, phones }: { name: string; phones: string[] }): string {
    const [telephone1, mobilephone] = phones;
    return this.add('contacts', { fullname: name, telephone1, mobilephone, statecode: 0 }).id;
  }

  removeContact(id: string): void {
    this.tables['contacts'] = this.of('contacts').filter((row) => row.id !== id);
  }

  editLog(id: string, line: string): void {
    for (const row of this.of('phonecalls').filter((one) => one.id === id)) {
      row['description'] = `${String(row['description'])}\n${line}`;
    }
  }

  contacts(): FakeContact[] {
    return this.of('contacts').map((row) => ({
      id: row.id,
      name: String(row['fullname']),
      phones: [row['telephone1'], row['mobilephone']].filter((one) => typeof one === 'string'),
    }));
  }

  logs() {
    return this.of('phonecalls').map((row) => ({
      id: row.id,
      contactId: idIn(row['regardingobjectid_contact_phonecall@odata.bind']),
      direction: row['directioncode'] === true ? ('outbound' as const) : ('inbound' as const),
      text: `${String(row['subject'])}\n${String(row['description'])}`,
      seconds: Number(row['actualdurationminutes']) * 60,
      recordingUrl: null,
    }));
  }

  tasks() {
    return this.of('tasks').map((row) => ({ id: row.id, subject: String(row['subject']) }));
  }

  private of(set: string): Row[] {
    return this.tables[set] ?? [];
  }

  private newId(): string {
    this.next += 1;
    return `00000000-0000-4000-8000-${String(this.next).padStart(12, '0')}`;
  }

  private add(set: string, given: Record<string, unknown>, id = this.newId()): Row {
    const row: Row = { ...given, id, [KEYS[set] ?? '']: id };
    if (set === 'contacts') row['fullname'] ??= given['lastname'];
    if (set === 'contacts' || set === 'phonecalls') row['statecode'] ??= 0;
    this.tables[set]?.push(row);
    return row;
  }

  private read(set: string, id: string | undefined, query: URLSearchParams): FakeAnswer {
    const context = `${HOST}${API}/$metadata#${set}`;
    const unknown = [...query.keys()].find(
      (name) => !['$select', '$filter', '$orderby', '$top'].includes(name),
    );
    if (unknown !== undefined || !query.has('$select'))
      return this.complain(`query of ${set}: ${query.toString()}`);
    if (id !== undefined) {
      const row = this.of(set).find((one) => one.id === id);
      return row === undefined ? GONE : { status: 200, body: { '@odata.context': context, ...row } };
    }
    const passes = filterOf(query.get('$filter') ?? '');
    if (passes === undefined) return this.complain(`no such filter: ${query.get('$filter') ?? ''}`);
    return { status: 200, body: { '@odata.context': context, value: this.of(set).filter(passes) } };
  }

  private created(set: string, given: Record<string, unknown>, prefer: string | undefined): FakeAnswer {
    const row = this.add(set, given);
    if (prefer !== 'return=representation') return { status: 204 };
    return { status: 201, body: { '@odata.context': `${HOST}${API}/$metadata#${set}/$entity`, ...row } };
  }

  private patched(
    set: string,
    id: string,
    given: Record<string, unknown>,
    headers: SeenRequest['headers'],
  ): FakeAnswer {
    const row = this.of(set).find((one) => one.id === id);
    if (headers['if-none-match'] === '*') {
      if (row !== undefined) {
        return {
          status: 412,
          body: odataError('0x80040237', 'A record with matching key values already exists.'),
        };
      }
      if ('statecode' in given) return this.complain('an activity that is done before it is there');
      this.add(set, given, id);
      return { status: 204 };
    }
    if (headers['if-match'] !== '*') return this.complain('an upsert that may do either');
    if (row === undefined) return GONE;
    if ('statecode' in given !== 'statuscode' in given) return this.complain('a state without its reason');
    Object.assign(row, given);
    return { status: 204 };
  }

  private checked(set: string, body: string | null): Record<string, unknown> | undefined {
    const given: unknown = JSON.parse(body ?? 'null');
    if (!isRecord(given)) return void this.complain('a body that is no object');
    for (const [name, value] of Object.entries(given)) {
      if (COLUMNS[set]?.[name]?.(value) !== true) {
        return void this.complain(`${set}.${name} = ${JSON.stringify(value)}`);
      }
    }
    return given;
  }

  private linksAreThere(given: Record<string, unknown>): boolean {
    const links = Object.entries(given).filter(([name]) => name.startsWith('regardingobjectid_'));
    return links.every(([, path]) => {
      const [, set = '', id] = /^\/([a-z]+)\((.*)\)$/.exec(String(path)) ?? [];
      return this.of(set).some((row) => row.id === id);
    });
  }

  private complain(words: string): FakeAnswer {
    this.complaints.push(words);
    return { status: 400, body: odataError('0x80060888', words) };
  }
}

/** Just what the connector asks. Undefined: it is none of that. */
function filterOf(filter: string): ((row: Row) => boolean) | undefined {
  if (filter === '') return () => true;
  const marker = /^contains\(description,'([^']+)'\)$/.exec(filter)?.[1];
  if (marker !== undefined) return (row) => String(row['description']).includes(marker);
  const inner = /^statecode eq 0 and \((.*)\)$/.exec(filter)?.[1];
  const ends = inner?.split(' or ').map((one) => /^endswith\((\w+),'([^']+)'\)$/.exec(one));
  if (ends === undefined || ends.includes(null)) return undefined;
  return (row) =>
    ends.some((end) => {
      const value = row[end?.[1] ?? ''];
      return typeof value === 'string' && value.endsWith(end?.[2] ?? '');
    });
}

function idIn(path: unknown): string | null {
  return typeof path === 'string' ? (/\((.*)\)/.exec(path)?.[1] ?? null) : null;
}

function odataError(code: string, message: string) {
  return { error: { code, message } };
}

const GONE: FakeAnswer = {
  status: 404,
  body: odataError('0x80040217', 'contact With Id = x Does Not Exist'),
};

export const dynamics: CrmCase = {
  connector,
  url: HOST,
  newFake: () => new FakeDynamics(),
};
