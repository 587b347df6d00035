/**
 * A call centre on a virtual clock: agents, calls that ring, customers who wait. It asks the shipped pacing what to place,
 * once a second and, unless told otherwise, whenever it hears of an outcome or a free agent; and it tells it the news.
 */
import {
  emptyPacingMemory,
  instant,
  learnPacing,
  planCalls,
  type PacingFacts,
  type PacingMemory,
  type PacingNews,
  type PacingSettings,
} from '#domain';
import { Agenda } from './agenda.js';
import { AnswerBook } from './answer-book.js';
import { Random } from './random.js';
import type { Fate, World } from './world.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const KEY = 'list';
/** More than any plan asks for: the list is never empty. */
const CANDIDATES = Array.from({ length: 2_000 }, () => ({ key: KEY }));

export interface Shift {
  world: World;
  settings: PacingSettings;
  seed: number;
  days: number;
  hours?: number;
  tickMs?: number;
  /** Plan at each outcome as well; false: at ticks alone. */
  onEvents?: boolean;
  /** What the pacing sees of agents and calls is so old. */
  lagMs?: number;
  /** Told of each tick, for the figures of a workload. */
  watch?: (at: { dayMs: number; centre: CallCentre }) => void;
}

interface Agent {
  state: 'idle' | 'busy' | 'wrap';
  since: number;
  leaves: boolean;
  /** As the pacing sees it. */
  seen: { state: 'idle' | 'busy' | 'wrap'; since: ReturnType<typeof instant> };
  gotAt: number;
  live: boolean;
}

interface Call {
  sentAt: ReturnType<typeof instant>;
  key: string;
  fate: Fate;
  place: number;
}

interface Customer {
  fate: Fate;
  waits: boolean;
}

export class CallCentre {
  memory: PacingMemory = emptyPacingMemory();
  /** Milliseconds of agents: at work, and with customers (live ones alone) or in wrap-up. */
  atWorkMs = 0;
  handlingMs = 0;
  answers = 0;
  drops = 0;
  dials = 0;
  plans = 0;
  planMs = 0;
  slowestPlanMs = 0;

  private now = 0;
  private readonly random: Random;
  private agenda = new Agenda<() => void>();
  private agents: Agent[] = [];
  private queue: Customer[] = [];
  private calls: Call[] = [];
  private seenWaiting = 0;
  private readonly book = new AnswerBook();
  private readonly shift: Required<Omit<Shift, 'watch'>> & Pick<Shift, 'watch'>;

  constructor(shift: Shift) {
    this.shift = { hours: 8, tickMs: 1_000, onEvents: true, lagMs: 0, ...shift };
    this.random = new Random(shift.seed);
  }

  run(): this {
    for (let day = 0; day < this.shift.days; day += 1) this.runDay(day * DAY);
    return this;
  }

  private runDay(from: number): void {
    const till = from + this.shift.hours * HOUR;
    this.now = from;
    this.agenda = new Agenda();
    this.agents = [];
    this.queue = [];
    this.calls = [];
    this.seenWaiting = 0;
    this.book.newDay();
    const tick = (): void => {
      this.staff(this.now - from);
      this.shift.watch?.({ dayMs: this.now - from, centre: this });
      this.plan();
      this.agenda.put(this.now + this.shift.tickMs, tick);
    };
    this.agenda.put(from, tick);
    while (this.agenda.nextAt < till) {
      const at = this.agenda.nextAt;
      this.pass(at - this.now);
      this.now = at;
      this.agenda.take()?.();
    }
    this.pass(till - this.now);
  }

  /** Time goes by, and agents are paid for it. */
  private pass(ms: number): void {
    let handling = 0;
    for (const agent of this.agents) if (agent.state !== 'idle' && agent.live) handling += 1;
    this.atWorkMs += ms * this.agents.length;
    this.handlingMs += ms * handling;
  }

  private staff(dayMs: number): void {
    const wanted = this.shift.world.agents(dayMs);
    while (this.agents.length < wanted) {
      const seen = { state: 'idle' as const, since: instant(this.now) };
      this.agents.push({ state: 'idle', since: this.now, leaves: false, seen, gotAt: 0, live: true });
    }
    let over = this.agents.filter(({ leaves }) => !leaves).length - wanted;
    for (const agent of [...this.agents]) {
      if (over <= 0) break;
      if (agent.leaves) continue;
      over -= 1;
      agent.leaves = true;
      if (agent.state === 'idle') this.agents.splice(this.agents.indexOf(agent), 1);
    }
  }

  private plan(): void {
    const facts: PacingFacts = {
      now: instant(this.now),
      telemetryAt: instant(this.now - this.shift.lagMs),
      agents: this.agents.map(({ seen }) => seen),
      outstanding: this.calls,
      waiting: this.seenWaiting,
      candidates: CANDIDATES,
      ledger: this.book.ledger(this.now),
    };
    const began = performance.now();
    const { place } = planCalls(facts, this.memory, this.shift.settings);
    const took = performance.now() - began;
    this.plans += 1;
    this.planMs += took;
    this.slowestPlanMs = Math.max(this.slowestPlanMs, took);
    for (let call = 0; call < place; call += 1) this.dial();
  }

  private dial(): void {
    this.dials += 1;
    const fate = this.shift.world.fate(this.random, this.now % DAY);
    const call: Call = { sentAt: instant(this.now), key: KEY, fate, place: this.calls.length };
    this.calls.push(call);
    this.agenda.put(this.now + fate.ringMs, () => {
      const { ringMs } = fate;
      this.seen(() => {
        const last = this.calls.pop();
        if (last !== undefined && last !== call) {
          this.calls[call.place] = last;
          last.place = call.place;
        }
        this.tell({ kind: fate.answered ? 'answered' : 'failed', key: KEY, ringMs });
      });
      if (fate.answered) this.answer(fate);
      this.heard();
    });
  }

  private answer(fate: Fate): void {
    this.answers += 1;
    const free = this.longestIdle();
    if (free !== undefined) {
      this.serve(free, fate);
      return;
    }
    if (this.shift.settings.waitLimitMs === 0) {
      this.drop();
      return;
    }
    const customer: Customer = { fate, waits: true };
    this.queue.push(customer);
    this.seen(() => (this.seenWaiting += 1));
    this.agenda.put(this.now + this.shift.settings.waitLimitMs, () => {
      if (!customer.waits) return;
      this.queue.splice(this.queue.indexOf(customer), 1);
      this.seen(() => (this.seenWaiting -= 1));
      this.drop();
      this.heard();
    });
  }

  private drop(): void {
    this.drops += 1;
    this.book.add(this.now, true);
    this.seen(() => this.tell({ kind: 'abandoned' }));
  }

  private longestIdle(): Agent | undefined {
    let first: Agent | undefined;
    for (const agent of this.agents)
      if (agent.state === 'idle' && (first === undefined || agent.since < first.since)) first = agent;
    return first;
  }

  private serve(agent: Agent, fate: Fate): void {
    this.book.add(this.now, false);
    this.seen(() => this.tell({ kind: 'served' }));
    this.becomes(agent, 'busy');
    agent.gotAt = this.now;
    agent.live = fate.voicemail !== true;
    const { talkMs, wrapMs } = this.shift.world;
    this.agenda.put(this.now + talkMs(this.random, fate), () => {
      if (wrapMs === null || !agent.live) {
        this.free(agent, 0);
        return;
      }
      this.becomes(agent, 'wrap');
      const wrap = wrapMs(this.random);
      this.agenda.put(this.now + wrap, () => this.free(agent, wrap));
      this.heard();
    });
  }

  private free(agent: Agent, wrapMs: number): void {
    const ms = this.now - agent.gotAt;
    const known = this.shift.world.wrapMs === null ? {} : { wrapMs };
    this.becomes(agent, 'idle');
    this.seen(() => this.tell({ kind: 'handled', ms, ...known }));
    if (agent.leaves) this.agents.splice(this.agents.indexOf(agent), 1);
    else {
      const next = this.queue.shift();
      if (next !== undefined) {
        next.waits = false;
        this.seen(() => (this.seenWaiting -= 1));
        this.serve(agent, next.fate);
      }
    }
    this.heard();
  }

  private becomes(agent: Agent, state: Agent['state']): void {
    agent.state = state;
    agent.since = this.now;
    const since = instant(this.now);
    this.seen(() => {
      agent.seen.state = state;
      agent.seen.since = since;
    });
  }

  /** What the pacing gets to know, as late as its telemetry is. */
  private seen(what: () => void): void {
    if (this.shift.lagMs === 0) what();
    else this.agenda.put(this.now + this.shift.lagMs, what);
  }

  /** Something was heard that may be a reason to place a call. */
  private heard(): void {
    if (!this.shift.onEvents) return;
    if (this.shift.lagMs === 0) this.plan();
    else this.agenda.put(this.now + this.shift.lagMs, () => this.plan());
  }

  private tell(news: PacingNews): void {
    this.memory = learnPacing(this.memory, [news], this.shift.settings);
  }
}
