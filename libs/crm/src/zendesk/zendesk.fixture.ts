/** Zendesk as its documentation says, with users, their further numbers, and tickets. For tests only. */
import type {
  CrmCase,
  FakeAnswer,
  FakeContact,
  FakeCrm,
  FakeLog,
  SeenRequest,
} from '../conformance/fake-crm.fixture.js';
import { digitsOf, FakeTables, jsonOf, type Row, type Shape } from '../conformance/fake-tables.fixture.js';
import { zendesk as connector } from './zendesk.js';

const isId = (value: unknown) => Number.isInteger(value) && Number(value) > 0;
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const VOICE: Shape = {
  'from*': /^/,
  'to*': /^/,
  'started_at*': ISO,
  'call_duration*': (value) => Number.isInteger(value),
  'recording_url*': /^https:/,
  answered_by_id: isId,
};
const COMMENT: Shape = { 'body*': /./, 'public*': (value) => value === false };
const CALL: Shape = {
  'via_id*': (value) => [44, 45, 46].includes(value as number),
  'comment*': () => true,
  subject: /^.{1,150}$/,
  external_id: /./,
  requester_id: isId,
  assignee_id: isId,
  status: /^(new|open|pending|hold|solved)$/,
  type: /^(problem|incident|question|task)$/,
};
const TICKET: Shape = {
  'comment*': () => true,
  subject: /./,
  type: /^task$/,
  due_at: ISO,
  requester_id: isId,
  assignee_id: isId,
};
const USER: Shape = {
  'name*': /./,
  role: /^end-user$/,
  phone: /^\+\d+$/,
  notes: /./,
  skip_verify_email: 'boolean',
};
const SEARCH = /^type:user role:end-user phone:\*(\d{4,})$/;

/** Whose credentials they are. */
const ME = 900_001;

export class FakeZendesk implements FakeCrm {
  readonly tables = new FakeTables((count) => String(360_000 + count));
  readonly complaints = this.tables.complaints;
  readonly slowDown: FakeAnswer = {
    status: 429,
    headers: { 'retry-after': '20' },
    body: 'Number of allowed',
  };
  readonly unauthorised: FakeAnswer = { status: 401, body: { error: 'Couldn’t authenticate you' } };
  role = 'agent';

  answer({ method, url, body }: SeenRequest): FakeAnswer {
    const [, path = '', id, part] =
      /^\/api\/v2\/(users\/me|search|channels\/voice\/tickets|tickets|users)(?:\/(\d+))?(?:\/(\w+))?(?:\.json)?$/.exec(
        url.pathname,
      ) ?? [];
    const given = jsonOf(body);
    switch ([method, path, id && 'id', part].filter(Boolean).join(' ')) {
      case 'GET users/me':
        return { status: 200, body: { user: { id: ME, name: 'Dana Levi', role: this.role } } };
      case 'GET search':
        return this.search(url.searchParams.get('query') ?? '');
      case 'GET users id identities':
        return { status: 200, body: { identities: this.tables.row('users', id)?.['identities'] ?? [] } };
      case 'POST users':
        return this.createUser(given);
      case 'POST channels/voice/tickets':
        return this.createTicket(given, CALL);
      case 'POST tickets':
        return this.createTicket(given, TICKET);
      case 'GET tickets':
        return this.list(url.searchParams.get('external_id'));
      case 'GET tickets id comments':
        return { status: 200, body: { comments: commentsOf(this.tables.row('tickets', id)) } };
      case 'PUT tickets id':
        return this.comment(id, given);
      default:
        return this.tables.bad(`no such path: ${method} ${url.pathname}`);
    }
  }

  /** Its first number is the user's, the others are identities. */
  addContact({ name, phones: [phone, ...others] }: { name: string; phones: string[] }): string {
    const identities = others.map((value) => ({ type: 'phone_number', value }));
    return this.tables.add('users', { name, phone, identities }).id;
  }

  removeContact(id: string): void {
    this.tables.remove('users', id);
  }

  lag(): void {
    this.tables.lag();
  }

  catchUp(): void {
    this.tables.catchUp();
  }

  editLog(id: string, line: string): void {
    commentsOf(this.tables.row('tickets', id)).push({ body: line, public: true });
  }

  contacts(): FakeContact[] {
    return this.tables
      .of('users')
      .map((row) => ({ id: row.id, name: textOf(row, 'name'), phones: phonesOf(row) }));
  }

  logs(): FakeLog[] {
    const calls = this.tables.of('tickets').filter((row) => row['via_id'] !== undefined);
    return calls.map((row) => ({
      id: row.id,
      contactId: [undefined, ME].includes(row['requester_id'] as number | undefined)
        ? null
        : String(Number(row['requester_id'])),
      direction: row['via_id'] === 46 ? ('outbound' as const) : ('inbound' as const),
      text: [textOf(row, 'subject'), ...commentsOf(row).map((one) => one.body)].join('\n'),
      seconds: null,
      recordingUrl: commentsOf(row).find(({ data }) => data)?.data?.recording_url ?? null,
    }));
  }

  tasks() {
    const tasks = this.tables.of('tickets').filter((row) => row['type'] === 'task');
    return tasks.map((row) => ({ id: row.id, subject: textOf(row, 'subject') }));
  }

  private search(query: string): FakeAnswer {
    const [, digits] = SEARCH.exec(query) ?? [];
    if (digits === undefined) return this.tables.bad(`no such search: ${query}`);
    const found = this.tables
      .indexed('users')
      .filter((row) => phonesOf(row).some((phone) => digitsOf(phone).endsWith(digits)));
    const results = found.map(({ identities: _hidden, ...row }) => ({ ...row, id: Number(row.id) }));
    return { status: 200, body: { results, count: results.length, next_page: null } };
  }

  private createUser(given: unknown): FakeAnswer {
    if (!this.tables.fits('body', given, { 'user*': () => true })) return invalid('base', 'InvalidValue');
    if (!this.tables.fits('user', given['user'], USER)) return invalid('base', 'InvalidValue');
    const { id, ...row } = this.tables.add('users', given['user']);
    return { status: 201, body: { user: { ...row, id: Number(id) } } };
  }

  private createTicket(given: unknown, shape: Shape): FakeAnswer {
    const { tables } = this;
    if (!tables.fits('body', given, { 'ticket*': () => true })) return invalid('base', 'InvalidValue');
    const { ticket } = given;
    if (!tables.fits('ticket', ticket, shape)) return invalid('base', 'InvalidValue');
    const { requester_id: requester, comment } = ticket;
    if (!tables.fits('comment', comment, COMMENT)) return invalid('base', 'InvalidValue');
    if (requester !== undefined && !tables.row('users', String(Number(requester)))) {
      return invalid('requester', 'InvalidValue');
    }
    const comments = [comment];
    const { id, ...row } = tables.add('tickets', { ...ticket, comments });
    return { status: 201, body: { ticket: { ...row, id: Number(id) } } };
  }

  private list(key: string | null): FakeAnswer {
    if (key === null) return this.tables.bad('a list of all tickets');
    const tickets = this.tables.of('tickets').filter((row) => row['external_id'] === key);
    return { status: 200, body: { tickets, count: tickets.length } };
  }

  private comment(id: string | undefined, given: unknown): FakeAnswer {
    const row = this.tables.row('tickets', id);
    if (!row) return { status: 404, body: { error: 'RecordNotFound', description: 'Not found' } };
    const ticket = (given as Record<string, unknown> | undefined)?.['ticket'];
    const shape: Shape = { comment: () => true, voice_comment: () => true, requester_id: isId };
    if (!this.tables.fits('ticket', ticket, shape)) return invalid('base', 'InvalidValue');
    const { comment, voice_comment: voice, requester_id: requester } = ticket;
    if (requester !== undefined) return this.handOver(row, Number(requester));
    // One of them overrides the other.
    if ((comment === undefined) === (voice === undefined)) return this.tables.bad('not one comment');
    const isRight = voice
      ? this.tables.fits('voice', voice, VOICE)
      : this.tables.fits('comment', comment, COMMENT);
    if (!isRight) return invalid('base', 'InvalidValue');
    commentsOf(row).push((voice ? { body: 'Call details', data: voice } : comment) as Comment);
    return { status: 200, body: { ticket: row } };
  }

  private handOver(row: Row, requester: number): FakeAnswer {
    if (requester !== ME && !this.tables.row('users', String(requester))) {
      return invalid('requester', 'InvalidValue');
    }
    row['requester_id'] = requester;
    return { status: 200, body: { ticket: row } };
  }
}

interface Comment {
  body: string;
  public?: boolean;
  data?: { recording_url: string };
}

function commentsOf(row: Row | undefined): Comment[] {
  return (row?.['comments'] ?? []) as Comment[];
}

function phonesOf(row: Row): string[] {
  const others = ((row['identities'] ?? []) as { value: string }[]).map(({ value }) => value);
  return [textOf(row, 'phone'), ...others].filter((phone) => phone !== '');
}

function textOf(row: Row, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value : '';
}

export function invalid(field: string, error: string): FakeAnswer {
  const details = { [field]: [{ error, description: `${field}: is not right` }] };
  return { status: 422, body: { error: 'RecordInvalid', description: 'Record validation errors', details } };
}

export const zendesk: CrmCase = {
  connector,
  url: 'https://acme.zendesk.com',
  newFake: () => new FakeZendesk(),
};
