import {
  AppError,
  fullBucket,
  instant,
  takeTokens,
  type Instant,
  type TenantId,
  type TokenBucket,
} from '#domain';
import type { IngressConnection, TenantUsageStore } from '#db';
import { FlushCycle, logFailure, type Clock, type Log } from '#platform';

const DAY_MS = 24 * 60 * 60 * 1000;
/** What several processes let through before they know of each other. */
const FLUSH_EVERY_MS = 5_000;
const BATCH = 500;
/** Tenants with a limit that were heard of; when full, all are forgotten and counted afresh. */
const KEEP_MOST = 50_000;

interface Usage {
  day: Instant;
  /** As the database has it, of all processes. */
  kept: number;
  /** Since it was told last. */
  fresh: number;
  /** Asked for since. */
  asked: boolean;
}

export interface TenantGateParts {
  store: Pick<TenantUsageStore, 'add'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

/** Lets through what the operator allows a tenant. Tenants without a limit cost nothing here. */
export class TenantGate {
  private readonly buckets = new Map<TenantId, TokenBucket>();
  private readonly usages = new Map<TenantId, Usage>();
  private readonly cycle = new FlushCycle(FLUSH_EVERY_MS, () => this.flush());

  constructor(private readonly parts: TenantGateParts) {}

  /** Before the body is let in. @throws AppError 429 `ingress.tenant_rate`, `ingress.tenant_bytes` */
  admit({ tenantId, limits }: Pick<IngressConnection, 'tenantId' | 'limits'>): void {
    if (limits === null) return;
    const now = this.parts.clock.now();
    if (limits.bytesPerDay !== null) this.check(this.usageOf(tenantId, now), limits.bytesPerDay, 0, now);
    if (limits.perSecond === null) return;
    const limit = { perSecond: limits.perSecond, burst: Math.max(1, limits.burst) };
    if (this.buckets.size >= KEEP_MOST) this.buckets.clear();
    const before = this.buckets.get(tenantId) ?? fullBucket(limit, now);
    const { bucket, taken } = takeTokens(before, limit, 1, now);
    this.buckets.set(tenantId, bucket);
    if (taken < 1) throw limited('tenant_rate', 'This account may not send so many webhooks a second.', 1);
  }

  /** When the body is there. @throws AppError 429 `ingress.tenant_bytes` */
  admitBytes({ tenantId, limits }: Pick<IngressConnection, 'tenantId' | 'limits'>, bytes: number): void {
    if (limits?.bytesPerDay == null) return;
    const now = this.parts.clock.now();
    const usage = this.usageOf(tenantId, now);
    this.check(usage, limits.bytesPerDay, bytes, now);
    usage.fresh += bytes;
  }

  start(): void {
    this.cycle.start();
  }

  async stop(): Promise<void> {
    await this.cycle.stop();
  }

  /** Tells the other processes, and learns from them. Never rejects: what cannot be told now is told by the next flush. */
  async flush(): Promise<void> {
    const asked = [...this.usages].filter(([, { asked, fresh }]) => asked || fresh > 0);
    while (asked.length > 0) {
      const batch = asked
        .splice(0, BATCH)
        .map(([tenantId, usage]) => ({ tenantId, usage, bytes: usage.fresh }));
      try {
        const rows = batch.map(({ tenantId, usage: { day }, bytes }) => ({ tenantId, day, bytes }));
        const totals = await this.parts.store.add(rows);
        for (const { tenantId, usage, bytes } of batch) {
          usage.kept = totals.get(tenantId) ?? usage.kept + bytes;
          usage.fresh -= bytes;
          usage.asked = false;
        }
      } catch (error) {
        logFailure(this.parts.log, 'tenant_usage.failed', error, { tenants: batch.length });
        return;
      }
    }
  }

  private usageOf(tenantId: TenantId, now: Instant): Usage {
    const day = instant(Math.floor(now / DAY_MS) * DAY_MS);
    const known = this.usages.get(tenantId);
    if (known?.day === day) {
      known.asked = true;
      return known;
    }
    if (this.usages.size >= KEEP_MOST) this.usages.clear();
    const usage: Usage = { day, kept: 0, fresh: 0, asked: true };
    this.usages.set(tenantId, usage);
    return usage;
  }

  private check({ day, kept, fresh }: Usage, most: number, more: number, now: Instant): void {
    if (kept + fresh + more <= most && kept + fresh < most) return;
    const untilTomorrow = Math.ceil((day + DAY_MS - now) / 1000);
    throw limited('tenant_bytes', 'This account has used up what is kept for it in a day.', untilTomorrow);
  }
}

function limited(what: 'tenant_rate' | 'tenant_bytes', message: string, retryAfterSeconds: number): AppError {
  return new AppError('rejected', `ingress.${what}`, message, { status: 429, retryAfterSeconds });
}
