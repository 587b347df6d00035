import { id, instant, type EndpointGrantId, type EndpointId, type TenantId } from '#domain';
import type { GrantKeeper, KeptGrant, RenewedGrant } from '#platform';
import type { HotPool } from '../pool/hot-pool.js';
import {
  GIVE_GRANT_UP,
  GOOD_GRANTS,
  GRANTS_IN_NEED,
  IDLE_GRANTS,
  KEEP_GRANT,
  LEASE_GRANT,
  PUT_GRANT_OFF,
  RELEASE_GRANT,
} from './grant-sql.js';

interface Row extends Record<string, unknown> {
  id: string;
  endpoint_id: string;
  version: number;
  sealed_access: string | null;
  sealed_refresh: string | null;
  sealed_previous: string | null;
  used_until: number | null;
  base_url: string | null;
  is_fresh: boolean;
}

/** A grant that lies idle. */
export interface IdleGrant {
  grant: KeptGrant;
  /** See `sealedFor.endpointAccess`. */
  sealedEndpointAccess: string | null;
}

/** A grant that needs attention, of which nobody was told. */
export interface GrantInNeed {
  /** What the alert is known by. */
  subject: string;
  grantId: EndpointGrantId;
  label: string;
  /** For people. */
  reason: string;
  tenantId: TenantId;
  endpointId: EndpointId;
  /** Of the endpoint. */
  name: string;
}

type Versioned = Pick<KeptGrant, 'id' | 'version'>;

/** What people agreed to on their CRMs' pages, as every process that needs their tokens reads and renews it. */
export class GrantStore implements GrantKeeper {
  constructor(private readonly hot: HotPool) {}

  async good(endpointId: EndpointId): Promise<KeptGrant[]> {
    return (await this.hot.run<Row>('grant.good', GOOD_GRANTS, [endpointId])).map(grantOf);
  }

  async lease(
    { id: grantId, version }: Versioned,
    { owner, forMs }: { owner: string; forMs: number },
  ): Promise<boolean> {
    const values = [grantId, version, owner, forMs];
    return (await this.hot.run('grant.lease', LEASE_GRANT, values)).length > 0;
  }

  async release(grantId: EndpointGrantId, owner: string): Promise<void> {
    await this.hot.run('grant.release', RELEASE_GRANT, [grantId, owner]);
  }

  async keep({ id: grantId, version }: Versioned, renewed: RenewedGrant): Promise<boolean> {
    const { sealedAccess, sealedRefresh, sealedPrevious, usedUntil, endsAt, renewBy, baseUrl } = renewed;
    const values = [
      ...[grantId, version, sealedAccess, sealedRefresh, sealedPrevious],
      ...[usedUntil, endsAt, renewBy, baseUrl],
    ];
    return (await this.hot.run('grant.keep', KEEP_GRANT, values)).length > 0;
  }

  async giveUp({ id: grantId, version }: Versioned, reason: string): Promise<boolean> {
    return (await this.hot.run('grant.give_up', GIVE_GRANT_UP, [grantId, version, reason])).length > 0;
  }

  async idle(most: number): Promise<IdleGrant[]> {
    const rows = await this.hot.run<Row>('grant.idle', IDLE_GRANTS, [most]);
    return rows.map((row) => ({
      grant: grantOf(row),
      sealedEndpointAccess: row['sealed_endpoint_access'] as string | null,
    }));
  }

  async inNeed(most: number): Promise<GrantInNeed[]> {
    const rows = await this.hot.run<Row>('grant.in_need', GRANTS_IN_NEED, [most]);
    return rows.map((row) => ({
      subject: row['subject'] as string,
      grantId: id<EndpointGrantId>(row.id),
      label: row['label'] as string,
      reason: (row['reason'] as string | null) ?? '',
      tenantId: id<TenantId>(row['tenant_id'] as string),
      endpointId: id<EndpointId>(row.endpoint_id),
      name: row['name'] as string,
    }));
  }

  async putOff(grantId: EndpointGrantId, forMs: number): Promise<void> {
    await this.hot.run('grant.put_off', PUT_GRANT_OFF, [grantId, forMs]);
  }
}

function grantOf(row: Row): KeptGrant {
  return {
    id: id<EndpointGrantId>(row.id),
    endpointId: id<EndpointId>(row.endpoint_id),
    version: row.version,
    sealedAccess: row.sealed_access,
    sealedRefresh: row.sealed_refresh,
    sealedPrevious: row.sealed_previous,
    usedUntil: row.used_until === null ? null : instant(row.used_until),
    baseUrl: row.base_url,
    isFresh: row.is_fresh,
  };
}
