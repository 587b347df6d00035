import {
  instant,
  type Actor,
  type CallId,
  type EndpointGrantId,
  type EndpointId,
  type TenantId,
} from '#domain';
import type { Repositories } from '#db';
import { makeGrant } from '../builders/grant.js';
import type { Sql } from './world.js';

/** What connectors keep of calls in CRMs. */
export const CRM_TABLES: Record<string, string> = {
  crm_log: 'tenant_id',
  crm_contact: 'tenant_id',
  endpoint_grant: 'tenant_id',
};

const RENEWED = {
  ...{ sealedAccess: 'x', sealedRefresh: null, sealedPrevious: null, baseUrl: null },
  ...{ usedUntil: null, endsAt: null, renewBy: null },
};
const THEIRS = { id: 'c1', type: 'Contact', name: 'Their contact', url: null, ownerId: null };

export interface CrmVictim {
  tenant: TenantId;
  endpointId: EndpointId;
  callId: CallId;
  grantId: EndpointGrantId;
}

/** A call that waits for a choice, a number for which one was made, and somebody who agreed. */
export async function makeCrmVictim(sql: Sql, of: Omit<CrmVictim, 'grantId'>): Promise<CrmVictim> {
  const { tenant, endpointId, callId } = of;
  await sql.rows(
    `INSERT INTO crm_log (endpoint_id, call_id, tenant_id, state, begun_at, updated_at, record_id, record_type, candidates)
     VALUES ($1, $2, $3, 'written', now(), now(), 'r1', 'Call', $4)`,
    [endpointId, callId, tenant, JSON.stringify([THEIRS])],
  );
  await sql.rows(
    `INSERT INTO crm_contact (endpoint_id, e164, tenant_id, state, begun_at, updated_at, contact, chosen)
     VALUES ($1, '+972502345678', $2, 'written', now(), now(), $3, true)`,
    [endpointId, tenant, JSON.stringify(THEIRS)],
  );
  const grantId = await makeGrant(sql, { id: endpointId, tenantId: tenant });
  return { ...of, grantId };
}

type Probe = () => Promise<unknown>;

/** The methods of this repository, called by a stranger who knows every id; see the test of all of them. */
export function crmProbes(
  { crmLogs, endpointGrants: grants }: Repositories,
  me: TenantId,
  { victim: { endpointId, callId, grantId }, by }: { victim: CrmVictim; by: Actor },
): Record<string, [expected: unknown, probe: Probe]> {
  const page = { limit: 50, after: null };
  const of = { endpointId, callId };
  const journey = {
    grantId,
    stateHash: Buffer.alloc(32, 4),
    stateExpiresAt: instant(Date.now() + 60_000),
    sealedVerifier: 'v',
  };
  const ofGrant = { endpointId, grantId };
  return {
    'endpointGrants.list': ['resource.not_found', () => grants.list(me, endpointId)],
    'endpointGrants.add': [
      'resource.not_found',
      () => grants.add(me, endpointId, { ...journey, label: 'x' }, by),
    ],
    'endpointGrants.askAgain': ['resource.not_found', () => grants.askAgain(me, endpointId, journey, by)],
    'endpointGrants.connect': ['resource.not_found', () => grants.connect(me, ofGrant, RENEWED)],
    'endpointGrants.failed': [undefined, () => grants.failed(me, ofGrant, 'x')],
    'endpointGrants.remove': ['resource.not_found', () => grants.remove(me, ofGrant, by)],
    'crmLogs.list': ['resource.not_found', () => crmLogs.list(me, endpointId, {}, page)],
    'crmLogs.ofCall': ['resource.not_found', () => crmLogs.ofCall(me, callId)],
    'crmLogs.choose': ['resource.not_found', () => crmLogs.choose(me, of, { contactId: 'c1' }, by)],
    'crmLogs.undo': ['resource.not_found', () => crmLogs.undo(me, of, by)],
  };
}
