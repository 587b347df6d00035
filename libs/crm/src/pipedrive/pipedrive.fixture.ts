/** Pipedrive as its documentation and its descriptions of the API say, with persons, call logs and activities. For tests only. */
import type {
  CrmCase,
  FakeAnswer,
  FakeContact,
  FakeCrm,
  FakeLog,
  SeenRequest,
} from '../conformance/fake-crm.fixture.js';
import { digitsOf, FakeTables, jsonOf, type Row, type Shape } from '../conformance/fake-tables.fixture.js';
import { pipedrive as connector } from './pipedrive.js';

const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const isId = (value: unknown) => Number.isInteger(value) && Number(value) > 0;

function areParticipants(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > 1) return false;
  const [one] = value as Record<string, unknown>[];
  return (
    one === undefined ||
    (Object.keys(one).toSorted().join() === 'person_id,primary' &&
      isId(one['person_id']) &&
      one['primary'] === true)
  );
}

const CALL_LOG: Shape = {
  'outcome*': /^(connected|no_answer|left_message|left_voicemail|wrong_number|busy)$/,
  'to_phone_number*': /./,
  'start_time*': TIME,
  'end_time*': TIME,
  from_phone_number: /./,
  duration: /^\d+$/,
  subject: /^.{1,255}$/,
  note: /./,
  person_id: isId,
  user_id: isId,
};
const ACTIVITY: Shape = {
  subject: /^.{1,255}$/,
  type: /^call$/,
  due_date: /^\d{4}-\d\d-\d\d$/,
  due_time: /^\d\d:\d\d$/,
  note: /./,
  done: 'boolean',
  owner_id: isId,
  participants: areParticipants,
};
const PERSON: Shape = { 'name*': /./, owner_id: isId, phones: isPhones };

export class FakePipedrive implements FakeCrm {
  readonly tables = new FakeTables();
  readonly complaints = this.tables.complaints;
  readonly slowDown: FakeAnswer = {
    status: 429,
    headers: { 'x-ratelimit-reset': '2' },
    body: { success: false, error: 'request over limit' },
  };
  readonly unauthorised: FakeAnswer = { status: 401, body: { success: false, error: 'unauthorized access' } };
  /** Whether the app has the scope phone-integration. */
  mayLog = true;

  answer({ method, url, body }: SeenRequest): FakeAnswer {
    const { pathname, searchParams } = url;
    const [, path = '', id] =
      /^\/(v1\/users\/me|v1\/callLogs|api\/v2\/(?:persons\/search|persons|activities))(?:\/(\w+))?$/.exec(
        pathname,
      ) ?? [];
    const name = `${method} ${path}${id === undefined ? '' : '/id'}`;
    switch (name) {
      case 'GET v1/users/me':
        return good({ id: 1, name: 'Dana Levi', company_name: 'Acme' });
      case 'GET v1/callLogs':
        return this.mayLog ? good([]) : refused(403, 'Scope and URL mismatch');
      case 'POST v1/callLogs':
        return this.log(jsonOf(body));
      case 'GET api/v2/persons/search':
        return this.search(searchParams);
      case 'GET api/v2/persons':
        return good(this.tables.of('persons').filter((row) => idsIn(searchParams).includes(row.id)));
      case 'POST api/v2/persons':
        return this.create('persons', jsonOf(body), PERSON);
      case 'GET api/v2/activities':
        return this.list(searchParams);
      case 'POST api/v2/activities':
        return this.create('activities', jsonOf(body), { ...ACTIVITY, 'subject*': /./ });
      case 'GET api/v2/activities/id':
      case 'PATCH api/v2/activities/id':
        return this.activity(id, body === null ? undefined : jsonOf(body));
      default:
        return this.tables.bad(`no such path: ${method} ${pathname}`);
    }
  }

  addContact({
    name,
    phones,
    updatedAt = 0,
  }: {
    name: string;
    phones: string[];
    updatedAt?: number;
  }): string {
    const values = phones.map((value) => ({ value, primary: false, label: 'work' }));
    const update_time = new Date(updatedAt).toISOString();
    return this.tables.add('persons', { name, phones: values, add_time: update_time, update_time }).id;
  }

  removeContact(id: string): void {
    this.tables.remove('persons', id);
  }

  lag(): void {
    this.tables.lag();
  }

  catchUp(): void {
    this.tables.catchUp();
  }

  editLog(id: string, line: string): void {
    const row = this.tables.row('activities', id);
    if (row) row['note'] = `${textOf(row, 'note')}<br>${line}`;
  }

  contacts(): FakeContact[] {
    return this.tables
      .of('persons')
      .map((row) => ({ id: row.id, name: textOf(row, 'name'), phones: phonesOf(row) }));
  }

  logs(): FakeLog[] {
    const calls = this.tables.of('activities').filter((row) => row['call'] !== undefined);
    return calls.map((row) => ({
      id: row.id,
      contactId: row['person_id'] === undefined ? null : String(Number(row['person_id'])),
      direction: null,
      text: `${textOf(row, 'subject')}\n${textOf(row, 'note')}`,
      seconds: Number((row['call'] as Record<string, unknown>)['duration']),
      recordingUrl: null,
    }));
  }

  tasks() {
    const tasks = this.tables.of('activities').filter((row) => row['call'] === undefined);
    return tasks.map((row) => ({ id: row.id, subject: textOf(row, 'subject') }));
  }

  private log(given: unknown): FakeAnswer {
    if (!this.mayLog) return refused(403, 'Scope and URL mismatch');
    if (!this.tables.fits('callLog', given, CALL_LOG)) return refused(400, 'Bad request');
    const { person_id, note, subject } = given;
    if (person_id !== undefined && !this.tables.row('persons', String(Number(person_id)))) {
      return refused(404, 'Person not found');
    }
    const activity = this.tables.add('activities', { subject, note, person_id, done: true, call: given });
    return good({ ...given, id: `${activity.id}abc`, activity_id: Number(activity.id) });
  }

  private create(kind: string, given: unknown, shape: Shape): FakeAnswer {
    if (!this.tables.fits(kind, given, shape)) return refused(400, 'Bad request');
    const { id, ...row } = this.tables.add(kind, given);
    return { status: 201, body: { success: true, data: { ...row, id: Number(id) } } };
  }

  private activity(id: string | undefined, change: unknown): FakeAnswer {
    const row = this.tables.row('activities', id);
    if (!row) return refused(404, 'Activity not found');
    if (change !== undefined) {
      if (!this.tables.fits('activity', change, ACTIVITY)) return refused(400, 'Bad request');
      return this.change(row, change);
    }
    return good(row);
  }

  /** The person of an activity is whoever of its participants is the primary one. */
  private change(row: Row, { participants, ...change }: Record<string, unknown>): FakeAnswer {
    Object.assign(row, change);
    if (participants === undefined) return good(row);
    const [first] = (participants as { person_id: number }[]).map(({ person_id: id }) => id);
    if (first !== undefined && !this.tables.row('persons', String(first))) {
      return refused(404, 'Person not found');
    }
    row['person_id'] = first;
    return good(row);
  }

  private search(query: URLSearchParams): FakeAnswer {
    const term = query.get('term') ?? '';
    if (term.length < 2 || query.get('fields') !== 'phone') return this.tables.bad('a search without a term');
    const found = this.tables
      .indexed('persons')
      .filter((row) => phonesOf(row).some((phone) => digitsOf(phone).includes(term)));
    const items = found.map((row) => ({
      result_score: 1,
      item: {
        id: Number(row.id),
        type: 'person',
        name: row['name'],
        phones: phonesOf(row),
        owner: { id: 7 },
      },
    }));
    return good({ items });
  }

  private list(query: URLSearchParams): FakeAnswer {
    const since = query.get('updated_since') ?? '';
    const isRight = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(since) && query.get('sort_by') === 'update_time';
    if (!isRight || Number(query.get('limit')) > 500) return this.tables.bad(`a list since ${since}`);
    // In pages of one, so that whoever does not turn them finds nothing.
    const start = Number(query.get('cursor') ?? 0);
    const rows = this.tables.of('activities').toReversed();
    const next_cursor = start + 1 < rows.length ? String(start + 1) : null;
    return {
      status: 200,
      body: { success: true, data: rows.slice(start, start + 1), additional_data: { next_cursor } },
    };
  }
}

function idsIn(query: URLSearchParams): string[] {
  return (query.get('ids') ?? '').split(',');
}

function isPhones(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((one: Record<string, unknown>) => typeof one['value'] === 'string' && one['primary'] === true)
  );
}

function phonesOf(row: Row): string[] {
  return ((row['phones'] ?? []) as { value: string }[]).map(({ value }) => value);
}

function textOf(row: Row, name: string): string {
  const value = row[name];
  return typeof value === 'string' ? value : '';
}

function good(data: unknown): FakeAnswer {
  return { status: 200, body: { success: true, data } };
}

export function refused(status: number, error: string): FakeAnswer {
  return { status, body: { success: false, error, error_info: 'Please check developers.pipedrive.com' } };
}

export const pipedrive: CrmCase = {
  connector,
  url: 'https://api.pipedrive.com',
  newFake: () => new FakePipedrive(),
};
