/** monday.com's GraphQL API as its documentation says, with a board of contacts and one of calls. For tests only. */
import { isRecord } from '#domain';
import type {
  CrmCase,
  FakeAnswer,
  FakeContact,
  FakeCrm,
  SeenRequest,
} from '../conformance/fake-crm.fixture.js';
import { monday as connector } from './monday.js';

type Values = Record<string, unknown>;

interface Item {
  id: number;
  board: string;
  name: string;
  /** By column. */
  values: Values;
}

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === 'string';
const holds =
  (...names: string[]): Check =>
  (value) =>
    isRecord(value) && names.every((name) => name in value) && Object.keys(value).length === names.length;

/** Columns by board, and what may be written into them. */
const COLUMNS: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  '11': {
    phone: (value) =>
      holds('phone', 'countryShortName')(value) && /^\+?\d+$/.test((value as { phone: string }).phone),
    mobile: isText,
    owner: holds('personsAndTeams'),
  },
  '22': {
    key: isText,
    text: (value) => typeof value === 'string' && value.length <= 2_000,
    // Null empties it.
    contact: (value) => value === null || holds('item_ids')(value),
    seconds: (value) => typeof value === 'string' && /^\d+$/.test(value),
    recording: holds('url', 'text'),
    start: holds('date', 'time'),
    direction: holds('label'),
    person: holds('personsAndTeams'),
  },
};

export class FakeMonday implements FakeCrm {
  readonly complaints: string[] = [];
  readonly slowDown: FakeAnswer = {
    status: 200,
    body: mondayError('COMPLEXITY_BUDGET_EXHAUSTED', 'Complexity budget exhausted', { retry_in_seconds: 21 }),
  };
  readonly unauthorised: FakeAnswer = { status: 401, body: { errors: [{ message: 'Not Authenticated' }] } };
  items: Item[] = [];
  private next = 1_000;
  private behind: Set<number> | null = null;

  answer({ method, url, headers, body }: SeenRequest): FakeAnswer {
    if (method !== 'POST' || url.pathname !== '/v2') return this.complain(`${method} ${url.pathname}`);
    if (!/^\d{4}-(01|04|07|10)$/.test(headers['api-version'] ?? '')) return this.complain('no API-Version');
    const { query, variables = {} } = JSON.parse(body ?? '{}') as { query: string; variables?: Values };
    const declared = [
      ...query
        .split('{', 1)
        .join('')
        .matchAll(/\$(\w+):/g),
    ].map(([, name]) => name);
    const isTold = declared.toSorted().join() === Object.keys(variables).toSorted().join();
    if (!isTold || !isBalanced(query)) return this.complain(`the query: ${query}`);
    const [, operation = ''] =
      /\b(me|items_page_by_column_values|next_items_page|create_item|change_multiple_column_values|boards|items) [({]/.exec(
        query,
      ) ?? [];
    const run = this.operations[operation];
    return run === undefined ? this.complain(`no such operation: ${query}`) : run(variables);
  }

  addContact({ name, phones }: { name: string; phones: string[] }): string {
    const [phone = '', mobile] = phones;
    const values: Values = { phone: { phone: phone.replaceAll(/\D/g, '') }, mobile };
    return String(this.add('11', name, values).id);
  }

  removeContact(id: string): void {
    this.items = this.items.filter((item) => String(item.id) !== id);
  }

  editLog(id: string, line: string): void {
    for (const item of this.items.filter((one) => String(one.id) === id)) {
      item.values['text'] = `${String(item.values['text'])}\n${line}`;
    }
  }

  lag(): void {
    this.behind = new Set();
  }

  catchUp(): void {
    this.behind = null;
  }

  contacts(): FakeContact[] {
    const items = this.items.filter(({ board }) => board === '11');
    return items.map(({ id, name, values }) => ({
      id: String(id),
      name,
      phones: ['phone', 'mobile'].map((column) => textOf(values[column])).filter((phone) => phone !== ''),
    }));
  }

  logs() {
    const items = this.items.filter(({ board }) => board === '22');
    return items.map(({ id, name, values }) => {
      const { contact, direction, recording } = values as Record<string, Values | null | undefined>;
      const ids = contact?.['item_ids'];
      return {
        id: String(id),
        contactId: Array.isArray(ids) ? String(ids[0]) : null,
        direction: direction?.['label'] === 'Inbound' ? ('inbound' as const) : ('outbound' as const),
        text: `${name}\n${String(values['text'])}`,
        seconds: Number(values['seconds']),
        recordingUrl: recording ? String(recording['url']) : null,
      };
    });
  }

  private readonly operations: Readonly<Record<string, (variables: Values) => FakeAnswer>> = {
    me: () => {
      const boards = Object.entries(COLUMNS).map(([id, columns]) => ({
        id,
        columns: Object.keys(columns).map((column) => ({ id: column })),
      }));
      return data({ me: { name: 'Dana Levi' }, boards });
    },
    boards: ({ board, query }) => {
      const { rules = [] } = query as {
        rules?: { column_id: string; compare_value: string[]; operator: string }[];
      };
      if (rules.length === 0 || rules.some(({ operator }) => operator !== 'contains_text')) {
        return this.complain('rules');
      }
      const items = this.items.filter(
        (item) =>
          item.board === board &&
          this.behind?.has(item.id) !== true &&
          rules.some(({ column_id, compare_value }) =>
            textOf(item.values[column_id]).includes(compare_value[0] ?? ''),
          ),
      );
      return data({ boards: [{ items_page: { cursor: null, items: items.map(shown) } }] });
    },
    items_page_by_column_values: ({ board, columns }) => {
      const [{ column_id = '', column_values = [] } = {}] = columns as {
        column_id?: string;
        column_values?: string[];
      }[];
      const items = this.items.filter(
        (item) =>
          item.board === board &&
          this.behind?.has(item.id) !== true &&
          column_values.includes(textOf(item.values[column_id])),
      );
      return data({ items_page_by_column_values: { items: items.map(({ id }) => ({ id: String(id) })) } });
    },
    items: ({ ids }) =>
      data({ items: this.items.filter(({ id }) => (ids as string[]).includes(String(id))).map(shown) }),
    create_item: ({ board, name, values }) => {
      const given = this.checked(String(board), values);
      if (given === undefined || typeof name !== 'string' || name === '' || name.length > 255) {
        return this.complain(`create_item ${String(name)}`);
      }
      return data({ create_item: { id: String(this.add(String(board), name, given).id) } });
    },
    change_multiple_column_values: ({ board, item: id, values }) => {
      const given = this.checked(String(board), values);
      const item = this.items.find((one) => String(one.id) === id);
      if (item === undefined)
        return { status: 200, body: mondayError('ResourceNotFoundException', 'not found') };
      if (given === undefined) return this.complain('change_multiple_column_values');
      const { name = item.name, ...rest } = given as { name?: string };
      Object.assign(item, { name });
      Object.assign(item.values, rest);
      return data({ change_multiple_column_values: { id } });
    },
  };

  private add(board: string, name: string, values: Values): Item {
    this.next += 1;
    const item = { id: this.next, board, name, values };
    this.items.push(item);
    this.behind?.add(item.id);
    return item;
  }

  /** Values travel as JSON inside of JSON. */
  private checked(board: string, values: unknown): Values | undefined {
    const given: unknown = typeof values === 'string' ? JSON.parse(values) : undefined;
    if (!isRecord(given)) return undefined;
    const wrong = Object.entries(given).find(
      ([column, value]) => column !== 'name' && COLUMNS[board]?.[column]?.(value) !== true,
    );
    if (wrong === undefined) return given;
    return void this.complain(`column ${wrong[0]} = ${JSON.stringify(wrong[1])}`);
  }

  private complain(words: string): FakeAnswer {
    this.complaints.push(words);
    return { status: 200, body: mondayError('InvalidArgumentException', words) };
  }
}

function shown({ id, name, values }: Item) {
  const columns = Object.entries(values).map(([column, value]) => ({
    id: column,
    text: textOf(value),
    value: null,
  }));
  const url = `https://tenant.monday.example/boards/11/pulses/${String(id)}`;
  return { id: String(id), name, url, state: 'active', column_values: columns };
}

/** Of a phone column, its digits. */
function textOf(value: unknown): string {
  if (isRecord(value)) return typeof value['phone'] === 'string' ? value['phone'].replaceAll(/\D/g, '') : '';
  return typeof value === 'string' ? value : '';
}

function isBalanced(query: string): boolean {
  return (
    query.split('{').length === query.split('}').length && query.split('(').length === query.split(')').length
  );
}

function data(of: unknown): FakeAnswer {
  return { status: 200, body: { data: of, account_id: 1 } };
}

export function mondayError(code: string, message: string, more: Values = {}) {
  return { data: null, errors: [{ message, extensions: { code, ...more } }], account_id: 1 };
}

export const monday: CrmCase = {
  connector,
  settings: {
    contactsBoard: '11',
    phoneColumns: ['phone', 'mobile'],
    ownerColumn: 'owner',
    callsBoard: '22',
    keyColumn: 'key',
    textColumn: 'text',
    contactColumn: 'contact',
    secondsColumn: 'seconds',
    recordingColumn: 'recording',
    startColumn: 'start',
    directionColumn: 'direction',
    personColumn: 'person',
  },
  url: 'https://api.monday.example',
  newFake: () => new FakeMonday(),
};
