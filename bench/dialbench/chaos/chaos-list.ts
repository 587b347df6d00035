/** Campaigns, their members and leads on the database of a run of B7. */
import { randomBytes } from 'node:crypto';
import {
  DEFAULT_CAMPAIGN_SETTINGS,
  numberKey,
  type CampaignId,
  type CampaignSettings,
  type LeadId,
  type WeeklyHours,
} from '#domain';
import { newId } from '#platform';
import type { OwnerPool } from '../../growth/owner-session.js';
import type { BenchTenant } from '../../stage/tenants.js';
import type { LeadInTheEnd } from './judge-chaos.js';

const ROWS_AT_ONCE = 5_000;
const ALL_DAY: WeeklyHours['mon'] = [['00:00', '24:00']];
export const CALLS_TO_ONE = 2;
const HOURS = 24;
/** Of every so many leads one stands in two campaigns of its tenant. */
const SHARED_EACH = 50;

export interface ChaosCampaign {
  id: string;
  tenant: number;
  numbers: string[];
}

export interface ListPlan {
  tenants: readonly BenchTenant[];
  campaignsEach: number;
  agentsEach: number;
  leads: number;
}

function week(hours: WeeklyHours['mon']): WeeklyHours {
  return { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours };
}

function settingsOf(): CampaignSettings {
  const base = DEFAULT_CAMPAIGN_SETTINGS;
  return {
    ...base,
    presence: 'always',
    wrapSeconds: 0,
    ringSeconds: 5,
    agentRingSeconds: 5,
    retry: {
      ...base.retry,
      results: { ...base.retry.results, busy: { delays: [1], max: 3, otherDayPart: false } },
    },
    rules: {
      ...base.rules,
      windows: week(ALL_DAY),
      maxAttempts: CALLS_TO_ONE,
      maxPerPhone: [{ count: CALLS_TO_ONE, hours: HOURS }],
      minGapMinutes: 0,
    },
  };
}

/** All are paused. */
export async function makeLists(db: OwnerPool, plan: ListPlan): Promise<ChaosCampaign[]> {
  const campaigns: ChaosCampaign[] = [];
  const each = Math.ceil(plan.leads / (plan.tenants.length * plan.campaignsEach));
  for (const [tenant, owner] of plan.tenants.entries()) {
    let before: string[] = [];
    for (let at = 0; at < plan.campaignsEach; at += 1) {
      const id = await makeCampaign(db, owner, {
        name: `${String(tenant)}.${String(at)}`,
        agents: plan.agentsEach,
      });
      const first = campaigns.length * each;
      const own = Array.from(
        { length: each },
        (_, place) => `97250${String(first + place + 1).padStart(7, '0')}`,
      );
      const shared = before.filter((_, place) => place % SHARED_EACH === 0);
      const numbers = [...own.slice(0, each - shared.length), ...shared];
      await addLeads(db, { id, tenantId: owner.id }, numbers);
      campaigns.push({ id, tenant, numbers });
      before = own;
    }
  }
  return campaigns;
}

async function makeCampaign(
  db: OwnerPool,
  { id: tenantId, connectionId }: BenchTenant,
  { name, agents }: { name: string; agents: number },
): Promise<string> {
  const id = newId<CampaignId>();
  await db.query(
    `INSERT INTO campaign (id, tenant_id, connection_id, name, mode, state, code_hash, sealed_code, settings, created_at, updated_at,
                           state_at)
     VALUES ($1, $2, $3, $4, 'progressive', 'paused', $5, '', $6, now(), now(), now())`,
    [id, tenantId, connectionId, name, randomBytes(32), JSON.stringify(settingsOf())],
  );
  await db.query(
    `INSERT INTO campaign_member (campaign_id, extension, tenant_id, created_at)
     SELECT $1, 'a' || $3 || 'x' || n, $2, now() FROM generate_series(1, $4::int) n`,
    [id, tenantId, name.replace('.', 'x'), agents],
  );
  return id;
}

async function addLeads(
  db: OwnerPool,
  campaign: { id: string; tenantId: string },
  numbers: readonly string[],
): Promise<void> {
  for (let from = 0; from < numbers.length; from += ROWS_AT_ONCE) {
    const phones = numbers.slice(from, from + ROWS_AT_ONCE).map((number) => `+${number}`);
    const ids = phones.map(() => newId<LeadId>());
    await db.query(
      `INSERT INTO campaign_lead (id, tenant_id, campaign_id, phone, key, priority, custom_data, attempts, state, retry_at, next_at,
                                  created_at, updated_at)
       SELECT l.id, $2, $1, l.phone, l.key, 0, '{}', 0, 'waiting', now(), now(), now(), now()
       FROM unnest($3::uuid[], $4::text[], $5::text[]) AS l(id, phone, key)`,
      [campaign.id, campaign.tenantId, ids, phones, phones.map((phone) => numberKey(phone))],
    );
  }
}

/** The state of all campaigns. */
export async function setAll(db: OwnerPool, state: 'running' | 'paused'): Promise<void> {
  await db.query('UPDATE campaign SET state = $1, due_at = now(), state_at = now()', [state]);
}

/** Closes a campaign's window now, until a whole minute. @param minutes  at most, at least one less */
export async function closeWindow(
  db: OwnerPool,
  { id }: ChaosCampaign,
  now: number,
  minutes: number,
): Promise<{ from: number; until: number }> {
  const MINUTE = 60_000;
  const until = (Math.floor(now / MINUTE) + minutes) * MINUTE;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Jerusalem',
    hour: '2-digit',
    minute: '2-digit',
  });
  const hours: WeeklyHours['mon'] = [
    ['00:00', clock.format(now)],
    [clock.format(until), '24:00'],
  ];
  await db.query(
    `UPDATE campaign SET settings = jsonb_set(settings::jsonb, '{rules,windows}', $2::jsonb)::json WHERE id = $1`,
    [id, JSON.stringify(week(hours))],
  );
  return { from: Date.now(), until };
}

/** Numbers of a tenant that nobody has called yet are put on its list. */
export async function forbidSome(db: OwnerPool, { id }: ChaosCampaign, most: number): Promise<Set<string>> {
  const { rows } = await db.query<{ phone: string }>(
    `INSERT INTO do_not_call
     SELECT l.tenant_id, l.key, NULL, 'bench', now() FROM campaign_lead l
     WHERE l.campaign_id = $1 AND l.state = 'waiting' AND l.last_at IS NULL ORDER BY l.next_at DESC, l.id DESC LIMIT $2
     ON CONFLICT DO NOTHING RETURNING phone`,
    [id, most],
  );
  return new Set(rows.map(({ phone }) => phone.replace('+', '')));
}

export interface ListStand {
  /** Nobody has tried them, and somebody may soon. */
  untried: number;
  /** Their orders are not over. */
  open: number;
}

export async function standOf(db: OwnerPool): Promise<ListStand> {
  const { rows } = await db.query<ListStand>(
    `SELECT (SELECT count(*)::int FROM campaign_lead WHERE state = 'waiting' AND last_at IS NULL
              AND next_at < now() + interval '5 min') AS untried,
            (SELECT count(*)::int FROM dial_attempt WHERE owed) AS open`,
  );
  return rows[0] ?? { untried: 0, open: 0 };
}

/** So much time goes by for orders that nobody is sending any more. */
export async function passTime(db: OwnerPool, seconds: number): Promise<void> {
  await db.query(
    `UPDATE dial_attempt SET sent_at = sent_at - $1::int * interval '1 s', look_at = now()
     WHERE owed AND look_at IS NOT NULL AND sent_at < now() - interval '20 s' AND sent_at > now() - interval '200 s'`,
    [seconds],
  );
}

export async function leadsInTheEnd(db: OwnerPool, tenants: readonly BenchTenant[]): Promise<LeadInTheEnd[]> {
  const { rows } = await db.query<Omit<LeadInTheEnd, 'tenant'> & { tenantId: string }>(
    `SELECT l.tenant_id AS "tenantId", substr(l.phone, 2) AS number, l.state, l.attempts,
            coalesce(array_agg(d.id::text) FILTER (WHERE d.id IS NOT NULL), '{}') AS orders
     FROM campaign_lead l LEFT JOIN dial_attempt d ON d.lead_id = l.id GROUP BY l.id`,
  );
  const places = new Map(tenants.map(({ id }, place) => [id, place]));
  return rows.map(({ tenantId, ...lead }) => ({ ...lead, tenant: places.get(tenantId) ?? -1 }));
}
