import { instant, troubleOf, type Instant } from '#domain';
import {
  LOG_TABLES,
  type InstallationStore,
  type PartitionRecord,
  type ProcessRecord,
  type Retention,
  type TenantsWatch,
  type WatchedTenant,
} from '#db';
import type { Clock, HealthChecks, ProcessIdentity } from '#platform';
import { timeText, timeTextOrNull } from '../http/time-text.js';
import {
  DEFAULT_TENANTS,
  type InstallationDto,
  type PartitionDto,
  type ProcessDto,
  type TenantTroublesDto,
  type TroubleQueryDto,
} from './operator.dto.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A process tells three times in it. */
const ALIVE_MS = 30 * 1000;

export interface InstallationDeskParts {
  store: Pick<InstallationStore, 'processes' | 'partitions' | 'databaseBytes' | 'depths' | 'behindMs'>;
  tenants: Pick<TenantsWatch, 'look'>;
  checks: Pick<HealthChecks, 'run'>;
  identity: Pick<ProcessIdentity, 'version'>;
  backend: 'redis' | 'postgres';
  retention: Retention;
  clock: Pick<Clock, 'now'>;
}

/** What operators see of the whole of it. */
export class InstallationDesk {
  constructor(private readonly parts: InstallationDeskParts) {}

  async tenants({ search, limit = DEFAULT_TENANTS }: TroubleQueryDto): Promise<TenantTroublesDto> {
    const found = await this.parts.tenants.look(search, this.parts.clock.now());
    const weighed = found.map((tenant) => ({ tenant, trouble: troubleOf(tenant) }));
    weighed.sort((a, b) => b.trouble - a.trouble || a.tenant.name.localeCompare(b.tenant.name));
    return {
      data: weighed.slice(0, limit).map(({ tenant, trouble }) => ({ ...viewOf(tenant), trouble })),
      total: found.length,
      troubled: weighed.filter(({ trouble }) => trouble > 0).length,
    };
  }

  async get(): Promise<InstallationDto> {
    const { store, checks, identity, backend, retention, clock } = this.parts;
    const now = clock.now();
    // One after another: a page must not take all connections to the database.
    const processes = await store.processes();
    const partitions = await store.partitions();
    return {
      at: timeText(now),
      version: identity.version,
      checks: (await checks.run()).checks,
      processes: processes.map((process) => processView(process, now)),
      queue: { backend, behindMs: await store.behindMs(), waiting: await store.depths() },
      databaseBytes: await store.databaseBytes(),
      partitions: partitions.map((partition) => partitionView(partition, retention)),
    };
  }
}

function viewOf({ createdAt, lateSince, ...tenant }: WatchedTenant) {
  return { ...tenant, createdAt: timeText(createdAt), lateSince: timeTextOrNull(lateSince) };
}

function processView({ startedAt, seenAt, ...process }: ProcessRecord, now: Instant): ProcessDto {
  const alive = now - seenAt < ALIVE_MS;
  return { ...process, startedAt: timeText(startedAt), seenAt: timeText(seenAt), alive };
}

function partitionView({ from, to, ...partition }: PartitionRecord, retention: Retention): PartitionDto {
  const setting = LOG_TABLES[partition.table as keyof typeof LOG_TABLES];
  const keptUntil = timeText(instant(to + retention[setting] * DAY_MS));
  return { ...partition, from: timeText(from), to: timeText(to), keptUntil };
}
