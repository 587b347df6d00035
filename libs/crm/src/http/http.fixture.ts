/**
 * A small CRM as many are: it looks for numbers literally, answers 200 with `ok: false`, says whom it made in the header Location,
 * and keeps numbers of records as numbers. And the settings that describe it. For tests only.
 */
import { isRecord } from '#domain';
import type {
  CrmCase,
  FakeAnswer,
  FakeContact,
  FakeCrm,
  FakeLog,
  SeenRequest,
} from '../conformance/fake-crm.fixture.js';
import { http as connector } from './http.js';

interface Person {
  id: number;
  name: string;
  tel: string[];
  owner?: string;
  remark?: string;
  changed: string;
}

type Call = Record<string, unknown> & { id: number; title: string; text: string };

const PERSON = { name: /./, tel: /^\+\d+$/, owner: /./, remark: /./ };
const CALL = {
  title: /^[^\n]{1,200}$/,
  text: /^[^]{1,30000}$/,
  way: /^(in|out)$/,
  state: /^(talked|lost)$/,
  seconds: /^\d+$/,
  begin: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
  person: /^\d+$/,
  tape: /^https:/,
  user: /./,
};

class LiteralCrm implements FakeCrm {
  readonly complaints: string[] = [];
  readonly slowDown: FakeAnswer = { status: 200, body: { ok: false, code: 'slow_down' } };
  readonly unauthorised: FakeAnswer = { status: 200, body: { ok: false, code: 'who_are_you' } };
  private people: Person[] = [];
  private readonly calls: Call[] = [];
  private readonly todos: { id: string; subject: string }[] = [];
  private next = 1;

  answer({ method, url, body }: SeenRequest): FakeAnswer {
    const [, kind = '', id] = /^\/v1\/([a-z]+)(?:\/(\d+))?$/.exec(url.pathname) ?? [];
    const key = `${method} ${kind}${id === undefined ? '' : '/id'}`;
    if (key === 'GET people') return this.search(url.searchParams);
    if (key === 'POST people') return this.addPerson(this.checked(body, PERSON));
    if (key === 'GET calls') return this.find(url.searchParams);
    if (key === 'POST calls') return this.addCall(this.checked(body, CALL));
    if (key === 'POST todos') return this.addTodo(url, body);
    const call = this.calls.find((one) => one.id === Number(id));
    if (key === 'GET calls/id') return call ? good({ call }) : bad('no_such_call');
    if (key === 'PATCH calls/id' && call) return this.change(call, this.checked(body, CALL));
    return this.complain(`no such request: ${method} ${url.pathname}`);
  }

  addContact({ name, phones }: { name: string; phones: string[] }): string {
    const id = this.next++;
    this.people.push({ id, name, tel: phones, changed: new Date(id * 1000).toISOString() });
    return String(id);
  }

  removeContact(id: string): void {
    this.people = this.people.filter((one) => String(one.id) !== id);
  }

  editLog(id: string, line: string): void {
    for (const call of this.calls) if (String(call.id) === id) call.text += `\n${line}`;
  }

  contacts(): FakeContact[] {
    return this.people.map(({ id, name, tel }) => ({ id: String(id), name, phones: tel }));
  }

  logs(): FakeLog[] {
    return this.calls.map((call) => ({
      id: String(call.id),
      contactId: call['person'] === undefined ? null : String(call['person'] as number),
      direction: call['way'] === 'in' ? 'inbound' : 'outbound',
      text: `${call.title}\n${call.text}`,
      seconds: Number(call['seconds']),
      recordingUrl: (call['tape'] as string | undefined) ?? null,
    }));
  }

  tasks() {
    return this.todos;
  }

  /** Letter by letter. */
  private search(query: URLSearchParams): FakeAnswer {
    const tel = query.get('tel');
    if (tel === null || tel === '') return this.complain('a search without a number');
    const people = this.people.filter((one) => one.tel.includes(tel));
    return people.length === 0 ? { status: 404, body: { ok: false } } : good({ people });
  }

  private addPerson(given: Record<string, unknown> | undefined): FakeAnswer {
    if (given === undefined) return bad('invalid');
    const { tel, ...person } = given as unknown as Omit<Person, 'tel'> & { tel?: string };
    const id = Number(this.addContact({ ...person, phones: tel === undefined ? [] : [tel] }));
    return { status: 201, headers: { location: `https://crm.example/v1/people/${String(id)}` } };
  }

  private addCall(given: Record<string, unknown> | undefined): FakeAnswer {
    if (given === undefined) return bad('invalid');
    const person = given['person'];
    if (person !== undefined && !this.people.some(({ id }) => id === person)) return bad('no_such_person');
    const call = { ...given, id: this.next++ } as Call;
    this.calls.push(call);
    return good({ call: { id: call.id } });
  }

  private change(call: Call, given: Record<string, unknown> | undefined): FakeAnswer {
    if (given === undefined) return bad('invalid');
    return good({ call: Object.assign(call, given) });
  }

  private find(query: URLSearchParams): FakeAnswer {
    const words = query.get('text') ?? '';
    // As fuzzy as a search for words is.
    return words === '' ? this.complain('a search for nothing') : good({ calls: this.calls });
  }

  private addTodo(url: URL, body: string | null): FakeAnswer {
    const form = new URLSearchParams(body ?? '');
    if (form.get('what') === null) return this.complain(`a task without words: ${url.pathname}`);
    this.todos.push({ id: String(this.next++), subject: form.get('what') ?? '' });
    return good({ todo: { id: this.next - 1 } });
  }

  private checked(body: string | null, fields: Record<string, RegExp>): Record<string, unknown> | undefined {
    const given: unknown = JSON.parse(body ?? 'null');
    if (!isRecord(given)) return void this.complaints.push('a body that is no object');
    for (const [name, value] of Object.entries(given)) {
      const isNumber = /^(person|seconds)$/.test(name) === (typeof value === 'number');
      if (isNumber && fields[name]?.test(String(value)) === true) continue;
      return void this.complaints.push(`${name} = ${JSON.stringify(value)}`);
    }
    return given;
  }

  private complain(words: string): FakeAnswer {
    this.complaints.push(words);
    return { status: 400 };
  }
}

function good(body: Record<string, unknown>): FakeAnswer {
  return { status: 200, body: { ok: true, ...body } };
}

function bad(code: string): FakeAnswer {
  return { status: 200, body: { ok: false, code } };
}

const rule = (code: string, means: string) => ({ path: 'code', is: [code], means, reason: 'code' });
const texts = { title: '{{ call.subject }}', text: '{{ call.body }}', state: '{{ words.state }}' };
const later = { seconds: '{{ call.talkSeconds }}', tape: '{{ call.recordingUrl }}' };

/** What a tenant would write to have calls logged in it. */
export const SETTINGS = {
  numbers: ['e164', '0##-###-####', '0#-###-####', 'national'],
  lookups: [
    {
      type: 'Person',
      request: { url: '/v1/people', query: { tel: '{{ number }}' } },
      list: 'people',
      fields: { id: 'id', name: 'name', phones: ['tel'], owner: 'owner', updatedAt: 'changed' },
      page: 'https://crm.example/#/people/{{ contact.id }}',
    },
  ],
  create: {
    type: 'Person',
    request: {
      method: 'POST',
      url: '/v1/people',
      json: {
        name: '{{ draft.name }}',
        tel: '{{ number }}',
        remark: '{{ draft.description }}',
        owner: '{{ draft.ownerId }}',
      },
    },
    id: '@location',
    page: 'https://crm.example/#/people/{{ contact.id }}',
  },
  log: {
    type: 'Call',
    request: {
      method: 'POST',
      url: '/v1/calls',
      json: {
        ...texts,
        ...later,
        way: '{{ words.way }}',
        begin: '{{ call.started.sql }}',
        person: { $number: '{{ contact.id }}' },
        user: '{{ call.ownerId }}',
      },
    },
    id: 'call.id',
  },
  find: {
    request: { url: '/v1/calls', query: { text: '{{ call.marker }}' } },
    list: 'calls',
    text: 'text',
  },
  update: {
    read: { request: { url: '/v1/calls/{{ record.id }}' }, subject: 'call.title', body: 'call.text' },
    request: { method: 'PATCH', url: '/v1/calls/{{ record.id }}', json: { ...texts, ...later } },
  },
  task: {
    type: 'Todo',
    request: { method: 'POST', url: '/v1/todos', form: { what: '{{ task.subject }}' } },
    id: 'todo.id',
  },
  answers: [
    rule('slow_down', 'throttled'),
    rule('who_are_you', 'unauthorised'),
    rule('no_such_person', 'gone'),
    rule('bad_number', 'bad number'),
    rule('exists', 'duplicate'),
    { path: 'ok', is: [false], status: [200], means: 'refused', reason: 'code' },
  ],
  words: {
    way: { of: 'call.direction', to: { inbound: 'in', outbound: 'out' } },
    state: { of: 'call.result', to: { answered: 'talked' }, otherwise: 'lost' },
  },
};

export const http: CrmCase = {
  connector,
  settings: SETTINGS,
  url: 'https://crm.example',
  newFake: () => new LiteralCrm(),
};
