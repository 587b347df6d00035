import { AppError, type NumberTrace, type TenantId } from '#domain';
import { NumberSearch, type Slice } from '../erasure/number-search.js';
import { leastKey } from '../erasure/search-sql.js';
import { SEARCHED_TABLES, type SearchedTable } from '../erasure/searched-tables.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';

/** Something that is kept about a number: a row of this table, as it is. */
export interface KeptAboutNumber {
  kind: string;
  data: unknown;
}

/** What belongs to a call: its events, its deliveries with their attempts. */
const OF_CALL = `
SELECT 'call_event' AS kind, row_to_json(e)::text AS whole, e.id FROM call_event e
WHERE e.tenant_id = $1::uuid AND e.call_id = $2::uuid
UNION ALL
SELECT 'delivery', (to_jsonb(d) || jsonb_build_object('attempts', (
         SELECT coalesce(jsonb_agg(to_jsonb(a) ORDER BY a.id), '[]') FROM attempt a
         WHERE a.tenant_id = $1::uuid AND a.delivery_id = d.id)))::text, d.id
FROM delivery d WHERE d.tenant_id = $1::uuid AND d.call_id = $2::uuid
ORDER BY id`;

/** Everything that is kept about a number, for whoever has to tell a person what is kept about them. */
export class NumberLogRepository {
  constructor(private readonly scope: TenantScope) {}

  /** Reads slice by slice, each in a transaction of its own: what comes meanwhile may be in it or not. */
  async *about(tenant: TenantId, trace: NumberTrace): AsyncGenerator<KeptAboutNumber> {
    const whose = { tenantId: tenant, trace, erasureId: null, counting: false };
    const ask = (text: string, values: unknown[]) =>
      this.scope.forTenant(tenant, (tx) => tx.$queryRawUnsafe<Record<string, unknown>[]>(text, ...values));
    const search = new NumberSearch((_, text, values) => ask(text, values));
    const [leastId = ''] = leastKey({ keys: { id: 'uuid' } });
    const told = new Set<string>();
    yield* through([leastId], (after) => search.phones(whose, after), wholeAs('contact', told));
    for await (const call of slices(['-infinity', leastId], (after) => search.calls('all', whose, after))) {
      yield keptOf(call.own ? 'call' : 'call_that_names_it', call.whole);
      for (const row of call.own ? await ask(OF_CALL, [tenant, call.id]) : []) {
        const kept = keptOf(row['kind'] as string, row['whole'] as string);
        told.add(`${kept.kind} ${String(row['id'])}`);
        const { attempts = [] } = kept.data as { attempts?: { id: string }[] };
        for (const attempt of attempts) told.add(`attempt ${attempt.id}`);
        yield kept;
      }
    }
    yield* through(
      [leastId],
      (after) => search.receipts(whose, after),
      ({ id, row }) => [{ kind: 'receipt', data: receiptOf(id, row) }],
    );
    yield* through([leastId], (after) => search.attempts(whose, after), wholeAs('attempt', told));
    for (const table of SEARCHED_TABLES) {
      yield* through(
        leastKey(table),
        (after) => search.rows(table, whose, after),
        wholeAs(kindOf(table), told),
      );
    }
  }
}

async function* slices<Item>(
  least: string[],
  look: (after: string[]) => Promise<Slice<Item>>,
): AsyncGenerator<Item> {
  for (let after: string[] | null = least; after !== null;) {
    const { found, next }: Slice<Item> = await look(after);
    yield* found;
    after = next;
  }
}

async function* through<Item>(
  least: string[],
  look: (after: string[]) => Promise<Slice<Item>>,
  tell: (item: Item) => KeptAboutNumber[],
): AsyncGenerator<KeptAboutNumber> {
  for await (const item of slices(least, look)) yield* tell(item);
}

/** Each row once, however it was found. */
function wholeAs(kind: string, told: Set<string>) {
  return ({ whole }: { whole: string | null }): KeptAboutNumber[] => {
    const kept = keptOf(kind, whole);
    const { id } = kept.data as { id?: unknown };
    if (typeof id !== 'string') return [kept];
    if (told.has(`${kind} ${id}`)) return [];
    told.add(`${kind} ${id}`);
    return [kept];
  };
}

function keptOf(kind: string, whole: string | null): KeptAboutNumber {
  if (whole === null)
    throw new AppError('misconfigured', 'export.no_row', `A row of ${kind} came without its data.`);
  return { kind, data: JSON.parse(whole) as unknown };
}

function kindOf({ table, found }: SearchedTable): string {
  return found === 'report' ? `set_up.${table}` : table;
}

/** A body is bytes in whatever encoding: as base64 it is exactly what came. */
function receiptOf(id: string, row: Record<string, unknown>): object {
  const { connection_id, received_at, route, method, query, headers, state, reason, note, source_ip } = row;
  const base64 = (bytes: unknown) =>
    bytes instanceof Uint8Array ? Buffer.from(bytes).toString('base64') : null;
  return {
    ...{ id, connection_id, received_at, route, method, query, headers, state, reason, note, source_ip },
    vendor_call_ids: row['vendor_call_ids'],
    body_base64: base64(row['body']),
    surplus_base64: base64(row['surplus']),
  };
}
