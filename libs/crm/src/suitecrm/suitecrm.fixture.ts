/** SuiteCRM's JSON API V8 as its documentation and its source say. For tests only. */
import { isRecord } from '#domain';
import type {
  CrmCase,
  FakeAnswer,
  FakeContact,
  FakeCrm,
  SeenRequest,
} from '../conformance/fake-crm.fixture.js';
import { ANY, wrongIn, type Shape } from '../conformance/wrong-in.fixture.js';
import { suitecrm as connector } from './suitecrm.js';

interface Row {
  id: string;
  attributes: Record<string, unknown>;
}

const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;
const MODULES: Readonly<Record<string, Shape>> = {
  Contacts: {
    '!last_name': ANY,
    phone_mobile: /^\+\d+$/,
    phone_work: ANY,
    phone_home: ANY,
    phone_other: ANY,
    description: ANY,
    assigned_user_id: ANY,
  },
  Leads: { '!last_name': ANY, phone_mobile: ANY, phone_work: ANY },
  Accounts: { '!name': ANY, phone_office: ANY, phone_alternate: ANY },
  Calls: {
    '!name': /^.{1,50}$/,
    description: ANY,
    '!direction': /^(Inbound|Outbound)$/,
    '!status': /^(Planned|Held|Not Held)$/,
    '!date_start': TIME,
    date_end: TIME,
    '!duration_hours': /^\d+$/,
    '!duration_minutes': /^[1-5]?\d$/,
    outlook_id: ANY,
    assigned_user_id: ANY,
    parent_type: /^(Contacts|Leads|Accounts|)$/,
    parent_id: /^\w*$/,
  },
  Tasks: {
    '!name': ANY,
    description: ANY,
    date_due: TIME,
    status: /^Not Started$/,
    parent_type: ANY,
    parent_id: ANY,
    assigned_user_id: ANY,
  },
};

class FakeSuite implements FakeCrm {
  readonly complaints: string[] = [];
  readonly slowDown: FakeAnswer = { status: 429, headers: { 'retry-after': '5' } };
  readonly unauthorised: FakeAnswer = {
    status: 401,
    body: {
      error: 'access_denied',
      message: 'The resource owner or authorization server denied the request.',
    },
  };
  private readonly rows: Record<string, Row[]> = {
    Contacts: [],
    Leads: [],
    Accounts: [],
    Calls: [],
    Tasks: [],
  };
  private next = 1;

  answer({ method, url, headers, body }: SeenRequest): FakeAnswer {
    if (url.pathname === '/legacy/Api/V8/current-user') {
      return { status: 200, body: { data: { attributes: { full_name: 'Dana Levi' } } } };
    }
    const [, module, id] = /^\/legacy\/Api\/V8\/module(?:\/(\w+)(?:\/(\w+))?)?$/.exec(url.pathname) ?? [];
    if (method === 'GET' && module !== undefined) {
      if (id === undefined) return this.list(module, url.searchParams);
      const row = this.rows[module]?.find((one) => one.id === id);
      return row === undefined ? missing(module, id) : { status: 200, body: { data: shown(row) } };
    }
    if (module !== undefined || headers['content-type'] !== 'application/vnd.api+json') {
      return this.complain(`${method} ${url.pathname}`);
    }
    const given: unknown = JSON.parse(body ?? 'null');
    const data = isRecord(given) && Object.keys(given).length === 1 ? given['data'] : undefined;
    return isRecord(data) ? this.write(method, data) : this.complain('no data');
  }

  addContact({ name, phones }: { name: string; phones: string[] }): string {
    const fields = ['phone_work', 'phone_home'].flatMap((field, at) => {
      const phone = phones[at];
      return phone === undefined ? [] : [[field, phone]];
    });
    return this.add('Contacts', { last_name: name, ...(Object.fromEntries(fields) as object) }).id;
  }

  removeContact(id: string): void {
    this.rows['Contacts'] = this.of('Contacts').filter((row) => row.id !== id);
  }

  editLog(id: string, line: string): void {
    for (const { attributes } of this.of('Calls').filter((one) => one.id === id)) {
      attributes['description'] = `${String(attributes['description'])}\n${line}`;
    }
  }

  contacts(): FakeContact[] {
    return this.of('Contacts').map(({ id, attributes }) => ({
      id,
      name: String(attributes['last_name']),
      phones: phonesOf(attributes),
    }));
  }

  logs() {
    return this.of('Calls').map(({ id, attributes: of }) => ({
      id,
      contactId: typeof of['parent_id'] === 'string' && of['parent_id'] !== '' ? of['parent_id'] : null,
      direction: of['direction'] === 'Inbound' ? ('inbound' as const) : ('outbound' as const),
      text: `${String(of['name'])}\n${String(of['description'])}`,
      seconds: (Number(of['duration_hours']) * 60 + Number(of['duration_minutes'])) * 60,
      recordingUrl: null,
    }));
  }

  private of(module: string): Row[] {
    return this.rows[module] ?? [];
  }

  private add(module: string, attributes: Record<string, unknown>): Row {
    const row = { id: `s${String(this.next++)}`, attributes };
    this.rows[module]?.push(row);
    return row;
  }

  private write(method: string, { type, id, attributes, ...others }: Record<string, unknown>): FakeAnswer {
    const shape = MODULES[String(type)];
    if (shape === undefined || !isRecord(attributes) || Object.keys(others).length > 0) {
      return this.complain(`data of ${String(type)}`);
    }
    const row = this.of(String(type)).find((one) => one.id === id);
    if (method === 'PATCH' && row === undefined) return missing(String(type), String(id));
    const wrong = wrongIn(row === undefined ? attributes : { ...row.attributes, ...attributes }, shape);
    if (wrong !== undefined) return this.complain(`${String(type)}: ${wrong}`);
    if (method === 'PATCH' && row !== undefined) {
      Object.assign(row.attributes, attributes);
      return { status: 201, body: { data: shown(row) } };
    }
    if (method !== 'POST' || id !== undefined) return this.complain(`${method} of ${String(type)}`);
    return { status: 201, body: { data: shown(this.add(String(type), attributes)) } };
  }

  /** With its `or`, "not deleted" is one of the alternatives: everybody. Which is why nobody should use it. */
  private list(module: string, query: URLSearchParams): FakeAnswer {
    const shape = MODULES[module];
    if (shape === undefined) return this.complain(`no module ${module}`);
    let found = this.of(module);
    for (const [name, value] of query) {
      const [, field = '', operator] = /^filter\[(\w+)](?:\[(eq|like)])?$/.exec(name) ?? [];
      const isKnown = new RegExp(String.raw`^(fields\[${module}]|page\[(size|number)])$`).test(name);
      if (!isKnown && (operator === undefined || (shape[field] ?? shape[`!${field}`]) === undefined)) {
        return this.complain(`${module}: ${name}`);
      }
      if (operator !== undefined) found = found.filter((row) => fits(row.attributes[field], operator, value));
    }
    return { status: 200, body: { data: found.slice(0, Number(query.get('page[size]'))).map(shown) } };
  }

  private complain(words: string): FakeAnswer {
    this.complaints.push(words);
    return failed(words);
  }
}

function fits(value: unknown, operator: string, wanted: string): boolean {
  if (typeof value !== 'string') return false;
  if (operator === 'eq') return value === wanted;
  const parts = wanted.split('%').map((part) => part.replaceAll(/[^\w ]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('[^]*')}$`).test(value);
}

/** Texts as they would stand in a page. */
function shown({ id, attributes }: Row) {
  const texts = Object.entries(attributes).map(([name, value]) => [
    name,
    typeof value === 'string' ? value.replaceAll('&', '&amp;').replaceAll('"', '&quot;') : value,
  ]);
  return { type: 'Bean', id, attributes: Object.fromEntries(texts) as Record<string, unknown> };
}

function phonesOf(attributes: Record<string, unknown>): string[] {
  return Object.entries(attributes).flatMap(([name, value]) =>
    name.startsWith('phone_') && typeof value === 'string' ? [value] : [],
  );
}

function missing(module: string, id: string): FakeAnswer {
  return failed(`${module} module with id ${id} is not found`);
}

function failed(detail: string): FakeAnswer {
  return { status: 400, body: { errors: { status: 400, title: null, detail } } };
}

export const suitecrm: CrmCase = {
  connector,
  url: 'https://suite.example/legacy',
  newFake: () => new FakeSuite(),
};
