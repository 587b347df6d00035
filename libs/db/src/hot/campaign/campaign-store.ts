import {
  firstLookAt,
  instant,
  statesBefore,
  type AttemptOutcome,
  type Call,
  type CampaignId,
  type CampaignState,
  type CampaignStanding,
  type ConnectionId,
  type DialGate,
  type Instant,
  type LeadId,
  type LeadState,
  type Ledger,
  type Order,
  type OrderId,
  type TenantId,
  type TokenBucket,
} from '#domain';
import type { HotPool } from '../../pool/hot-pool.js';
import type { Settling } from '../../repositories/order-repository.js';
import { contextOfOrder } from '../../repositories/remember-order.js';
import { writeOperationalEvent, type OperationalEvent } from '../operational-events.js';
import { uuidFloor } from '../../maintenance/partitions.js';
import { pgArray } from '../pg-array.js';
import { storableJson } from '../storable-json.js';
import { withoutNul } from '../without-nul.js';
import {
  at,
  campaignOf,
  callOf,
  ledgerOf,
  memberOf,
  owedOf,
  takenOf,
  type DialerCampaign,
  type DialerMember,
  type OwedAttempt,
  type TakenLead,
} from './campaign-rows.js';
import * as sql from './campaign-sql.js';

/** A campaign, and the lease under which it is worked on. */
export interface CampaignOwner {
  campaignId: CampaignId;
  fence: string;
}

/** What the transaction begins with that sends a campaign's calls. */
export interface Gate {
  state: CampaignState;
  account: { enabled: boolean; perSecond: number; atOnce: number; bucket: TokenBucket };
  /** Orders of the account that were sent and not answered. */
  underWay: number;
  /** How many calls each other campaign of the account wanted when it was looked at last. */
  others: readonly number[];
  /** Phones that an order rings, or has rung, whose call goes on. */
  takenPhones: readonly string[];
  /** Caller ids that were shown within 24 hours, where they are counted. */
  shown: ReadonlyMap<string, { uses: number; oldestAt: Instant }>;
}

/** An attempt that is to be written as sent. */
export interface NewAttempt {
  id: OrderId;
  leadId: LeadId;
  order: Order;
  /** Key of the lead's number. */
  phone: string;
  /** The phone of an agent that rings first; null where the lead's does. */
  extension: string | null;
  paceKey: string;
}

export interface HeldLead {
  id: LeadId;
  state: Extract<LeadState, 'waiting' | 'given_up' | 'invalid'>;
  gate: DialGate | 'open_call';
  reason: string;
  nextAt: Instant | null;
}

/** What the gate asks. */
export interface DialJudge {
  /** Of the campaign that it goes by: of another one nothing is judged, as its rules may be others. */
  version: number;
  /** Whether caller ids are counted. */
  countsShown: boolean;
  /** Pure; what it neither sends nor holds stays where it is. */
  decide: (gate: Gate, taken: readonly TakenLead[], now: Instant) => Decided;
  /** What is told of leads that a rule gave up: there if and only if they are given up. */
  eventsOf: (over: readonly HeldLead[]) => Promise<OperationalEvent[]>;
}

/** What the gate's transaction left behind. */
export interface Committed {
  attempts: NewAttempt[];
  /** Of leads that are called no more. */
  events: OperationalEvent[];
  /** Rules hold back as many as were taken: there may be others behind them. */
  areAllHeld: boolean;
}

const NOTHING_DIALLED: Committed = { attempts: [], events: [], areAllHeld: false };

/** What the gate's transaction decides. */
export interface Decided {
  send: readonly NewAttempt[];
  hold: readonly HeldLead[];
  bucket: TokenBucket;
}

/** An attempt that is over, and where its lead goes from there. */
export interface ToldAttempt {
  id: OrderId;
  leadId: LeadId;
  outcome: AttemptOutcome;
  endedAt: Instant;
  talkSeconds: number;
  lead: { state: LeadState; nextAt: Instant | null; reason: string | null };
}

export interface LeftBehind {
  at: Instant;
  told: readonly ToldAttempt[];
  /** Null: as it was. */
  pacing: unknown;
  standing: CampaignStanding | null;
  /** When to look again; null for when something changes. */
  dueAt: Instant | null;
  /** `dueAt` of the campaign as the look read it: one that was set since stays where it is sooner. */
  seenDueAt: Instant | null;
  /** Whom it is told to on the live channel; null where nothing of it is news. */
  live: TenantId | null;
  /** For endpoints: there if and only if the rest is. */
  events: readonly OperationalEvent[];
}

type Row = Record<string, unknown>;

/** Caller ids are counted for so long. */
const SHOWN_MS = 24 * 3_600_000;

/** The statements of the dialer. */
export class CampaignStore {
  constructor(
    private readonly hot: HotPool,
    /** ISO 3166-1 alpha-2 of a number in E.164. */
    private readonly countryOf: (phone: string) => string | null,
  ) {}

  /** Undefined where there is none. */
  async campaign(campaignId: CampaignId): Promise<DialerCampaign | undefined> {
    const [row] = await this.hot.run<Row>('campaign.look', sql.CAMPAIGN, [campaignId]);
    return row && campaignOf(row);
  }

  async members({ id, connectionId }: DialerCampaign): Promise<DialerMember[]> {
    const rows = await this.hot.run<Row>('campaign.members', sql.MEMBERS, [id, connectionId]);
    return rows.map(memberOf);
  }

  /** Calls at phones that go on, and those that have just ended. */
  async callsAt(connectionId: ConnectionId, phones: readonly string[]): Promise<Call[]> {
    if (phones.length === 0) return [];
    const values = [connectionId, pgArray.text([...phones])];
    const rows = await this.hot.run<Row>('campaign.calls', sql.CALLS_AT_PHONES, values);
    return rows.map((row) => callOf(row, 'id', connectionId));
  }

  async owed({ id, connectionId }: DialerCampaign): Promise<OwedAttempt[]> {
    const rows = await this.hot.run<Row>('campaign.owed', sql.OWED, [id]);
    return rows.map((row) => owedOf(row, connectionId));
  }

  /** The numbers of those who would be next. */
  async nextUp(campaignId: CampaignId, most: number): Promise<string[]> {
    const rows = await this.hot.run<{ phone: string }>('campaign.next_up', sql.NEXT_UP, [campaignId, most]);
    return rows.map(({ phone }) => phone);
  }

  /** When the first lead that waits may be called, and what it waits for; undefined where none waits. */
  async nextAt(campaignId: CampaignId): Promise<{ at: Instant; reason: string | null } | undefined> {
    const [row] = await this.hot.run<{ at: number; reason: string | null }>('campaign.next', sql.NEXT_AT, [
      campaignId,
    ]);
    return row && { at: instant(row.at), reason: row.reason };
  }

  /** @param dayFrom  when the campaign's day began */
  async ledger(campaignId: CampaignId, dayFrom: Instant): Promise<Ledger> {
    const [row = {}] = await this.hot.run<Row>('campaign.ledger', sql.LEDGER, [campaignId, dayFrom]);
    return ledgerOf(row);
  }

  async takeBackOffers(campaignId: CampaignId): Promise<void> {
    await this.hot.run('campaign.take_back', sql.TAKE_BACK, [campaignId]);
  }

  /**
   * The gate: takes so many leads, lets `decide` judge them by what the database shows at that moment, and commits what is to be sent
   * as sent. Only what it returns may be sent, once.
   *
   */
  dial(
    { campaignId, fence }: CampaignOwner,
    most: number,
    { version, countsShown, decide, eventsOf }: DialJudge,
    now: Instant,
  ): Promise<Committed> {
    return this.hot.transaction(async (run) => {
      const [lock] = await run<Row>('campaign.lock', sql.LOCK, [campaignId, fence]);
      if (!lock || lock['state'] !== 'running' || lock['version'] !== version) return NOTHING_DIALLED;
      const [beside = {}] = await run<Row>('campaign.beside', sql.BESIDE, [campaignId]);
      const shown = countsShown ? await run<Row>('campaign.shown', sql.SHOWN, shownValues(lock, now)) : [];
      const rows = await run<Row>('campaign.claim', sql.CLAIM, [campaignId, most]);
      const taken = rows.map((row) => takenOf(row, this.countryOf));
      const { send, hold, bucket } = decide(gateOf({ ...lock, ...beside }, shown), taken, now);
      const areAllHeld = taken.length === most && hold.length === most;
      if (hold.length > 0)
        await run<Row>('campaign.hold_back', sql.HOLD_BACK, holdValues(hold, now), hold.length);
      const events = await eventsOf(hold.filter(({ state }) => state !== 'waiting'));
      for (const event of events) await writeOperationalEvent({ run }, event, null);
      if (send.length === 0) return { ...NOTHING_DIALLED, events, areAllHeld };
      const values = writeValues(campaignId, lock['account_id'] as string, { send, bucket, now });
      const written = await run<{ id: OrderId }>('campaign.write', sql.WRITE, values, send.length);
      const ids = new Set<string>(written.map(({ id }) => id));
      return { attempts: send.filter(({ id }) => ids.has(id)), events, areAllHeld };
    });
  }

  /** Writes what the PBX answered, and remembers for the call what was ordered. */
  async answered(attempt: Pick<NewAttempt, 'id' | 'order'>, settling: Settling, now: Instant): Promise<void> {
    const { state, vendorCallId, reason, code } = settling;
    await this.hot.run('campaign.answered', sql.ANSWERED, [
      attempt.id,
      state,
      withoutNul(vendorCallId),
      withoutNul(reason),
      withoutNul(code),
      now,
      pgArray.text(statesBefore(state)),
      contextOfOrder(attempt.id, attempt.order),
    ]);
  }

  /** @returns when it is to be looked at now; undefined where the lease was lost, and nothing was written */
  async leave(
    { campaignId, fence }: CampaignOwner,
    left: LeftBehind,
  ): Promise<{ dueAt: Instant | null } | undefined> {
    const values = leaveValues(campaignId, fence, left);
    const { live, events } = left;
    if (live === null && events.length === 0) {
      const [row] = await this.hot.run<Row>('campaign.leave', sql.LEAVE, values);
      return row && { dueAt: at(row['due_at']) };
    }
    return this.hot.transaction(async (run) => {
      const [row] = await run<Row>('campaign.leave', sql.LEAVE, values);
      if (row === undefined) return undefined;
      for (const event of events) await writeOperationalEvent({ run }, event, null);
      // Whoever listens looks once a second: nobody is woken.
      if (live !== null) await run<Row>('campaign.tell', sql.TELL, [live, campaignId]);
      return { dueAt: at(row['due_at']) };
    });
  }
}

/** The tenant, and the least id that an attempt of the last 24 hours can have. */
function shownValues(lock: Row, now: Instant): unknown[] {
  return [lock['tenant_id'], uuidFloor(now - SHOWN_MS)];
}

function gateOf(row: Row, shown: readonly Row[]): Gate {
  return {
    state: row['state'] as CampaignState,
    account: {
      enabled: row['enabled'] as boolean,
      perSecond: row['per_second'] as number,
      atOnce: row['at_once'] as number,
      bucket: { tokens: row['tokens'] as number, at: instant(row['tokens_at'] as number) },
    },
    underWay: row['under_way'] as number,
    others: row['others'] as number[],
    takenPhones: row['taken_phones'] as string[],
    shown: new Map(
      shown.map((one) => [
        one['shown'] as string,
        { uses: one['uses'] as number, oldestAt: instant(one['oldest_at'] as number) },
      ]),
    ),
  };
}

function holdValues(hold: readonly HeldLead[], now: Instant): unknown[] {
  const { uuid, text, float8 } = pgArray;
  return [
    now,
    uuid(hold.map(({ id }) => id)),
    text(hold.map(({ state }) => state)),
    text(hold.map(({ gate }) => gate)),
    text(hold.map(({ reason }) => reason)),
    float8(hold.map(({ nextAt }) => nextAt)),
  ];
}

function writeValues(
  campaignId: CampaignId,
  accountId: string,
  { send, bucket, now }: { send: readonly NewAttempt[]; bucket: TokenBucket; now: Instant },
): unknown[] {
  const { uuid, text } = pgArray;
  return [
    campaignId,
    accountId,
    bucket.tokens,
    bucket.at,
    now,
    firstLookAt('sending', now),
    uuid(send.map(({ id }) => id)),
    uuid(send.map(({ leadId }) => leadId)),
    text(send.map(({ order }) => order.kind)),
    text(send.map(({ phone }) => phone)),
    text(send.map(({ extension }) => extension)),
    text(send.map(({ order }) => storableJson(order))),
    text(send.map(({ paceKey }) => paceKey)),
  ];
}

function leaveValues(campaignId: CampaignId, fence: string, left: LeftBehind): unknown[] {
  const { uuid, text, int4, float8 } = pgArray;
  const { told, pacing, standing, dueAt, seenDueAt } = left;
  const count = (is: (one: ToldAttempt) => boolean) => told.filter(is).length;
  const resultIs =
    (...results: string[]) =>
    ({ outcome }: ToldAttempt) =>
      results.includes(outcome.result);
  const counted = count(({ outcome }) => outcome.counts);
  return [
    campaignId,
    fence,
    left.at,
    uuid(told.map(({ id }) => id)),
    text(told.map(({ outcome }) => outcome.result)),
    float8(told.map(({ endedAt }) => endedAt)),
    uuid(told.map(({ leadId }) => leadId)),
    text(told.map(({ lead }) => lead.state)),
    int4(told.map(({ outcome }) => (outcome.counts ? 1 : 0))),
    float8(told.map(({ lead }) => lead.nextAt)),
    text(told.map(({ outcome }) => outcome.result)),
    text(told.map(({ lead }) => lead.reason)),
    counted,
    count(({ outcome }) => outcome.answer !== null),
    count(({ outcome }) => outcome.answer === 'served'),
    count(({ outcome }) => outcome.answer === 'dropped'),
    count(resultIs('busy')),
    count(resultIs('missed', 'cancelled', 'voicemail')),
    count(resultIs('failed', 'unknown')),
    told.reduce((sum, { talkSeconds }) => sum + talkSeconds, 0),
    pacing === null ? null : storableJson(pacing),
    standing === null ? null : storableJson(standing),
    dueAt,
    seenDueAt,
  ];
}
