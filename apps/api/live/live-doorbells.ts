import type { TenantId } from '#domain';

export const DOORBELLS = ['calls', 'deliveries'] as const;
export type DoorbellTopic = (typeof DOORBELLS)[number];

/** Something changed in a list: ask for it again where it is shown. */
export interface Doorbell {
  topic: DoorbellTopic;
  /** What it was; null where that is not known, or too much. */
  ids: string[] | null;
}

const EVERY_MS = 1_000;
const MOST_IDS = 50;

interface Waiting {
  ids: Set<string> | null;
  /** Set while it may not ring. */
  timer: NodeJS.Timeout | undefined;
}

/** Rings at once, and then at most once a second for each tenant and topic with what came meanwhile. */
export class LiveDoorbells {
  private readonly waiting = new Map<string, Waiting>();

  /** @param tell  rings at everybody who hears it */
  constructor(private readonly tell: (tenant: TenantId, bell: Doorbell) => void) {}

  ring(tenant: TenantId, topic: DoorbellTopic, ids: readonly string[] | null): void {
    const key = `${tenant} ${topic}`;
    const known = this.waiting.get(key);
    if (known) {
      known.ids = merged(known.ids ?? (known.ids === null ? null : new Set()), ids);
      return;
    }
    this.tell(tenant, { topic, ids: bounded(ids) });
    this.rest(key, tenant, topic);
  }

  stop(): void {
    for (const { timer } of this.waiting.values()) clearTimeout(timer);
    this.waiting.clear();
  }

  private rest(key: string, tenant: TenantId, topic: DoorbellTopic): void {
    const waiting: Waiting = { ids: new Set(), timer: undefined };
    waiting.timer = setTimeout(() => {
      this.waiting.delete(key);
      if (waiting.ids?.size === 0) return;
      this.tell(tenant, { topic, ids: waiting.ids && bounded([...waiting.ids]) });
      this.rest(key, tenant, topic);
    }, EVERY_MS);
    this.waiting.set(key, waiting);
  }
}

function merged(known: Set<string> | null, ids: readonly string[] | null): Set<string> | null {
  if (known === null || ids === null) return null;
  for (const id of ids) known.add(id);
  return known.size > MOST_IDS ? null : known;
}

function bounded(ids: readonly string[] | null): string[] | null {
  return ids === null || ids.length > MOST_IDS ? null : [...ids];
}
