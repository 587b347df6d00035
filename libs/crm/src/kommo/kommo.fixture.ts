/** Kommo's API as its documentation says, with contacts, companies, their notes, and tasks. For tests only. */
import { isRecord } from '#domain';
import type {
  CrmCase,
  FakeAnswer,
  FakeContact,
  FakeCrm,
  SeenRequest,
} from '../conformance/fake-crm.fixture.js';
import { kommo as connector } from './kommo.js';

type Row = Record<string, unknown> & { id: number };
type Check = (value: unknown) => boolean;

const HOST = 'https://tenant.kommo.example';
const text: Check = (value) => typeof value === 'string' && value !== '';
const whole: Check = (value) => Number.isInteger(value) && Number(value) >= 0;
const kindOfCall: Check = (value) => value === 'call_in' || value === 'call_out';

const shape =
  (fields: Readonly<Record<string, Check>>, needed: readonly string[] = []): Check =>
  (value) =>
    isRecord(value) &&
    needed.every((name) => name in value) &&
    Object.entries(value).every(([name, one]) => fields[name]?.(one) === true);

const PARAMS = {
  uniq: text,
  duration: whole,
  source: text,
  link: text,
  phone: (value: unknown) => typeof value === 'string',
  call_status: (value: unknown) => whole(value) && Number(value) >= 1 && Number(value) <= 8,
  call_result: text,
};

const NOTE = {
  note_type: kindOfCall,
  params: shape(PARAMS, ['uniq', 'duration', 'source', 'phone']),
  created_at: whole,
  created_by: whole,
  responsible_user_id: whole,
};

const PHONE = shape({
  field_code: (value) => value === 'PHONE',
  values: (values) =>
    Array.isArray(values) &&
    values.every(shape({ value: text, enum_code: (code) => code === 'WORK' }, ['value', 'enum_code'])),
});

const TASK = {
  task_type_id: whole,
  text,
  complete_till: whole,
  entity_id: whole,
  entity_type: (value: unknown) => value === 'contacts' || value === 'companies',
  responsible_user_id: whole,
  is_completed: (value: unknown) => typeof value === 'boolean',
  result: shape({ text }),
};

/** What may be sent, by the last word of the path. */
const CHECKS: Readonly<Record<string, Check>> = {
  'POST notes': shape(NOTE, ['note_type', 'params']),
  'PATCH notes': shape(NOTE, ['note_type', 'params']),
  'POST contacts': shape({
    name: text,
    custom_fields_values: (fields) => Array.isArray(fields) && fields.every(PHONE),
    responsible_user_id: whole,
  }),
  'POST tasks': shape(TASK, ['text', 'complete_till']),
  'PATCH tasks': shape({ text }),
};

const QUERIES = /^(query|limit|page|order\[id]|filter\[note_type]|filter\[is_completed])$/;
const NOTHING: FakeAnswer = { status: 204 };

export class FakeKommo implements FakeCrm {
  readonly complaints: string[] = [];
  readonly slowDown: FakeAnswer = { status: 429, body: { title: 'Too Many Requests', status: 429 } };
  readonly unauthorised: FakeAnswer = {
    status: 401,
    body: { title: 'Unauthorized', status: 401, detail: 'Wrong token' },
  };
  readonly tables: Record<string, Row[]> = { contacts: [], companies: [], notes: [], tasks: [] };
  private next = 100;
  private behind: Set<number> | null = null;

  answer({ method, url, body }: SeenRequest): FakeAnswer {
    const path = /^\/api\/v4\/([a-z]+)(?:\/(\d+)(?:\/(notes)(?:\/(\d+))?)?)?$/.exec(url.pathname);
    const [, first = '', firstId, notes, noteId] = path ?? [];
    const strange = [...url.searchParams.keys()].find((name) => !QUERIES.test(name));
    if (strange !== undefined || this.tables[first] === undefined)
      return this.complain(url.pathname + url.search);
    const owner = notes === undefined ? undefined : Number(firstId);
    if (owner !== undefined && !this.of(first).some(({ id }) => id === owner)) {
      return { status: 404, body: { title: 'Not Found', status: 404, detail: 'Entity not found' } };
    }
    const set = notes ?? first;
    const id = notes === undefined ? firstId : noteId;
    if (method === 'GET') return this.read(set, id, owner, url.searchParams);
    const given: unknown = JSON.parse(body ?? 'null');
    const one: unknown = method === 'POST' && Array.isArray(given) ? given[0] : given;
    if (CHECKS[`${method} ${set}`]?.(one) !== true || !isRecord(one)) {
      return this.complain(`${method} ${set} ${body ?? ''}`);
    }
    if (method === 'POST')
      return this.made(set, { ...one, ...(owner !== undefined && { entity_id: owner }) });
    const row = this.of(set).find((each) => String(each.id) === id);
    if (row === undefined) return { status: 404, body: { title: 'Not Found', status: 404 } };
    return { status: 200, body: Object.assign(row, one) };
  }

  addContact({ name, phones }: { name: string; phones: string[] }): string {
    const values = phones.map((value) => ({ value, enum_code: 'WORK' }));
    return String(this.add('contacts', { name, custom_fields_values: [{ field_code: 'PHONE', values }] }).id);
  }

  removeContact(id: string): void {
    this.tables['contacts'] = this.of('contacts').filter((row) => String(row.id) !== id);
  }

  editLog(id: string, line: string): void {
    for (const { params } of this.of('notes').filter((row) => String(row.id) === id)) {
      if (isRecord(params)) params['call_result'] = `${String(params['call_result'])}\n${line}`;
    }
  }

  lag(): void {
    this.behind = new Set();
  }

  catchUp(): void {
    this.behind = null;
  }

  contacts(): FakeContact[] {
    return this.of('contacts').map((row) => ({
      id: String(row.id),
      name: String(row['name']),
      phones: phonesOf(row),
    }));
  }

  logs() {
    const calls = this.of('notes').map(({ id, entity_id, note_type, params }) => ({
      at: id,
      id: String(id),
      contactId: String(entity_id),
      direction: note_type === 'call_in' ? ('inbound' as const) : ('outbound' as const),
      text: isRecord(params) ? String(params['call_result']) : '',
      seconds: isRecord(params) ? Number(params['duration']) : null,
      recordingUrl: isRecord(params) && typeof params['link'] === 'string' ? params['link'] : null,
    }));
    const nobodys = this.of('tasks')
      .filter((row) => row['is_completed'] === true)
      .map(({ id, text: words }) => ({
        at: id,
        id: String(id),
        text: String(words),
        ...{ contactId: null, direction: null, seconds: null, recordingUrl: null },
      }));
    return [...calls, ...nobodys].toSorted((a, b) => a.at - b.at);
  }

  tasks() {
    const open = this.of('tasks').filter((row) => row['is_completed'] !== true);
    return open.map((row) => ({ id: String(row.id), subject: String(row['text']).split('\n')[0] ?? '' }));
  }

  private of(set: string): Row[] {
    return this.tables[set] ?? [];
  }

  private add(set: string, given: Record<string, unknown>): Row {
    this.next += 1;
    const id = this.next;
    const self = { href: `${HOST}/api/v4/${set}/${String(id)}` };
    const row: Row = { ...given, id, _links: { self } };
    this.tables[set]?.push(row);
    this.behind?.add(id);
    return row;
  }

  private made(set: string, given: Record<string, unknown>): FakeAnswer {
    const { id, _links } = this.add(set, given);
    return { status: 200, body: { _links: {}, _embedded: { [set]: [{ id, request_id: '0', _links }] } } };
  }

  private read(
    set: string,
    id: string | undefined,
    owner: number | undefined,
    query: URLSearchParams,
  ): FakeAnswer {
    if (id !== undefined) {
      const row = this.of(set).find((one) => String(one.id) === id);
      return row === undefined ? NOTHING : { status: 200, body: row };
    }
    const [asked, type, done] = ['query', 'filter[note_type]', 'filter[is_completed]'].map((name) =>
      query.get(name),
    );
    const limit = Number(query.get('limit') ?? 50);
    if (limit > 250) return this.complain(`a page of ${String(limit)}`);
    const list = this.of(set)
      .filter((row) => owner === undefined || row['entity_id'] === owner)
      .filter((row) => typeof type !== 'string' || row['note_type'] === type)
      .filter((row) => typeof done !== 'string' || (row['is_completed'] === true) === (done === '1'))
      .filter((row) => typeof asked !== 'string' || this.isFound(row, asked));
    if (query.get('order[id]') === 'desc') list.reverse();
    const page = Number(query.get('page') ?? 1);
    const rows = list.slice((page - 1) * limit, page * limit);
    return rows.length === 0 ? NOTHING : { status: 200, body: { _page: page, _embedded: { [set]: rows } } };
  }

  private isFound(row: Row, asked: string): boolean {
    if (this.behind?.has(row.id) === true) return false;
    return phonesOf(row).some((phone) => phone.replaceAll(/\D/g, '').includes(asked));
  }

  private complain(words: string): FakeAnswer {
    this.complaints.push(words);
    return { status: 400, body: { title: 'Bad Request', status: 400, detail: words } };
  }
}

function phonesOf({ custom_fields_values: fields }: Row): string[] {
  const values = Array.isArray(fields) && isRecord(fields[0]) ? fields[0]['values'] : [];
  return Array.isArray(values) ? values.map((one) => String((one as { value: unknown }).value)) : [];
}

export const kommo: CrmCase = { connector, url: HOST, newFake: () => new FakeKommo() };
