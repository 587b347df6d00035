/** Twenty's REST API as its servers describe it: people, notes and their links. For tests only. */
import { isRecord } from '#domain';
import type {
  CrmCase,
  FakeAnswer,
  FakeContact,
  FakeCrm,
  SeenRequest,
} from '../conformance/fake-crm.fixture.js';
import { ANY, wrongIn, type Shape } from '../conformance/wrong-in.fixture.js';
import { twenty as connector } from './twenty.js';

type Row = Record<string, unknown> & { id: string };

const KINDS: Readonly<Record<string, { one: string; shape: Shape }>> = {
  people: { one: 'Person', shape: { '!name': /^\{"firstName":.*,"lastName":".+"\}$/, phones: /^\{/ } },
  notes: { one: 'Note', shape: { '!title': ANY, bodyV2: /^\{"markdown":/ } },
  noteTargets: { one: 'NoteTarget', shape: { '!noteId': ANY, targetPersonId: ANY } },
};
const PHONES: Shape = {
  '!primaryPhoneNumber': /^\d+$/,
  primaryPhoneCallingCode: /^\+\d{1,3}$/,
  primaryPhoneCountryCode: /^[A-Z]{2}$/,
};
/** One string, as the filters of its documentation: a field, an operator, a text in quotation marks. */
const FILTER = /^([\w.]+)\[(eq|like|endsWith)]:"([^"]+)"$/;

class FakeTwenty implements FakeCrm {
  readonly complaints: string[] = [];
  readonly slowDown: FakeAnswer = { status: 429, headers: { 'retry-after': '60' } };
  readonly unauthorised: FakeAnswer = {
    status: 401,
    body: { statusCode: 401, error: 'UnauthorizedException', messages: ['Missing authentication token'] },
  };
  private readonly rows: Record<string, Row[]> = { people: [], notes: [], noteTargets: [] };
  private next = 1;

  answer({ method, url, body }: SeenRequest): FakeAnswer {
    const [, plural = '', id] = /^\/rest\/(\w+)(?:\/([\w-]+))?$/.exec(url.pathname) ?? [];
    const kind = KINDS[plural];
    if (kind === undefined) return this.complain(url.pathname);
    if (method === 'GET' && id === undefined) return this.list(plural, url.searchParams);
    const row = this.of(plural).find((one) => one.id === id);
    if (id !== undefined && row === undefined) return failed(404, 'Record not found');
    const single = kind.one.charAt(0).toLowerCase() + kind.one.slice(1);
    if (method === 'GET') return { status: 200, body: { data: { [single]: row } } };
    const given: unknown = JSON.parse(body ?? 'null');
    if (!isRecord(given)) return this.complain('a body that is no object');
    // Which of two names it has depends on its version; a client has to try.
    if (plural === 'noteTargets' && 'personId' in given)
      return failed(400, 'Field "personId" is not defined');
    const { id: _own, ...kept } = row ?? {};
    const wrong = wrongIn({ ...kept, ...given }, kind.shape);
    if (wrong !== undefined) return this.complain(`${plural}: ${wrong}`);
    if (method === 'PATCH' && row !== undefined) {
      return { status: 200, body: { data: { [`update${kind.one}`]: Object.assign(row, given) } } };
    }
    if (method !== 'POST' || id !== undefined) return this.complain(`${method} ${url.pathname}`);
    this.checkPhones(given['phones']);
    return { status: 201, body: { data: { [`create${kind.one}`]: this.add(plural, given) } } };
  }

  /** It keeps what people type in two parts. */
  addContact({ name, phones: [phone = ''] }: { name: string; phones: string[] }): string {
    const code = /^\+(?:972|44|1)/.exec(phone)?.[0] ?? '';
    const number = phone.slice(code.length).replaceAll(/\D/g, '').replace(/^0/, '');
    const phones = { primaryPhoneNumber: number, primaryPhoneCallingCode: code, additionalPhones: null };
    return this.add('people', { name: { firstName: '', lastName: name }, phones }).id;
  }

  removeContact(id: string): void {
    this.rows['people'] = this.of('people').filter((row) => row.id !== id);
  }

  editLog(id: string, line: string): void {
    for (const row of this.of('notes').filter((one) => one.id === id)) {
      row['bodyV2'] = { markdown: `${markdownOf(row)}\n\n${line}` };
    }
  }

  contacts(): FakeContact[] {
    return this.of('people').map(({ id, name, phones }) => ({
      id,
      name: String((name as Row)['lastName']),
      phones: [Object.values(phones ?? {}).join(' ')],
    }));
  }

  logs() {
    return this.of('notes').map((row) => {
      const links = this.of('noteTargets').filter(({ noteId }) => noteId === row.id);
      if (links.length > 1) this.complaints.push('a note that is linked twice');
      const to = links[0]?.['targetPersonId'];
      return {
        id: row.id,
        contactId: typeof to === 'string' ? to : null,
        direction: null,
        text: `${String(row['title'])}\n${markdownOf(row).replaceAll('\\', '')}`,
        seconds: null,
        recordingUrl: null,
      };
    });
  }

  private of(plural: string): Row[] {
    return this.rows[plural] ?? [];
  }

  private add(plural: string, given: Record<string, unknown>): Row {
    const row = { ...given, id: `t-${String(this.next++)}` };
    this.rows[plural]?.push(row);
    return row;
  }

  private list(plural: string, query: URLSearchParams): FakeAnswer {
    const unknown = [...query.keys()].find((name) => !['filter', 'limit'].includes(name));
    if (unknown !== undefined) return this.complain(`no filter at all: ${unknown}`);
    const filter = query.get('filter');
    const [, field = '', operator, value = ''] = FILTER.exec(filter ?? '') ?? [];
    if (filter !== null && operator === undefined) return this.complain(`malformed: ${filter}`);
    const found = this.of(plural).filter((row) => filter === null || fits(at(row, field), operator, value));
    return { status: 200, body: { data: { [plural]: found.slice(0, Number(query.get('limit') ?? 60)) } } };
  }

  private checkPhones(phones: unknown): void {
    const wrong = isRecord(phones) ? wrongIn(phones, PHONES) : undefined;
    if (wrong !== undefined) this.complaints.push(`phones: ${wrong}`);
  }

  private complain(words: string): FakeAnswer {
    this.complaints.push(words);
    return failed(400, words);
  }
}

function at(row: unknown, path: string): string {
  let value = row;
  for (const name of path.split('.')) value = isRecord(value) ? value[name] : undefined;
  return typeof value === 'string' ? value : '';
}

function fits(value: string, operator: string | undefined, wanted: string): boolean {
  if (operator === 'endsWith') return value.endsWith(wanted);
  return operator === 'eq' ? value === wanted : value.includes(wanted.replaceAll('%', ''));
}

function markdownOf(row: Row): string {
  return at(row, 'bodyV2.markdown');
}

function failed(status: number, words: string): FakeAnswer {
  return { status, body: { statusCode: status, error: 'BadRequestException', messages: [words] } };
}

export const twenty: CrmCase = {
  connector,
  url: 'https://crm.twenty.example',
  newFake: () => new FakeTwenty(),
};
