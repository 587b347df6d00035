/** The records of a CRM that is asked as EspoCRM is: contacts, calls and tasks. */

export interface CrmRow extends Readonly<Record<string, unknown>> {
  readonly id: string;
}

export interface RecordsAnswer {
  status: number;
  body?: unknown;
}

const PATH = /^\/api\/v1\/(Contact|Call|Task)(?:\/([\w-]+))?$/;

export class CrmRecords {
  private readonly tables = {
    Contact: new Map<string, CrmRow>(),
    Call: new Map<string, CrmRow>(),
    Task: new Map<string, CrmRow>(),
  };
  /** By the marker in their text, so that ten thousand calls are not ten thousand searches. */
  private readonly byMarker = new Map<string, string[]>();
  private readonly byEnding = new Map<string, string[]>();
  private next = 1;

  contacts(): readonly CrmRow[] {
    return [...this.tables.Contact.values()];
  }

  calls(): readonly CrmRow[] {
    return [...this.tables.Call.values()];
  }

  tasks(): readonly CrmRow[] {
    return [...this.tables.Task.values()];
  }

  addContact(name: string, phoneNumber: string): CrmRow {
    return this.add('Contact', { lastName: name, phoneNumber });
  }

  /** @param body  parsed; undefined for none */
  answer(method: string, url: URL, body: unknown): RecordsAnswer {
    const [, kind, id] = PATH.exec(url.pathname) ?? [];
    if (url.pathname === '/api/v1/App/user') return { status: 200, body: { user: { name: 'Switchhook' } } };
    if (kind === undefined) return { status: 404 };
    const table = this.tables[kind as keyof typeof this.tables];
    if (id === undefined) {
      if (method === 'GET') return this.list(kind as keyof typeof this.tables, url.searchParams);
      if (method !== 'POST' || !isObject(body)) return { status: 400 };
      return { status: 200, body: this.add(kind as keyof typeof this.tables, body) };
    }
    const row = table.get(id);
    if (row === undefined) return { status: 404 };
    if (method === 'GET') return { status: 200, body: row };
    if (method !== 'PUT' || !isObject(body)) return { status: 400 };
    const changed = { ...row, ...body, id };
    table.set(id, changed);
    return { status: 200, body: changed };
  }

  private add(kind: keyof typeof this.tables, given: Readonly<Record<string, unknown>>): CrmRow {
    const id = `${kind.toLowerCase()}-${String(this.next)}`;
    this.next += 1;
    const row = { name: given['lastName'], ...given, id, createdAt: '2026-11-21 09:00:00' };
    this.tables[kind].set(id, row);
    if (kind === 'Contact') remember(this.byEnding, lastDigits(given['phoneNumber']), id);
    for (const marker of markersIn(given['description'])) remember(this.byMarker, marker, id);
    return row;
  }

  private list(kind: keyof typeof this.tables, query: URLSearchParams): RecordsAnswer {
    const value = query.get('where[0][value]') ?? '';
    const ids =
      query.get('where[0][type]') === 'endsWith'
        ? this.byEnding.get(lastDigits(value))
        : this.byMarker.get(value);
    const list = (ids ?? []).flatMap((id) => this.tables[kind].get(id) ?? []);
    return { status: 200, body: { total: list.length, list } };
  }
}

const ENDING = 9;

function lastDigits(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll(/\D/g, '').slice(-ENDING) : '';
}

function markersIn(text: unknown): readonly string[] {
  return typeof text === 'string' ? (text.match(/\[sw:[^\]]+]/g) ?? []) : [];
}

function remember(index: Map<string, string[]>, key: string, id: string): void {
  const known = index.get(key);
  if (known) known.push(id);
  else index.set(key, [id]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
