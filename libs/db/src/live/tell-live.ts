import type { LiveSaidChange, TenantId } from '#domain';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { logSignals } from './live-signal.js';

/**
 * Writes a row of the live log within the transaction that changes what it tells, and not at all where nobody listens. It is the
 * last thing that the transaction does, as the tenant's counter is locked until the commit (docs/adr/0030). Whoever begins to listen
 * meanwhile waits for that lock, and finds the change in the snapshot.
 *
 * @returns whether somebody listens: then `ringLive` once it is committed
 */
export async function writeLive(tx: Tx, tenant: TenantId, change: LiveSaidChange): Promise<boolean> {
  await tx.$executeRaw`
    INSERT INTO live_log (tenant_id, number, since, until) VALUES (${tenant}::uuid, 0, now(), to_timestamp(0))
    ON CONFLICT (tenant_id) DO NOTHING`;
  const [log] = await tx.$queryRaw<{ live: boolean }[]>`
    SELECT until > now() AS live FROM live_log WHERE tenant_id = ${tenant}::uuid FOR NO KEY UPDATE`;
  if (log?.live !== true) return false;
  await tx.$executeRaw`
    INSERT INTO live_event (tenant_id, number, at, data)
    SELECT n.tenant_id, n.number, now(), n.data::json
    FROM number_live(ARRAY[${tenant}::uuid], ARRAY[${JSON.stringify(change)}]) n`;
  return true;
}

/** Wakes whoever serves sockets. Never fails: they look once a second anyhow. */
export async function ringLive(scope: TenantScope, tenant: TenantId): Promise<void> {
  const [payload = ''] = logSignals([tenant]);
  await scope
    .forTenant(
      tenant,
      (tx) =>
        tx.$executeRaw`
          SELECT set_config('synchronous_commit', 'off', true), pg_notify('switchhook_live', ${payload})`,
    )
    .catch(() => undefined);
}
