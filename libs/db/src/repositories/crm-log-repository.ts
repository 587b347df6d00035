import { notFound, type Actor, type CallId, type DeliveryId, type EndpointId, type TenantId } from '#domain';
import type { Clock } from '#platform';
import { Prisma } from '../generated/client.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { crmLogOf, type CrmLogContact, type CrmLogRecord, type CrmLogState } from './crm-log-record.js';
import { sayWhose, tellAgain, toDecide, WITH_ENDPOINT, type OfCall } from './crm-log-steps.js';
import { given } from './given.js';
import { pageOf, type Page, type PageAsk } from './page.js';

export interface CrmLogFilter {
  state?: CrmLogState | undefined;
  callId?: CallId | undefined;
}

/** Whom people say a number to be: a candidate of the log. Without a type its id has to be one candidate's only. */
export interface CrmChoice {
  contactId: string;
  type?: string | undefined;
}

/** A choice that was made or undone, and the deliveries by which the records follow. */
export interface CrmChosen {
  contact: CrmLogContact | null;
  deliveryIds: DeliveryId[];
}

const UNDECIDED = { candidates: { not: Prisma.DbNull }, contact: { equals: Prisma.DbNull } };
const OF_STATE: Readonly<Record<CrmLogState, Prisma.CrmLogWhereInput>> = {
  writing: { state: 'writing' },
  written: { state: 'written', NOT: UNDECIDED },
  undecided: { state: 'written', ...UNDECIDED },
};

/** What stands of calls in tenants' CRMs. The forwarder writes it; here it is looked at, and people say whose a call is. */
export class CrmLogRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** By call, the latest first; a page ends with the id of a call. @throws AppError `resource.not_found` for the endpoint */
  list(
    tenant: TenantId,
    endpointId: EndpointId,
    { state, callId }: CrmLogFilter,
    { limit, after }: PageAsk,
  ): Promise<Page<CrmLogRecord>> {
    return this.scope.forTenant(tenant, async (tx) => {
      if ((await tx.endpoint.count({ where: { id: endpointId, tenantId: tenant } })) === 0) {
        throw notFound('endpoint');
      }
      const rows = await tx.crmLog.findMany({
        where: {
          ...{ endpointId, tenantId: tenant },
          ...(state && OF_STATE[state]),
          AND: [given({ callId }), after === null ? {} : { callId: { lt: after } }],
        },
        include: WITH_ENDPOINT,
        orderBy: { callId: 'desc' },
        take: limit + 1,
      });
      return pageOf(rows, limit, { item: crmLogOf, key: (row) => row.callId });
    });
  }

  /** At each endpoint that logged it, by its name. @throws AppError `resource.not_found` for the call */
  ofCall(tenant: TenantId, callId: CallId): Promise<CrmLogRecord[]> {
    return this.scope.forTenant(tenant, async (tx) => {
      if ((await tx.call.count({ where: { id: callId, tenantId: tenant } })) === 0) throw notFound('call');
      const where = { callId, tenantId: tenant };
      const rows = await tx.crmLog.findMany({ where, include: WITH_ENDPOINT });
      return rows.map(crmLogOf).sort((a, b) => a.endpointName.localeCompare(b.endpointName, 'en'));
    });
  }

  /**
   * The number is this contact's from now on, and no search changes it; every record that waits for a choice about the number
   * follows.
   *
   * @throws AppError `resource.not_found` for the endpoint, the log or the candidate; `crm_log.nothing_to_choose`,
   *   `crm_log.no_number`, `crm_log.call_forgotten`
   */
  choose(tenant: TenantId, of: OfCall, { contactId, type }: CrmChoice, by: Actor): Promise<CrmChosen> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const { log, e164 } = await toDecide(tx, tenant, of);
      const wanted = log.candidates.filter((one) => one.id === contactId && (type ?? one.type) === one.type);
      const [contact, ...others] = wanted;
      if (contact === undefined || others.length > 0) throw notFound('candidate');
      await sayWhose(tx, { ...of, tenant, e164, contact, by, at });
      return { contact, deliveryIds: await tellAgain(tx, { ...of, tenant, e164, at }) };
    });
  }

  /**
   * Nobody said whose the number is; records that followed the choice are nobody's again.
   *
   * @throws AppError as `choose`, and `resource.not_found` where there is no choice
   */
  undo(tenant: TenantId, of: OfCall, by: Actor): Promise<CrmChosen> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const { e164 } = await toDecide(tx, tenant, of);
      await sayWhose(tx, { ...of, tenant, e164, contact: null, by, at });
      return { contact: null, deliveryIds: await tellAgain(tx, { ...of, tenant, e164, at }) };
    });
  }
}
