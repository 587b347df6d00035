/** Freshdesk as its documentation says: contacts, tickets and notes. For tests only. */
import { isRecord } from '#domain';
import type {
  CrmCase,
  FakeAnswer,
  FakeContact,
  FakeCrm,
  SeenRequest,
} from '../conformance/fake-crm.fixture.js';
import { ANY, wrongIn, type Shape } from '../conformance/wrong-in.fixture.js';
import { freshdesk as connector } from './freshdesk.js';

interface Person extends FakeContact {
  key: string | null;
  /** Freshdesk made it for a ticket. */
  stranger: boolean;
}

interface Ticket {
  id: string;
  requester: Person;
  given: Record<string, unknown>;
  notes: string[];
}

const NUMBER = /^\d+$/;
const TICKET: Shape = {
  '!subject': /^.{1,255}$/,
  '!description': ANY,
  '!source': /^3$/,
  '!priority': /^[1-4]$/,
  '!status': /^[2-5]$/,
  type: ANY,
  responder_id: NUMBER,
  requester_id: NUMBER,
  unique_external_id: ANY,
  name: ANY,
};
const CONTACT: Shape = {
  '!name': ANY,
  unique_external_id: ANY,
  phone: /^\+\d+$/,
  mobile: ANY,
  description: ANY,
};
const NOTE: Shape = { '!body': ANY, private: /^true$/ };
const TICKET_QUERY = [
  'updated_since',
  'include',
  'order_by',
  'per_page',
  'unique_external_id',
  'requester_id',
];

class FakeFreshdesk implements FakeCrm {
  readonly complaints: string[] = [];
  readonly slowDown: FakeAnswer = {
    status: 429,
    headers: { 'retry-after': '30' },
    body: { message: 'Limit' },
  };
  readonly unauthorised: FakeAnswer = {
    status: 401,
    body: { code: 'invalid_credentials', message: 'You have to be logged in to perform this action.' },
  };
  private readonly people: Person[] = [];
  private readonly tickets: Ticket[] = [];
  private next = 100;
  /** So many people does the search know. */
  private shown: number | undefined;

  answer({ method, url, body }: SeenRequest): FakeAnswer {
    if (url.pathname === '/api/v2/search/contacts') return this.query(url.searchParams);
    const [, kind = '', id, below] = /^\/api\/v2\/(\w+)(?:\/(\w+)(?:\/(\w+))?)?$/.exec(url.pathname) ?? [];
    const route = [method, kind, id === undefined ? '' : '{id}', below ?? ''].join(' ').trim();
    const given: unknown = JSON.parse(body ?? '{}');
    if (!isRecord(given)) return this.complain('a body that is no object');
    switch (route) {
      case 'GET contacts':
        return this.search(url.searchParams);
      case 'POST contacts':
        return this.addPerson(given);
      case 'GET tickets':
        return this.list(url.searchParams);
      case 'POST tickets':
        return this.addTicket(given);
      case 'GET tickets {id} conversations':
        return this.below(id, (ticket) => ({
          status: 200,
          body: ticket.notes.map((text) => ({ body_text: text })),
        }));
      case 'POST tickets {id} notes':
        return this.below(id, (ticket) => this.addNote(ticket, given));
      case 'GET agents {id}':
        return { status: 200, body: { id: 1, contact: { name: 'Dana Levi' } } };
      default:
        return this.complain(route);
    }
  }

  addContact({ name, phones }: { name: string; phones: string[] }): string {
    return this.person({ name, phones, key: null, stranger: false }).id;
  }

  removeContact(id: string): void {
    const at = this.people.findIndex((one) => one.id === id);
    if (at >= 0) this.people.splice(at, 1);
  }

  editLog(id: string, line: string): void {
    this.tickets.find((one) => one.id === id)?.notes.push(line);
  }

  lag(): void {
    this.shown = this.people.length;
  }

  catchUp(): void {
    this.shown = undefined;
  }

  contacts(): FakeContact[] {
    return this.people.filter(({ stranger }) => !stranger);
  }

  logs() {
    return this.tickets.map(({ id, requester, given, notes }) => {
      const text = [given['subject'], plain(String(given['description'])), ...notes].join('\n');
      const contactId = requester.stranger ? null : requester.id;
      return { id, contactId, direction: null, text, seconds: null, recordingUrl: null };
    });
  }

  /** Text for text, as it was typed. */
  private search(query: URLSearchParams): FakeAnswer {
    const [field, wanted, ...others] = [...query].flat();
    if (others.length > 0 || (field !== 'phone' && field !== 'mobile'))
      return this.complain(`query ${String(query)}`);
    const place = field === 'phone' ? 0 : 1;
    const found = this.people.filter(({ phones }) => phones[place] === wanted);
    return { status: 200, body: found.map(asContact) };
  }

  private query(query: URLSearchParams): FakeAnswer {
    const [name, text = '', ...others] = [...query].flat();
    const terms = /^"(.+)"$/.exec(text)?.[1]?.split(' OR ') ?? [];
    const wanted = terms.map((term) => /^(?:phone|mobile):'([^']+)'$/.exec(term)?.[1]);
    if (
      name !== 'query' ||
      others.length > 0 ||
      text.length > 512 ||
      wanted.includes(undefined) ||
      terms.length === 0
    ) {
      return this.complain(`search ${String(query)}`);
    }
    const shown = this.people.slice(0, this.shown);
    const found = shown.filter(({ phones }) => phones.some((phone) => wanted.includes(phone)));
    return { status: 200, body: { total: found.length, results: found.map(asContact) } };
  }

  private addPerson(given: Record<string, unknown>): FakeAnswer {
    const wrong = wrongIn(given, CONTACT);
    if (wrong !== undefined) return this.complain(`contact: ${wrong}`);
    const key = typeof given['unique_external_id'] === 'string' ? given['unique_external_id'] : null;
    const same = this.people.find((one) => one.key !== null && one.key === key);
    if (same !== undefined) return duplicate(same.id);
    const phones = typeof given['phone'] === 'string' ? [given['phone']] : [];
    const made = this.person({ name: String(given['name']), phones, key, stranger: false });
    return { status: 201, body: { id: Number(made.id) } };
  }

  private list(query: URLSearchParams): FakeAnswer {
    const unknown = [...query.keys()].find((name) => !TICKET_QUERY.includes(name));
    if (unknown !== undefined) return this.complain(`tickets by ${unknown}`);
    const [id, key] = [query.get('requester_id'), query.get('unique_external_id')];
    const found = this.tickets.filter(({ requester }) => requester.id === id || requester.key === key);
    return {
      status: 200,
      body: found.map((ticket) => ({ id: Number(ticket.id), description: ticket.given['description'] })),
    };
  }

  private addTicket(given: Record<string, unknown>): FakeAnswer {
    const wrong = wrongIn(given, TICKET);
    if (wrong !== undefined) return this.complain(`ticket: ${wrong}`);
    const { requester_id: id, unique_external_id: key } = given;
    const known = this.people.find((one) => one.id === String(id as number) || one.key === key);
    if (known === undefined && typeof key !== 'string')
      return invalid('requester_id', 'There is no such contact');
    const stranger = { name: String(given['name']), phones: [], key: key as string, stranger: true };
    const ticket = { id: String(this.next++), requester: known ?? this.person(stranger), given, notes: [] };
    this.tickets.push(ticket);
    return { status: 201, body: { id: Number(ticket.id) } };
  }

  private addNote(ticket: Ticket, given: Record<string, unknown>): FakeAnswer {
    const wrong = wrongIn(given, NOTE);
    if (wrong !== undefined) return this.complain(`note: ${wrong}`);
    ticket.notes.push(plain(String(given['body'])));
    return { status: 201, body: { id: this.next++ } };
  }

  private below(id: string | undefined, answer: (ticket: Ticket) => FakeAnswer): FakeAnswer {
    const ticket = this.tickets.find((one) => one.id === id);
    return ticket === undefined ? { status: 404 } : answer(ticket);
  }

  private person(of: Omit<Person, 'id'>): Person {
    const person = { ...of, id: String(this.next++) };
    this.people.push(person);
    return person;
  }

  private complain(words: string): FakeAnswer {
    this.complaints.push(words);
    return invalid('request', words);
  }
}

function invalid(field: string, message: string): FakeAnswer {
  const errors = [{ field, message, code: 'invalid_value' }];
  return { status: 400, body: { description: 'Validation failed', errors } };
}

function duplicate(id: string): FakeAnswer {
  const error = {
    field: 'unique_external_id',
    message: 'It should be a unique value',
    code: 'duplicate_value',
    additional_info: { user_id: Number(id) },
  };
  return { status: 409, body: { description: 'Validation failed', errors: [error] } };
}

function asContact({ id, name, phones }: Person) {
  return { id: Number(id), name, phone: phones[0], mobile: phones[1] ?? null };
}

function plain(html: string): string {
  return html.replaceAll('<br>', '\n').replaceAll('&amp;', '&');
}

export const freshdesk: CrmCase = {
  connector,
  url: 'https://acme.freshdesk.example',
  newFake: () => new FakeFreshdesk(),
};
