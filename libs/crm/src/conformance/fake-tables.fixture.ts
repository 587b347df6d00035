/** What most stand-ins of CRMs are made of: tables of records, an index that may lag, and a list of complaints. For tests only. */
import { isRecord } from '#domain';
import type { FakeAnswer } from './fake-crm.fixture.js';

export type Row = Record<string, unknown> & { id: string };

/** What a member may be. A name that ends in `*` has to be there. */
export type Shape = Readonly<Record<string, RegExp | 'number' | 'boolean' | ((value: unknown) => boolean)>>;

export class FakeTables {
  readonly complaints: string[] = [];
  private readonly rows = new Map<string, Row[]>();
  private readonly unindexed = new Set<Row>();
  private isLagging = false;
  private next = 1;

  /** @param idOf  the vendor's manner of ids */
  constructor(private readonly idOf: (count: number, kind: string) => string = String) {}

  of(kind: string): readonly Row[] {
    return this.rows.get(kind) ?? [];
  }

  /** Those that a search finds. */
  indexed(kind: string): readonly Row[] {
    return this.of(kind).filter((row) => !this.unindexed.has(row));
  }

  row(kind: string, id: unknown): Row | undefined {
    return this.of(kind).find((row) => row.id === id);
  }

  add(kind: string, given: Record<string, unknown>): Row {
    const row: Row = { ...given, id: this.idOf(this.next, kind) };
    this.next += 1;
    this.rows.set(kind, [...this.of(kind), row]);
    if (this.isLagging) this.unindexed.add(row);
    return row;
  }

  remove(kind: string, id: string): void {
    this.rows.set(
      kind,
      this.of(kind).filter((row) => row.id !== id),
    );
  }

  lag(): void {
    this.isLagging = true;
  }

  catchUp(): void {
    this.isLagging = false;
    this.unindexed.clear();
  }

  /** Whether a body is as documented; complains of what is not. */
  fits(where: string, value: unknown, shape: Shape): value is Record<string, unknown> {
    if (!isRecord(value)) return this.complain(`${where} is no object`);
    const known = new Map(Object.entries(shape).map(([name, rule]) => [name.replace(/\*$/, ''), rule]));
    const missing = Object.keys(shape).filter(
      (name) => name.endsWith('*') && !Object.hasOwn(value, name.slice(0, -1)),
    );
    const wrong = Object.entries(value).filter(([name, member]) => !isAs(member, known.get(name)));
    const words = [
      ...missing.map((name) => `${where}.${name.slice(0, -1)} is missing`),
      ...wrong.map(([name, member]) => `${where}.${name} = ${JSON.stringify(member)}`),
    ];
    this.complaints.push(...words);
    return words.length === 0;
  }

  complain(words: string): false {
    this.complaints.push(words);
    return false;
  }

  /** Complains and answers 400. */
  bad(words: string, body?: unknown): FakeAnswer {
    this.complaints.push(words);
    return { status: 400, ...(body !== undefined && { body }) };
  }
}

function isAs(value: unknown, rule: Shape[string] | undefined): boolean {
  if (rule === undefined) return false;
  if (typeof rule === 'function') return rule(value);
  if (typeof rule === 'string') return typeof value === rule;
  return typeof value === 'string' && rule.test(value);
}

export function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '');
}

/** A body as JSON; undefined for none and for what is none. */
export function jsonOf(body: string | null): unknown {
  try {
    return JSON.parse(body ?? '') as unknown;
  } catch {
    return undefined;
  }
}
