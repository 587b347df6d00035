import { isUuid, type DeliveryId, type TenantId } from '#domain';

/** The channel of PostgreSQL's NOTIFY that live signals travel through. */
export const LIVE_CHANNEL = 'switchhook_live';

/** What workers call across the room. Nothing is lost with it: rows are found without, and pages ask again now and then. */
export type LiveSignal =
  /** Tenants whose logs have new rows. */
  | { log: TenantId[] }
  /** Tenants whose deliveries changed; null where it was too many to name. */
  | { deliveries: [TenantId, DeliveryId[] | null][] };

/** A payload is at most 8,000 bytes long (PostgreSQL's manual, NOTIFY). */
const MOST_TENANTS = 150;
const MOST_NAMED = 4;
const MOST_WITH_NAMES = 40;

export function logSignals(tenants: readonly TenantId[]): string[] {
  return chunks(tenants, MOST_TENANTS).map((log) => JSON.stringify({ log } satisfies LiveSignal));
}

export function deliverySignals(changed: ReadonlyMap<TenantId, ReadonlySet<DeliveryId>>): string[] {
  const named = [...changed].map(([tenant, ids]): [TenantId, DeliveryId[] | null] => [
    tenant,
    ids.size > MOST_NAMED ? null : [...ids],
  ]);
  return chunks(named, MOST_WITH_NAMES).map((deliveries) =>
    JSON.stringify({ deliveries } satisfies LiveSignal),
  );
}

/** @returns undefined for what is none of ours: anybody with a session may notify */
export function readLiveSignal(payload: string): LiveSignal | undefined {
  try {
    const signal = JSON.parse(payload) as Partial<Record<'log' | 'deliveries', unknown>>;
    if (Array.isArray(signal.log)) return { log: signal.log.filter(isTenant) };
    if (!Array.isArray(signal.deliveries)) return undefined;
    const deliveries = (signal.deliveries as unknown[]).flatMap(
      (entry): [TenantId, DeliveryId[] | null][] => {
        const [tenant, ids] = Array.isArray(entry) ? (entry as unknown[]) : [];
        if (!isTenant(tenant)) return [];
        return [[tenant, Array.isArray(ids) ? (ids as DeliveryId[]) : null]];
      },
    );
    return { deliveries };
  } catch {
    return undefined;
  }
}

function isTenant(value: unknown): value is TenantId {
  return typeof value === 'string' && isUuid(value);
}

function chunks<T>(items: readonly T[], most: number): T[][] {
  const found: T[][] = [];
  for (let first = 0; first < items.length; first += most) found.push(items.slice(first, first + most));
  return found;
}
