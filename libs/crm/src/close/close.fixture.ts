/** Close's API as its OpenAPI file says, with leads, their contacts, call activities and tasks. For tests only. */
import { isRecord, readParty } from '#domain';
import type {
  CrmCase,
  FakeAnswer,
  FakeContact,
  FakeCrm,
  SeenRequest,
} from '../conformance/fake-crm.fixture.js';
import { close as connector } from './close.js';

type Row = Record<string, unknown> & { id: string };
type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string' && value !== '';
const whole: Check = (value) => Number.isInteger(value) && Number(value) >= 0;
const TIME: Check = (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value);
const STATUS: Check = (value) =>
  ['created', 'in-progress', 'completed', 'cancel', 'no-answer', 'busy', 'failed', 'timeout'].includes(
    String(value),
  );
const direction: Check = (value) => value === 'inbound' || value === 'outbound';
const https: Check = (value) => typeof value === 'string' && value.startsWith('https://');

const CALL = {
  ...{ lead_id: text, contact_id: text, user_id: text, note: text, phone: text },
  ...{ status: STATUS, duration: whole, activity_at: TIME, recording_url: https },
};
const BODIES: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  'POST activity/call': { ...CALL, direction },
  'PUT activity/call': CALL,
  'POST task': {
    ...{ lead_id: text, assigned_to: text, text, date: TIME },
    ...{ _type: (value) => value === 'lead', is_complete: (value) => typeof value === 'boolean' },
  },
  'POST lead': {
    name: text,
    description: text,
    contacts: (list) => Array.isArray(list) && list.every(isContact),
  },
};

const QUERIES = /^(_limit|_skip|_fields|contact_id|activity_at__[gl]te)$/;

function isContact(value: unknown): boolean {
  if (!isRecord(value) || !text(value['name'])) return false;
  const { name: _, phones, ...rest } = value;
  const list: unknown[] = Array.isArray(phones) ? phones : [];
  const isPhone = (one: unknown) =>
    isRecord(one) &&
    /^\+\d+$/.test(String(one['phone'])) &&
    one['type'] === 'office' &&
    Object.keys(one).length === 2;
  return (
    Object.keys(rest).length === 0 && (phones === undefined || Array.isArray(phones)) && list.every(isPhone)
  );
}

export class FakeClose implements FakeCrm {
  readonly complaints: string[] = [];
  readonly slowDown: FakeAnswer = {
    status: 429,
    headers: { 'retry-after': '3' },
    body: { error: 'Too many requests' },
  };
  readonly unauthorised: FakeAnswer = { status: 401, body: { error: 'The server could not verify you.' } };
  readonly tables: Record<string, Row[]> = { lead: [], contact: [], 'activity/call': [], task: [] };
  private next = 0;
  private behind: Set<string> | null = null;

  answer({ method, url, body }: SeenRequest): FakeAnswer {
    const strange = [...url.searchParams.keys()].find((name) => !QUERIES.test(name));
    if (!url.pathname.endsWith('/') || strange !== undefined) return this.complain(url.pathname + url.search);
    const given: unknown = JSON.parse(body ?? 'null');
    if (url.pathname === '/api/v1/data/search/') return this.search(given);
    const [, set = '', id] =
      /^\/api\/v1\/(lead|contact|task|activity\/call)\/(?:([\w-]+)\/)?$/.exec(url.pathname) ?? [];
    const rows = this.tables[set];
    if (rows === undefined) return this.complain(`no such path: ${url.pathname}`);
    const row = rows.find((one) => one.id === id);
    if (id !== undefined && row === undefined) return { status: 404, body: { error: 'Not found' } };
    if (method === 'GET')
      return id === undefined ? this.list(rows, url.searchParams) : { status: 200, body: row };
    const fields = BODIES[`${method} ${set}`];
    const wrong = isRecord(given)
      ? Object.entries(given).find(([name, one]) => fields?.[name]?.(one) !== true)
      : [];
    if (!isRecord(given) || wrong !== undefined)
      return this.complain(`${method} ${set} ${JSON.stringify(wrong)}`);
    if (method === 'PUT' && row !== undefined) return { status: 200, body: Object.assign(row, given) };
    return { status: 200, body: set === 'lead' ? this.addLead(given) : this.add(set, given) };
  }

  addContact({ name, phones }: { name: string; phones: string[] }): string {
    const list = phones.map((one) => ({ phone: readParty(one, 'IL').e164 ?? one, type: 'office' }));
    return this.addLead({ name, contacts: [{ name, phones: list }] }).contacts[0]?.id ?? '';
  }

  removeContact(id: string): void {
    this.tables['contact'] = this.of('contact').filter((row) => row.id !== id);
  }

  editLog(id: string, line: string): void {
    for (const row of this.of('activity/call').filter((one) => one.id === id)) {
      row['note'] = `${String(row['note'])}\n${line}`;
    }
  }

  lag(): void {
    this.behind = new Set();
  }

  catchUp(): void {
    this.behind = null;
  }

  contacts(): FakeContact[] {
    return this.of('contact').map((row) => ({
      id: row.id,
      name: String(row['name']),
      phones: phonesOf(row),
    }));
  }

  logs() {
    return this.of('activity/call').map((row) => ({
      id: row.id,
      contactId: typeof row['contact_id'] === 'string' ? row['contact_id'] : null,
      direction: row['direction'] as 'inbound' | 'outbound',
      text: String(row['note']),
      seconds: Number(row['duration']),
      recordingUrl: typeof row['recording_url'] === 'string' ? row['recording_url'] : null,
    }));
  }

  tasks() {
    return this.of('task').map((row) => ({ id: row.id, subject: String(row['text']).split('\n')[0] ?? '' }));
  }

  private of(set: string): Row[] {
    return this.tables[set] ?? [];
  }

  private add(set: string, given: Record<string, unknown>): Row {
    this.next += 1;
    const row: Row = { ...given, id: `${set.slice(-4)}_${String(this.next)}` };
    this.tables[set]?.push(row);
    this.behind?.add(row.id);
    return row;
  }

  private addLead({ contacts = [], ...given }: Record<string, unknown>): Row & { contacts: Row[] } {
    const lead = this.add('lead', given);
    const people = (contacts as Record<string, unknown>[]).map((one) =>
      this.add('contact', { ...one, lead_id: lead.id }),
    );
    return { ...lead, contacts: people };
  }

  private list(rows: readonly Row[], query: URLSearchParams): FakeAnswer {
    const [limit, skip] = [Number(query.get('_limit') ?? 100), Number(query.get('_skip') ?? 0)];
    const [from, to] = [query.get('activity_at__gte') ?? '', query.get('activity_at__lte') ?? '9'];
    if (limit > 100) return this.complain(`a page of ${String(limit)}`);
    const list = rows
      .filter((row) => !query.has('contact_id') || row['contact_id'] === query.get('contact_id'))
      .filter(({ activity_at: at }) => typeof at !== 'string' || (at >= from && at <= to));
    return {
      status: 200,
      body: { data: list.slice(skip, skip + limit), has_more: list.length > skip + limit },
    };
  }

  private search(given: unknown): FakeAnswer {
    const values = [...JSON.stringify(given).matchAll(/"mode":"exact_value","value":"(\+\d+)"/g)].map(
      ([, one]) => one,
    );
    const isAsked =
      isRecord(given) &&
      Object.keys(given).every((name) => ['query', '_fields', '_limit', 'cursor'].includes(name));
    if (!isAsked || values.length === 0) return this.complain(`search ${JSON.stringify(given)}`);
    const data = this.of('contact').filter(
      (row) => this.behind?.has(row.id) !== true && phonesOf(row).some((phone) => values.includes(phone)),
    );
    return { status: 200, body: { data, cursor: null } };
  }

  private complain(words: string): FakeAnswer {
    this.complaints.push(words);
    return { status: 400, body: { errors: [words], 'field-errors': {} } };
  }
}

function phonesOf({ phones }: Row): string[] {
  return Array.isArray(phones) ? (phones as { phone: string }[]).map(({ phone }) => phone) : [];
}

export const close: CrmCase = {
  connector,
  url: 'https://api.close.example/api/v1',
  newFake: () => new FakeClose(),
};
