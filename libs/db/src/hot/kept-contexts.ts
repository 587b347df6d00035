import { People, id, readMatchPolicy, type ConnectionId, type PeopleEntries, type TenantId } from '#domain';
import type { EnrichmentContext, RoutedEndpoint } from './enrichment.js';

/** As `connection_context` answers it. `people`: null where the directory was not asked for. */
export interface ReadContext {
  tenantId: string;
  dialect: string;
  timeZone: string;
  country: string;
  epochs: 'utc' | 'local';
  settings: Record<string, unknown>;
  guarded: boolean;
  recordingsByName: boolean;
  knowsContacts: boolean;
  matchPolicy: unknown;
  endpoints: RoutedEndpoint[];
  people: PeopleEntries | null;
}

interface Kept {
  context: EnrichmentContext;
  /** Of the setup that it was read with; null when it has to be read again whatever that is. */
  version: string | null;
  /** When its directory was read, on the clock of the callers. */
  directoryAt: number;
}

/** Contexts and entries of their directories that are remembered, at most. */
const MOST_CONTEXTS = 10_000;
const MOST_ENTRIES = 100_000;
/** A directory with more entries is read again only so often while its tenant's setup keeps changing: a bulk import does. */
const SMALL = 200;
const KEEP_LARGE_MS = 3_000;

/** What connections' letters are read with, for as long as the setup of their tenants stays as it is. */
export class KeptContexts {
  private readonly kept = new Map<ConnectionId, Kept>();
  private entries = 0;

  /** @param now  milliseconds of any clock that goes on */
  constructor(private readonly now: () => number) {}

  /** The version that is known; null for none. */
  versionOf(connectionId: ConnectionId): string | null {
    return this.kept.get(connectionId)?.version ?? null;
  }

  /** Whether the directory has to be read with the next version. */
  wantsDirectory(connectionId: ConnectionId): boolean {
    const known = this.kept.get(connectionId);
    return known === undefined || known.context.people.size <= SMALL || !this.isFresh(known);
  }

  /** @param version  null for a connection that was deleted, which is forgotten */
  contextOf(connectionId: ConnectionId, version: string | null): EnrichmentContext | undefined {
    if (version === null) this.forget(connectionId);
    return this.kept.get(connectionId)?.context;
  }

  /** @param version  of the setup that it was read with */
  keep(connectionId: ConnectionId, version: string, read: ReadContext): EnrichmentContext {
    const known = this.kept.get(connectionId);
    const people = read.people === null ? known?.context.people : new People(read.people, read.country);
    const context = contextOf(connectionId, read, people ?? NOBODY);
    this.put(connectionId, {
      context,
      version: read.people === null ? null : version,
      directoryAt: read.people === null ? (known?.directoryAt ?? this.now()) : this.now(),
    });
    return context;
  }

  private isFresh({ directoryAt }: Kept): boolean {
    return this.now() - directoryAt < KEEP_LARGE_MS;
  }

  private put(connectionId: ConnectionId, kept: Kept): void {
    this.forget(connectionId);
    const { size } = kept.context.people;
    for (const oldest of this.kept.keys()) {
      if (this.kept.size < MOST_CONTEXTS && this.entries + size <= MOST_ENTRIES) break;
      this.forget(oldest);
    }
    this.kept.set(connectionId, kept);
    this.entries += size;
  }

  private forget(connectionId: ConnectionId): void {
    this.entries -= this.kept.get(connectionId)?.context.people.size ?? 0;
    this.kept.delete(connectionId);
  }
}

const NOBODY = new People({ agents: [], extensions: [], queues: [], dids: [] }, 'IL');

function contextOf(connectionId: ConnectionId, read: ReadContext, people: People): EnrichmentContext {
  return {
    tenantId: id<TenantId>(read.tenantId),
    connectionId,
    dialect: read.dialect,
    timeZone: read.timeZone,
    country: read.country,
    epochs: read.epochs,
    settings: read.settings,
    endpoints: read.endpoints,
    people,
    recordings: { guarded: read.guarded, byName: read.recordingsByName },
    knowsContacts: read.knowsContacts,
    matchPolicy: readMatchPolicy(read.matchPolicy),
  };
}
