import type { Actor, CallId, EndpointId, TenantId } from '#domain';
import type { Repositories } from '#db';
import type { Sql } from './world.js';

/** What connectors keep of calls in CRMs. */
export const CRM_TABLES: Record<string, string> = { crm_log: 'tenant_id', crm_contact: 'tenant_id' };

const THEIRS = { id: 'c1', type: 'Contact', name: 'Their contact', url: null, ownerId: null };

export interface CrmVictim {
  tenant: TenantId;
  endpointId: EndpointId;
  callId: CallId;
}

/** A call that waits for a choice, and a number for which one was made. */
export async function makeCrmVictim(sql: Sql, { tenant, endpointId, callId }: CrmVictim): Promise<void> {
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
}

type Probe = () => Promise<unknown>;

/** The methods of this repository, called by a stranger who knows every id; see the test of all of them. */
export function crmProbes(
  { crmLogs }: Repositories,
  me: TenantId,
  { victim: { endpointId, callId }, by }: { victim: CrmVictim; by: Actor },
): Record<string, [expected: unknown, probe: Probe]> {
  const page = { limit: 50, after: null };
  const of = { endpointId, callId };
  return {
    'crmLogs.list': ['resource.not_found', () => crmLogs.list(me, endpointId, {}, page)],
    'crmLogs.ofCall': ['resource.not_found', () => crmLogs.ofCall(me, callId)],
    'crmLogs.choose': ['resource.not_found', () => crmLogs.choose(me, of, { contactId: 'c1' }, by)],
    'crmLogs.undo': ['resource.not_found', () => crmLogs.undo(me, of, by)],
  };
}
