/** An installation that grows from one size of its tables to the next, and what is measured at each. */
import { setTimeout as delay } from 'node:timers/promises';
import { measureRun } from '../measure/measure-run.js';
import { judgePlan } from '../plans/judge-plan.js';
import { INDEXES, indexesOf, shapeOf, type IndexRow } from '../plans/plan-node.js';
import { resultOf, type BenchResult } from '../result.js';
import { freePort } from '../stage/free-port.js';
import type { Stage, Surroundings } from '../stage/stage.js';
import { makeEndpoint } from '../stage/tenants.js';
import { Fill, type Ask, type Party } from './fill.js';
import { isCrowded, type GrowthPoint, type StatementPerEvent } from './growth-point.js';
import { ROWS_PER_CALL, deadEndpointsOf, nameOfSize, type GrowthSize } from './growth-sizes.js';
import { ownerSession } from './owner-session.js';
import { plansWhile, type SeenStatements } from './plan-window.js';
import { costsByName, countStatements, countedStatements, type CountedStatement } from './statement-costs.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** So often at most, where the machine is busy with something else. */
const TURNS = 3;
/** Few, so that the log stays small. */
const LOOK = { loop: 'open', rate: 20, seconds: 3, lanes: 8 } as const;
const ENDPOINTS_AT_ONCE = 16;
const DEAD_FOUND_WITHIN_MS = 90 * SECOND;
const LOOK_AT_DEAD_EVERY_MS = 3 * SECOND;
/** A dead endpoint is tried so seldom once it was found dead. */
const TRIED_EVERY_SECONDS = 10;

interface Played {
  result: BenchResult;
  counted: CountedStatement[];
  deadTriesPerSecond: number;
}

export class Ground {
  private readonly points: GrowthPoint[] = [];
  /** By statement. */
  private readonly shapes = new Map<string, string>();
  private readonly texts = new Map<string, string>();
  private readonly fill: Fill;
  private grown: GrowthSize = { tenants: 0, waiting: 0, rows: 0 };
  /** Beside the points. */
  private readonly counted: CountedStatement[][] = [];
  private last: BenchResult | undefined;
  private lost = 0;
  private readonly latest: number;

  private constructor(
    private readonly ask: Ask,
    private readonly busy: readonly Party[],
    private readonly stage: Stage,
    private readonly surroundings: Surroundings,
  ) {
    const { say, signal, options } = surroundings;
    this.latest = performance.now() + options.fillMinutes * MINUTE;
    this.fill = new Fill({
      ask,
      databaseUrl: stage.databaseUrl,
      say,
      assertGoingOn: () => {
        signal.throwIfAborted();
        if (performance.now() < this.latest) return;
        throw new Error(
          `The tables were not filled within ${String(options.fillMinutes)} minutes: give smaller --sizes, or more --fill-minutes.`,
        );
      },
    });
  }

  static async open(stage: Stage, surroundings: Surroundings): Promise<Ground> {
    const ask = ownerSession(stage.databaseUrl, surroundings.unwind);
    const busy = await ask(
      `SELECT c.tenant_id AS tenant, c.id AS connection, e.id AS endpoint
       FROM connection c JOIN endpoint e ON e.tenant_id = c.tenant_id WHERE c.tenant_id = ANY($1::uuid[])`,
      [stage.tenants.map(({ id }) => id)],
    );
    return new Ground(ask, busy as unknown as Party[], stage, surroundings);
  }

  /** Of the largest size, with the points of all; what was lost at any of them was lost. */
  get result(): BenchResult {
    if (this.last === undefined) throw new Error('There is no size to measure at.');
    const points = this.points.map((point, at) => ({
      ...point,
      // A statement's name may have been heard at another size only.
      statements: perEvent(this.counted[at] ?? [], this.texts, point.accepted),
    }));
    return { ...this.last, lost: this.lost, growth: points };
  }

  async measureAt(size: GrowthSize): Promise<void> {
    const { say, options } = this.surroundings;
    say(`growing to ${nameOfSize(size)}`);
    const fillSeconds = await this.growTo(size);
    // Programs get faster as they run: the first size is not to pay for that.
    if (this.points.length === 0) await this.play();
    let played = await this.play();
    for (let turn = 2; turn <= TURNS && isCrowded(played.result.endToEndMs); turn += 1) {
      say('the machine was busy with something else: once more');
      played = await this.play();
    }
    const { result, counted, deadTriesPerSecond } = played;
    const seen = await this.look();
    for (const [name, text] of seen.texts) this.texts.set(name, text);
    this.counted.push(counted);
    this.last = result;
    this.points.push({
      size,
      databaseGb: await this.gigabytes(),
      fillSeconds: Math.round(fillSeconds),
      accepted: result.accepted,
      lost: result.lost,
      endToEndMs: result.endToEndMs,
      crowded: isCrowded(result.endToEndMs),
      cpuSecondsPer1000Of: result.cpuSecondsPer1000Of,
      cpuSecondsPer1000OfServer: result.cpuSecondsPer1000OfServer,
      statementsPerEvent: result.statementsPerEvent,
      walBytesPerEvent: result.walBytesPerEvent,
      deadTriesPerSecond: size.waiting === 0 ? 0 : deadTriesPerSecond,
      statements: {},
      ...(await this.judged(seen)),
    });
    say(
      `${String(result.cpuSecondsPer1000OfServer)} CPU s per 1,000 at ${nameOfSize(size)} (${String(options.rate)}/s)`,
    );
  }

  private async play(): Promise<Played> {
    const { options } = this.surroundings;
    const { rate, seconds, lanes } = options;
    // Each begins at the same place between two checkpoints, after which pages are written whole.
    await this.ask('CHECKPOINT');
    let attempts = 0;
    let begunMs = 0;
    const begin = async () => {
      await countStatements(this.ask);
      attempts = await this.attempts();
      begunMs = performance.now();
    };
    const order = { loop: 'open', rate, seconds, lanes } as const;
    const measured = await measureRun(this.stage, order, this.surroundings, begin);
    const counted = await countedStatements(this.ask);
    const lasted = (performance.now() - begunMs) / SECOND;
    const result = resultOf('GROWTH', measured, { ...options, loop: 'open' });
    this.lost += result.lost;
    const tries = (await this.attempts()) - attempts - result.delivered;
    await this.stage.sink.ask('reset', undefined);
    return { result, counted, deadTriesPerSecond: Math.max(0, Math.round((tries / lasted) * 10) / 10) };
  }

  /** @returns the seconds that it took */
  private async growTo(size: GrowthSize): Promise<number> {
    const begunMs = performance.now();
    await this.fill.tenants(size.tenants);
    const calls = Math.round((size.rows - this.grown.rows) / ROWS_PER_CALL);
    await this.fill.history(calls, this.busy);
    const dead = deadEndpointsOf(size) - deadEndpointsOf(this.grown);
    await this.oweToNobody(dead, size.waiting - this.grown.waiting);
    await this.fill.settle();
    if (dead > 0) await this.untilFoundDead(deadEndpointsOf(size));
    this.grown = size;
    return (performance.now() - begunMs) / SECOND;
  }

  /** Endpoints of the other tenants at a port where nobody listens. Nothing that happens is owed to them. */
  private async oweToNobody(endpoints: number, deliveries: number): Promise<void> {
    const { product } = this.stage;
    if (!product) throw new Error('The floor has no tables that grow.');
    const api = { apiUrl: product.url('api'), adminKey: product.adminKey };
    const url = `http://127.0.0.1:${String(await freePort())}/`;
    const traits = { name: 'dead', url, eventTypes: ['endpoint.test'] };
    let next = 0;
    const makeSome = async () => {
      while (next < endpoints) {
        const number = next;
        next += 1;
        const { tenant } = this.fill.party(number);
        const { id } = await makeEndpoint(api, tenant, traits);
        const owed =
          Math.floor(((number + 1) * deliveries) / endpoints) - Math.floor((number * deliveries) / endpoints);
        await this.fill.waiting({ tenant, endpoint: id }, owed);
      }
    };
    await Promise.all(Array.from({ length: ENDPOINTS_AT_ONCE }, makeSome));
  }

  /** What a dead endpoint costs while it is being found dead is not what it costs for days after. */
  private async untilFoundDead(endpoints: number): Promise<void> {
    const { say, signal } = this.surroundings;
    const until = performance.now() + DEAD_FOUND_WITHIN_MS;
    for (
      let before = await this.attempts(), perSecond = Infinity;
      perSecond > endpoints / TRIED_EVERY_SECONDS;
    ) {
      if (performance.now() > until) {
        say(`still ${String(Math.round(perSecond))} tries a second of dead endpoints`);
        return;
      }
      await delay(LOOK_AT_DEAD_EVERY_MS, undefined, { signal });
      const now = await this.attempts();
      perSecond = ((now - before) * SECOND) / LOOK_AT_DEAD_EVERY_MS;
      before = now;
    }
  }

  /** As statistics count them: the tables themselves are large. */
  private async attempts(): Promise<number> {
    const [row] = await this.ask(
      `SELECT coalesce(sum(n_tup_ins), 0)::float8 AS count FROM pg_stat_user_tables WHERE relname ~ '^attempt_\\d+$'`,
    );
    return Number(row?.['count'] ?? 0);
  }

  private async gigabytes(): Promise<number> {
    const [row] = await this.ask('SELECT pg_database_size(current_database())::float8 AS bytes');
    return Math.round(Number(row?.['bytes'] ?? 0) / 1e7) / 100;
  }

  private look(): Promise<SeenStatements> {
    const { stage, ask, surroundings } = this;
    surroundings.say('looking at the plans');
    const unheated = { ...surroundings, options: { ...surroundings.options, warmUpSeconds: 0 } };
    return plansWhile({ ask, logFile: stage.postgresLog }, async () => {
      await measureRun(stage, LOOK, unheated);
      await stage.sink.ask('reset', undefined);
    });
  }

  private async judged({ book }: SeenStatements): Promise<Pick<GrowthPoint, 'otherPlans' | 'complaints'>> {
    const indexes = indexesOf((await this.ask(INDEXES)) as IndexRow[]);
    const empty = await this.ask(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relispartition AND pg_relation_size(oid) = 0`,
    );
    const known = { indexes, pruning: false, empty: new Set(empty.map(({ name }) => name as string)) };
    const complaints: Record<string, string[]> = {};
    const shapes = new Map<string, Set<string>>();
    for (const { statement, within = '', plan } of book.plans) {
      const found = judgePlan(plan, known);
      if (found.length > 0)
        complaints[statement] = [...new Set([...(complaints[statement] ?? []), ...found])];
      const shape = `${within}: ${shapeOf(plan, indexes)}`;
      shapes.set(statement, (shapes.get(statement) ?? new Set()).add(shape));
    }
    const otherPlans: string[] = [];
    for (const [statement, all] of shapes) {
      const shape = [...all].sort().join('\n');
      const before = this.shapes.get(statement);
      if (before !== undefined && before !== shape) otherPlans.push(statement);
      this.shapes.set(statement, shape);
    }
    return { otherPlans, complaints };
  }
}

function perEvent(
  counted: readonly CountedStatement[],
  texts: ReadonlyMap<string, string>,
  accepted: number,
): Record<string, StatementPerEvent> {
  const per = (amount: number) => Math.round((amount / accepted) * 10_000) / 10_000;
  const costs = [...costsByName(counted, texts)].sort(([, a], [, b]) => b.ms - a.ms);
  return Object.fromEntries(
    costs.map(([name, { calls, blocksHit, blocksRead, ms }]) => [
      name,
      { calls: per(calls), blocksHit: per(blocksHit), blocksRead: per(blocksRead), ms: per(ms) },
    ]),
  );
}
