import {
  afterDisposition,
  isSettledLead,
  leadMayBecome,
  notFound,
  type Actor,
  type AfterDisposition,
  type Instant,
  type LeadId,
  type LeadState,
  type TenantId,
} from '#domain';
import type { Clock } from '#platform';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { writeAudit } from './audit-trail.js';
import { blockNumbers } from './block-numbers.js';
import type { CampaignRecord } from './campaign-record.js';
import { findCampaign } from './campaign-steps.js';
import { given } from './given.js';
import { isTaken } from './is-taken.js';
import { leadOf, type LeadRecord } from './lead-record.js';
import { isOpenAlready, leadCannot, lockLead, wakeCampaign } from './lead-steps.js';
import { dateOf } from './times.js';

/** What somebody said about a lead; what is left out stays as it is. */
export interface SaidOfLead {
  disposition?: string | null | undefined;
  note?: string | null | undefined;
  /** A word that the campaign gives no meaning, or none, settles the lead too. */
  settles: boolean;
  /** In [0, 1): varies the wait before another call. */
  chance: number;
}

const E164 = /^\+[1-9]\d{6,14}$/;

/** What people say about leads, and what comes of it by the settings of the campaign. */
export class DispositionRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /**
   * Keeps what was said and takes the lead where that leads, in one transaction: it is done, it waits for another call, or it is done
   * and its number is on the tenant's list of those not to be called. Where the campaign gives the word a meaning, the words are kept
   * also of a lead that can go nowhere.
   *
   * @throws AppError `resource.not_found`; 409 `lead.state` where `settles` asks for what cannot be; 409 `lead.duplicate` where the
   *   number waits again by another lead
   */
  say(tenant: TenantId, leadId: LeadId, said: SaidOfLead, by: Actor): Promise<LeadRecord> {
    const now = this.clock.now();
    const done = this.scope.forTenant(tenant, async (tx) => {
      const before = await lockLead(tx, tenant, leadId);
      const campaign = await findCampaign(tx, tenant, before.campaignId);
      if (campaign === undefined) throw notFound('campaign');
      const after = meaningOf(campaign, before, said, now);
      const to = stateAfter(before, after, said.settles);
      const row = await tx.campaignLead.update({
        where: { id: leadId, tenantId: tenant },
        data: { ...moved(before, to, after), ...wordsOf(said), updatedAt: dateOf(now) },
      });
      if (after?.blocksNumber === true && E164.test(before.phone)) {
        const number = { e164: before.phone, name: before.name };
        await blockNumbers(tx, tenant, [number], { source: 'disposition', by, at: now });
      }
      if (to !== null) {
        const changes = { state: { from: before.state, to } };
        const action = 'lead.changed';
        await writeAudit(tx, { whose: tenant, actor: by, at: now, action, subjectId: leadId, changes });
        // Nobody is called for a deleted one; what people said of its leads holds all the same.
        if (after === null || campaign.state !== 'deleted') {
          await wakeCampaign(tx, tenant, campaign.id, now);
        }
      }
      return leadOf(row);
    });
    return done.catch((error: unknown) => {
      throw isTaken(error) ? isOpenAlready() : error;
    });
  }
}

function meaningOf(
  { settings }: CampaignRecord,
  lead: LeadRecord,
  { disposition, chance }: SaidOfLead,
  now: Instant,
): AfterDisposition | null {
  if (disposition == null) return null;
  return afterDisposition(settings, disposition, { ...lead, attempts: attemptsOf(lead) }, { now, chance });
}

/** Null where the lead stays as it is. */
function stateAfter(before: LeadRecord, after: AfterDisposition | null, settles: boolean): LeadState | null {
  const { state } = before;
  if (after === null) {
    if (!settles) return null;
    if (state !== 'done' && !leadMayBecome(state, 'done')) throw leadCannot(state, 'done');
    return 'done';
  }
  // Who cannot be called at all does not wait to be.
  if (after.state === 'waiting' && state === 'invalid') return null;
  if (after.state !== 'waiting' && isSettledLead(state)) return null;
  return state === after.state || leadMayBecome(state, after.state) ? after.state : null;
}

function moved(before: LeadRecord, to: LeadState | null, after: AfterDisposition | null) {
  if (to === null) return {};
  const due = to === 'waiting' && after?.nextAt != null ? dateOf(after.nextAt) : null;
  return {
    ...{ state: to, nextAt: due, retryAt: due, gate: null, reason: after?.reason ?? null },
    ...(after !== null && { attempts: attemptsOf(before) }),
    ...(to === 'waiting' && { agentId: null }),
  };
}

/** The dialer counts a call once it is over, and only of a lead that is still being dialled: this one moves on before. */
function attemptsOf({ attempts, state }: LeadRecord): number {
  return attempts + (state === 'dialling' ? 1 : 0);
}

function wordsOf({ disposition, note }: SaidOfLead) {
  return given({ disposition, note });
}
