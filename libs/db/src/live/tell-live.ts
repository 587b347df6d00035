import type { CampaignId, LiveSaidChange, TenantId } from '#domain';
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
  const [told] = await tx.$queryRaw<{ heard: boolean }[]>`
    SELECT tell_live(${tenant}::uuid, ARRAY[${JSON.stringify(change)}]) AS heard`;
  return told?.heard === true;
}

/** The same of a campaign, as it is when the transaction is over. */
export async function writeCampaignLive(tx: Tx, tenant: TenantId, campaign: CampaignId): Promise<boolean> {
  const [told] = await tx.$queryRaw<{ heard: boolean }[]>`
    SELECT tell_campaign(${tenant}::uuid, ${campaign}::uuid) AS heard`;
  return told?.heard === true;
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
