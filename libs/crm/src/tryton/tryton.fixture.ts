/** Tryton 8.0's REST API as a real server of it answers, with the three models that we use. For tests only. */
import { isRecord, readParty } from '#domain';
import type {
  CrmCase,
  FakeAnswer,
  FakeContact,
  FakeCrm,
  FakeLog,
  SeenRequest,
} from '../conformance/fake-crm.fixture.js';
import { tryton as connector } from './tryton.js';

interface Party {
  id: number;
  name: string;
  mechanisms: { id: number; type: string; value: string; compact: string }[];
}

interface Note {
  id: number;
  resource: string;
  message: string;
}

const UNKNOWN_PARTY = 1;
const MESSAGE = /^[^]{1,40000}$/;

export class FakeTryton implements FakeCrm {
  readonly complaints: string[] = [];
  readonly slowDown: FakeAnswer = {
    status: 429,
    headers: { 'retry-after': '5' },
    body: '<h1>Too Many Requests</h1>',
  };
  readonly unauthorised: FakeAnswer = { status: 401, body: '<h1>Unauthorized</h1>' };
  /** As from 8.2 on. */
  notesStay = false;
  private parties: Party[] = [{ id: UNKNOWN_PARTY, name: 'Unknown callers', mechanisms: [] }];
  private readonly notes: Note[] = [];
  private next = 2;

  answer({ method, url, headers, body }: SeenRequest): FakeAnswer {
    const [, model = '', id] = /^\/crm\/rest\/model\/([a-z_.]+)(?:\/(\w+))?$/.exec(url.pathname) ?? [];
    if (headers['accept-language'] !== 'en') this.complaints.push('no language');
    const key = `${method} ${model}${/^\d+$/.test(id ?? '') ? '/id' : ''}`;
    const note = this.notes.find((one) => String(one.id) === id);
    if (key === 'GET party.contact_mechanism') return this.search(url.searchParams);
    if (key === 'POST party.party') return this.create(body);
    if (key === 'GET ir.note') return this.find(url.searchParams);
    if (key === 'POST ir.note') return this.note(body);
    if (key === 'GET ir.note/id') return note ? { status: 200, body: { ...note } } : NOT_FOUND;
    if (key === 'PUT ir.note/id') return note ? this.change(note, body) : NOT_FOUND;
    if (key === 'POST res.user') return { status: 200, body: { name: 'Switchhook', login: 'hook' } };
    this.complaints.push(`no such request: ${key}`);
    return NO_METHOD;
  }

  addContact({ name, phones }: { name: string; phones: string[] }): string {
    const id = this.next++;
    const mechanisms = phones.map((value) => ({
      id: this.next++,
      type: 'phone',
      value,
      compact: compact(value),
    }));
    this.parties.push({ id, name, mechanisms });
    return String(id);
  }

  removeContact(id: string): void {
    this.parties = this.parties.filter((one) => String(one.id) !== id);
  }

  editLog(id: string, line: string): void {
    for (const note of this.notes) if (String(note.id) === id) note.message += `\n${line}`;
  }

  contacts(): FakeContact[] {
    return this.parties
      .filter(({ id }) => id !== UNKNOWN_PARTY)
      .map(({ id, name, mechanisms }) => ({
        id: String(id),
        name,
        phones: mechanisms.map(({ value }) => value),
      }));
  }

  logs(): FakeLog[] {
    return this.notes.map(({ id, resource, message }) => {
      const [, party = ''] = resource.split(',');
      const contactId = party === String(UNKNOWN_PARTY) ? null : party;
      return { id: String(id), contactId, direction: null, text: message, seconds: null, recordingUrl: null };
    });
  }

  private search(query: URLSearchParams): FakeAnswer {
    const [kinds, active, or] = this.domainIn(query);
    const isFine =
      sameJson(kinds, ['type', 'in', ['phone', 'mobile', 'other']]) &&
      sameJson(active, ['party.active', '=', true]) &&
      Array.isArray(or) &&
      or[0] === 'OR';
    if (!isFine) return this.refuse(`an odd search: ${JSON.stringify([kinds, active, or])}`);
    const ends = (or as string[][]).slice(1).map(([, , value = '']) => value.replace(/^%/, ''));
    const found = this.parties.flatMap((party) =>
      party.mechanisms
        .filter(({ compact: value }) => ends.some((end) => value.endsWith(end)))
        .map(({ id, value }) => ({ id, value, party: shown(party) })),
    );
    return { status: 200, body: found };
  }

  private create(body: string | null): FakeAnswer {
    const given: unknown = JSON.parse(body ?? 'null');
    const text = JSON.stringify(given);
    const shape =
      /^\{"name":".+","contact_mechanisms":\[\["create",\[\{"type":"(phone|other)","value":"(\+\d+)"\}]]]\}$/;
    const [, , value] = shape.exec(text) ?? [];
    if (value === undefined) return this.refuse(`an odd party: ${text}`);
    const id = this.addContact({ name: String((given as Record<string, unknown>)['name']), phones: [value] });
    return { status: 200, body: { id: Number(id), __name__: 'party.party', rec_name: '' } };
  }

  private find(query: URLSearchParams): FakeAnswer {
    if (!query.has('d')) return { status: 200, body: this.notes };
    const [like] = this.domainIn(query) as [string[]];
    if (like[0] !== 'message' || like[1] !== 'like') return this.refuse('an odd search for notes');
    const word = (like[2] ?? '').replaceAll('%', '');
    return { status: 200, body: this.notes.filter(({ message }) => message.includes(word)) };
  }

  private note(body: string | null): FakeAnswer {
    const given: unknown = JSON.parse(body ?? 'null');
    if (!isRecord(given) || Object.keys(given).toSorted().join(' ') !== 'message resource') {
      return this.refuse(`an odd note: ${body ?? ''}`);
    }
    const { resource, message } = given as unknown as Note;
    if (!MESSAGE.test(message)) return this.refuse('an odd message');
    if (!this.parties.some(({ id }) => resource === `party.party,${String(id)}`)) {
      return userError('A value is required for field "Resource" in record "(9)" of "Note".');
    }
    const id = this.next++;
    this.notes.push({ id, resource, message });
    return { status: 200, body: { id, __name__: 'ir.note', rec_name: `(${String(id)})` } };
  }

  private change(note: Note, body: string | null): FakeAnswer {
    const given: unknown = JSON.parse(body ?? 'null');
    if (!isRecord(given) || Object.keys(given).join() !== 'message') return this.refuse('an odd change');
    if (this.notesStay) return userError('You are not allowed to modify notes.');
    note.message = String(given['message']);
    return { status: 200, body: { id: note.id } };
  }

  private domainIn(query: URLSearchParams): unknown[] {
    const text = query.get('d') ?? '';
    if (/[+/]/.test(text)) this.complaints.push('a domain whose base64 is not that of URLs');
    return JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
  }

  private refuse(words: string): FakeAnswer {
    this.complaints.push(words);
    return NO_METHOD;
  }
}

const NOT_FOUND: FakeAnswer = { status: 404, body: '<!doctype html><title>404 Not Found</title>' };
const NO_METHOD: FakeAnswer = { status: 400, body: '<h1>Bad Request</h1>\n<p>Unable to get RPC method</p>' };

function userError(message: string): FakeAnswer {
  return { status: 400, body: { status: 400, message, description: '' } };
}

function shown({ id, name, mechanisms }: Party) {
  const time = { __class__: 'datetime', year: 2026, month: 11, day: 20, hour: 8, minute: 0, second: id };
  return {
    id,
    rec_name: name,
    create_date: time,
    write_date: time,
    contact_mechanisms: mechanisms.map(({ type, value }) => ({ type, value })),
  };
}

/** Its parties live in Israel. */
function compact(value: string): string {
  return readParty(value, 'IL').e164 ?? value;
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export const tryton: CrmCase = {
  connector,
  settings: { database: 'crm', unknownParty: String(UNKNOWN_PARTY), webClient: 'https://tryton.example' },
  url: 'https://tryton.example',
  newFake: () => new FakeTryton(),
};
