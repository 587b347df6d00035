import { setTimeout as delay } from 'node:timers/promises';
import {
  agentsOfCampaign,
  asDialled,
  effectiveRules,
  id,
  instant,
  isLeadFirst,
  learnPacing,
  sameValue,
  type CampaignAgent,
  type CampaignId,
  type CampaignStanding,
  type Instant,
  type Order,
  type OrderId,
  type PacingPlan,
  type WorkerPhone,
} from '#domain';
import type {
  CampaignOwner,
  CampaignStore,
  DialJudge,
  DialerCampaign,
  DialerMember,
  NewAttempt,
  OwedAttempt,
} from '#db';
import type { Clock, Log } from '#platform';
import { capabilityFor, type CommandedPbx } from '#pbx';
import type { Lease, Leaving, Slice } from '#queues';
import { memoryOf, watchPhones, type CampaignMemory } from './campaign-memory.js';
import { decideDials } from './decide-dials.js';
import { explainStanding, needsAgents } from './explain-standing.js';
import { newsOfHeld, newsOfLook } from './news-of-look.js';
import type { OpenPbx } from './open-pbx.js';
import { dayFrom, paceKeyIn, planRound } from './plan-round.js';
import type { SendAttempts } from './send-attempts.js';
import { settleAttempts, type Settled } from './settle-attempts.js';
import type { TellCampaign } from './tell-campaign.js';

/** Between two looks at a campaign that dials. */
const ROUND_MS = 1_000;
/** Between two looks at one that waits for an agent, or for calls to end. */
const IDLE_MS = 2_000;
/** Leads that the pacing is shown, and that are taken for one that is dialled: rules hold some of them back. */
const MOST_NEXT = 200;
const TAKEN_FOR_EACH = 4;
const MOST_TAKEN = 500;
const MOST_BATCHES = 10;

export interface DrainCampaignParts {
  store: CampaignStore;
  sending: Pick<SendAttempts, 'send'>;
  pbxs: Pick<OpenPbx, 'find'>;
  telling: Pick<TellCampaign, 'eventsOf' | 'ring'>;
  clock: Pick<Clock, 'now' | 'random'>;
  log: Pick<Log, 'debug'>;
  newId: () => OrderId;
  /** Left out: really waits. */
  wait?: (ms: number, until: Promise<unknown>) => Promise<void>;
}

/** What a look comes to. */
interface Round {
  /** When to look again; null for when something changes. */
  next: Instant | null;
  /** It is worth staying with. */
  isBusy: boolean;
  /** Answers of the PBX that are waited for; nobody needs them before the next look. */
  sent: Promise<unknown>;
}

/**
 * Looks after one campaign: tells leads what became of their calls, decides how many are dialled now and who they are, commits those
 * as sent, and sends them. It keeps the campaign for its time slice and looks once a second.
 */
export class DrainCampaign {
  constructor(private readonly parts: DrainCampaignParts) {}

  async drain(lease: Lease, slice: Slice): Promise<Leaving> {
    const owner = { campaignId: id<CampaignId>(lease.id), fence: lease.fence };
    while (!slice.ended) {
      const round = await this.look(owner);
      if (round === 'gone' || round.next === null) return { more: false };
      // The mailbox never waits itself, only its row does: whoever wakes the campaign would ring at a closed door until then.
      if (!round.isBusy) return { more: false };
      await (this.parts.wait ?? waitFor)(Math.max(0, round.next - this.parts.clock.now()), round.sent);
      if (slice.over) break;
    }
    return { more: true };
  }

  /** One look. @returns gone when the lease was lost or the campaign is no more */
  async look(owner: CampaignOwner): Promise<Round | 'gone'> {
    const { store, clock } = this.parts;
    const chance = () => clock.random();
    const found = await store.campaign(owner.campaignId);
    if (found === undefined) return 'gone';
    const campaign = { ...found, ...asDialled(found.mode, found.settings) };
    const { mode, settings } = campaign;
    const before = memoryOf(campaign.pacing);
    const [owed, members] = await Promise.all([
      store.owed(campaign),
      store.members(campaign),
      store.takeBackOffers(campaign.id),
    ]);
    const calls = await store.callsAt(campaign.connectionId, members.flatMap(namesOf));
    const now = clock.now();
    const seen = watchPhones(before.phones, members, calls, { now, wrapSeconds: settings.wrapSeconds });
    const agents = agentsOfCampaign(seen.members, { ...settings, now });
    const settled = settleAttempts(owed, { mode, settings, now, chance, answered: before.answered });
    const memory: CampaignMemory = {
      pacing: learnPacing(before.pacing, [...settled.news, ...seen.news], settings.pacing),
      phones: seen.phones,
      answered: settled.answered,
      told: before.told,
    };
    const dialled = await this.dial(owner, campaign, { agents, members, open: settled.open, memory, now });
    dialled.next = soonest(dialled.next, settled);
    const standing = explainStanding({
      now,
      mode,
      state: campaign.state,
      members: members.length,
      agents,
      calls: callsNow(settled.open, dialled.placed),
      ...dialled,
    });
    const round = roundAfter(campaign, standing, { ...dialled, open: settled.open, now });
    const { told, news } = newsOfLook(before.told, campaign, { standing, settled, dialled, now });
    const events = await this.parts.telling.eventsOf(campaign.tenantId, news, now);
    const isNews = isOtherThan(campaign.standing, standing);
    const left = { ...memory, told };
    const kept = await store.leave(owner, {
      ...{ at: now, told: settled.told, events, dueAt: round.next, seenDueAt: campaign.dueAt },
      pacing: sameValue(left, before) ? null : left,
      standing: isNews ? standing : null,
      live: isNews || settled.told.length > 0 ? campaign.tenantId : null,
    });
    if (kept === undefined) return 'gone';
    this.parts.telling.ring(events);
    return sooner(round, kept.dueAt);
  }

  private async dial(owner: CampaignOwner, campaign: DialerCampaign, facts: LookFacts): Promise<Dialled> {
    const { store, sending, telling, newId, clock } = this.parts;
    const { mode, settings, timeZone } = campaign;
    const { agents, members, open, now } = facts;
    const nothing = { plan: null, placed: 0, due: 0, next: undefined, sent: Promise.resolve() };
    if (campaign.state !== 'running') return { ...nothing, pbx: 'ready' };
    const pbx = await this.pbxOf(campaign);
    if (typeof pbx === 'string') return { ...nothing, pbx };
    const [nextUp, next] = await Promise.all([
      store.nextUp(campaign.id, MOST_NEXT),
      store.nextAt(campaign.id),
    ]);
    const known = { ...nothing, pbx: 'ready', due: nextUp.length, next } as const;
    if (mode === 'preview' || nextUp.length === 0) return known;
    if (needsAgents(mode) && agents.length === 0) return known;
    const ledger = await store.ledger(campaign.id, dayFrom(timeZone, now));
    const paceKey = paceKeyIn(timeZone);
    const memory = facts.memory.pacing;
    const plan = planRound({
      ...{ now, mode, settings, agents, open, nextUp, ledger, memory, paceKey },
      behindAt: campaign.behindAt,
    });
    if (plan.place === 0) return { ...known, plan };
    const context = {
      mode,
      settings,
      place: plan.place,
      free: freePhones(agents, members),
      chance: clock.random(),
      newId,
      paceKey,
    };
    const judge: DialJudge = {
      version: campaign.version,
      countsShown: effectiveRules(settings.rules).callerIdPerDay !== null,
      decide: (...given) => decideDials(...given, context),
      eventsOf: (over) => telling.eventsOf(campaign.tenantId, newsOfHeld(campaign, over, now), now),
    };
    const attempts = await this.commit(owner, plan.place, judge, now);
    const sent = sending.send(attempts, { connectionId: campaign.connectionId, pbx, committedAt: now });
    return { ...known, plan, placed: attempts.length, sent };
  }

  /** Those whom a rule holds back do not keep the others behind them waiting for a second each batch. */
  private async commit(
    owner: CampaignOwner,
    place: number,
    judge: DialJudge,
    now: Instant,
  ): Promise<NewAttempt[]> {
    let most = Math.min(MOST_TAKEN, place * TAKEN_FOR_EACH + TAKEN_FOR_EACH);
    for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
      const { attempts, events, areAllHeld } = await this.parts.store.dial(owner, most, judge, now);
      this.parts.telling.ring(events);
      if (!areAllHeld) return attempts;
      most = MOST_TAKEN;
    }
    return [];
  }

  private async pbxOf(campaign: DialerCampaign): Promise<CommandedPbx | 'no_account' | 'unsupported'> {
    if (!campaign.commanded) return 'no_account';
    const pbx = await this.parts.pbxs.find(campaign.connectionId);
    if (pbx === undefined) return 'no_account';
    return pbx.driver.can[capabilityFor(kindOfOrder(campaign))] === true ? pbx : 'unsupported';
  }
}

/** What the pacing goes by. */
interface LookFacts {
  agents: readonly CampaignAgent[];
  members: readonly DialerMember[];
  open: readonly OwedAttempt[];
  memory: CampaignMemory;
  now: Instant;
}

interface Dialled {
  pbx: 'ready' | 'no_account' | 'unsupported';
  plan: PacingPlan | null;
  placed: number;
  due: number;
  next: { at: Instant; reason: string | null } | undefined;
  sent: Promise<void>;
}

function kindOfOrder({ mode }: DialerCampaign): Pick<Order, 'kind' | 'first'> {
  const first = isLeadFirst(mode) ? ('number' as const) : ('extension' as const);
  return { kind: mode === 'message' ? 'announce' : 'call', first: { kind: first, value: '' } };
}

/** Who has been free for longest comes first. */
function freePhones(agents: readonly CampaignAgent[], members: readonly DialerMember[]): WorkerPhone[] {
  const shown = new Map(members.map(({ extension, callerId }) => [extension, callerId]));
  return agents
    .filter(({ state }) => state === 'idle')
    .sort((one, other) => one.since - other.since)
    .map(({ extension }) => ({ extension, callerId: shown.get(extension) ?? null }));
}

function callsNow(open: readonly OwedAttempt[], placed: number): CampaignStanding['calls'] {
  const talking = open.filter(({ call }) => call?.state === 'answered').length;
  const waiting = open.filter(({ call }) => call?.state === 'ringing' && call.queue !== null).length;
  return { dialling: open.length - talking - waiting + placed, talking, waiting };
}

function roundAfter(
  { state, mode }: DialerCampaign,
  { agents }: CampaignStanding,
  { open, placed, due, next, now, sent, pbx }: Dialled & { open: readonly OwedAttempt[]; now: Instant },
): Round {
  const soon = (ms: number) => instant(now + ms);
  const isOpen = open.length > 0 || placed > 0;
  if (state !== 'running' || pbx !== 'ready' || mode === 'preview') {
    return { next: isOpen ? soon(IDLE_MS) : null, isBusy: false, sent };
  }
  if (isOpen || (due > 0 && (agents.free > 0 || !needsAgents(mode)))) {
    return { next: soon(ROUND_MS), isBusy: true, sent };
  }
  if (due > 0) return { next: soon(IDLE_MS), isBusy: false, sent };
  return {
    next: next === undefined ? null : instant(Math.max(next.at, now + ROUND_MS)),
    isBusy: false,
    sent,
  };
}

function namesOf({ names }: DialerMember): string[] {
  return names;
}

/** Somebody put leads on the list while the look went on: it is looked at again. Parts of a millisecond are no news. */
function sooner(round: Round, dueAt: Instant | null): Round {
  const isSooner = dueAt !== null && (round.next === null || dueAt < round.next - 1);
  return isSooner ? { ...round, next: dueAt, isBusy: true } : round;
}

/** A lead that goes back on the list by this look waits too. */
function soonest(next: Dialled['next'], { told }: Pick<Settled, 'told'>): Dialled['next'] {
  const again = told.flatMap(({ lead }) =>
    lead.nextAt === null ? [] : [{ at: lead.nextAt, reason: lead.reason }],
  );
  return [...(next === undefined ? [] : [next]), ...again].sort((one, other) => one.at - other.at)[0];
}

/** When it was written is no news. */
function isOtherThan(kept: unknown, standing: CampaignStanding): boolean {
  const before = (kept ?? {}) as Partial<CampaignStanding>;
  return !sameValue({ ...before, at: 0 }, { ...standing, at: 0 });
}

async function waitFor(ms: number): Promise<void> {
  await delay(ms);
}
