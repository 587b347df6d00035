/** What a benchmark says at the end. The fields up to `jobsPerEvent` are the contract of the design's page "Delivery". */
import { percentiles, type Percentiles } from '../apps/simulator/index.js';
import { growthTable, type GrowthPoint } from './growth/growth-point.js';
import type { Measured } from './measure/measure-run.js';
import type { BenchOptions } from './options.js';
import { APPS, SECOND_API } from './stage/product.js';

export interface BenchResult {
  workload: string;
  queue: string;
  /** Webhooks a second: those asked for in an open loop, those accepted in a closed one. */
  rate: number;
  /** For how long was sent, the warm-up not counted. */
  seconds: number;
  accepted: number;
  delivered: number;
  lost: number;
  duplicates: number;
  outOfOrder: number;
  /** Deliveries from the first send to the last receipt; of an ingest-only run, acceptances to the last answer. */
  eventsPerSecond: number;
  ingestMs: Percentiles;
  /** From the moment a webhook was due (open loop) or sent (closed) to the sink's receipt of its event. */
  endToEndMs: Percentiles;
  /** CPU seconds of the product's processes for 1,000 accepted webhooks; others are in `cpuSecondsPer1000Of`. */
  cpuSecondsPer1000: number;
  /** Largest resident memory seen, by process; shared pages are split among those who share them. */
  rssMb: Record<string, number>;
  statementsPerEvent: number;
  jobsPerEvent: number;
  /** Webhooks that were not answered 2xx. */
  refused: number;
  /** By the status of the answer; 0 when there was none. */
  statuses: Record<string, number>;
  acceptedPerSecond: number;
  /** By process, the database, the queue and the bench's own included. */
  cpuSecondsPer1000Of: Record<string, number>;
  /** Of the product's processes, the database and the queue together: all but the load generator and the sink. */
  cpuSecondsPer1000OfServer: number;
  /** By the statement's name, the dearest first. */
  statementsPerEventOf: Record<string, number>;
  jobsPerEventOf: Record<string, number>;
  /** Written by PostgreSQL to its log. */
  walBytesPerEvent: number;
  badSignatures: number;
  /** W3: of the endpoints that do not hang, while the others do and before. */
  healthyEndToEndMs?: Percentiles;
  baselineEndToEndMs?: Percentiles;
  /** W4: seconds until the last delivery, and the busiest second of any endpoint beside its rate limit. */
  afterHealing?: { drainSeconds: number; limitPerSecond: number; peakPerSecond: number };
  /** DEAD: how much waits for the endpoint that nobody answers at, and how often it was tried while the load ran. */
  owedToTheDead?: { waiting: number; attempts: number; attemptsPerSecond: number };
  /** W8: end to end of what was sent in the second half, when what is to grow has grown. */
  steadyEndToEndMs?: Percentiles;
  /** KILL: deliveries that were owed when the workers were killed, and when they came, from the restart on. */
  inFlight?: { count: number; msFromRestart: Percentiles };
  /** GROWTH: the same load at each size of the tables; all else is of the last one. */
  growth?: GrowthPoint[];
  /** Of workloads that ask: from the moment a question was due to its reply, and how many replies were not the right one. */
  replyMs?: Percentiles;
  wrong?: number;
  /** LIVE, VENDOR-LIVE: from the moment a webhook was due to its popup or event at the socket. */
  socketMs?: Percentiles;
  /** POPUP with sources: the same when the same numbers call again, and how often the sources were asked in both runs. */
  againMs?: Percentiles;
  sourcesAsked?: number;
  /** VENDOR-LIVE: what came at all sockets, and by how much the process that holds them was late itself. */
  sockets?: { count: number; events: number; lateMs: Percentiles };
  /** CONSOLE: what the API took for each list and filter, and a browser until it could be read. */
  lists?: Record<string, Percentiles>;
  firstScreen?: { coldMs: Percentiles; warmMs: Percentiles; callOpenedMs: Percentiles };
  /** CLICK2CALL. */
  click2call?: ClickToCalls;
  wallboard?: WallboardFigures;
}

/** What a wallboard keeps in a browser. */
export interface WallboardFigures {
  /** MiB after everything was thrown away that is not needed. */
  settledMb: number;
  endMb: number;
  /** Of the end beside when it had settled, 0.1 is a tenth more. */
  growth: number;
  settledNodes: number;
  endNodes: number;
  /** Agents that were seen in calls at one time. */
  mostInCalls: number;
  /** Looks at which what was shown said of itself that it was old. */
  oldLooks: number;
}

/** Orders to dial, and what the simulated PBX counted. */
export interface ClickToCalls {
  asked: number;
  /** Answered that the call is placed, with its id. */
  placed: number;
  /** By the PBX. */
  calls: number;
  /** Of those, to a number that it had called already. */
  duplicates: number;
  /** What the PBX takes for an answer, and how long ours took beyond it. */
  pbxMs: number;
  beyondMs: Percentiles;
}

/** Processes of the product. */
const PRODUCT: ReadonlySet<string> = new Set([...APPS, SECOND_API, 'standalone', 'floor-in', 'floor-out']);
/** The bench's own, which a customer's machine does not run. */
const OURS: ReadonlySet<string> = new Set(['load', 'sink', 'sockets']);

export function resultOf(
  workload: string,
  { judgement, cpuSeconds, rssMb, counted, walBytes, badSignatures }: Measured,
  options: BenchOptions & { loop: 'open' | 'closed' },
): BenchResult {
  const { accepted, delivered, firstSentMs, lastAnswerMs, lastDeliveryMs } = judgement;
  const perSecond = (count: number, fromMs: number, toMs: number) =>
    toMs > fromMs ? Math.round((count * 1000) / (toMs - fromMs)) : 0;
  const per = (amount: number, count: number) =>
    count === 0 ? 0 : Math.round((amount / count) * 10_000) / 10_000;
  const namedPer = (metric: string): Record<string, number> =>
    Object.fromEntries(namedCounts(counted, metric).map(([name, n]) => [name, per(n, accepted)]));
  const acceptedPerSecond = perSecond(accepted, firstSentMs, lastAnswerMs);
  const sumOf = (isCounted: (name: string) => boolean) =>
    Object.entries(cpuSeconds).reduce((sum, [name, used]) => sum + (isCounted(name) ? used : 0), 0);

  return {
    workload,
    queue: options.queue,
    rate: options.loop === 'open' ? options.rate : acceptedPerSecond,
    seconds: options.seconds,
    accepted,
    delivered,
    lost: judgement.lost,
    duplicates: judgement.duplicates,
    outOfOrder: judgement.outOfOrder,
    eventsPerSecond:
      judgement.owed === 0 ? acceptedPerSecond : perSecond(delivered, firstSentMs, lastDeliveryMs),
    ingestMs: percentiles(judgement.ingestMs),
    endToEndMs: percentiles(judgement.endToEndMs),
    cpuSecondsPer1000: per(sumOf((name) => PRODUCT.has(name)) * 1000, accepted),
    rssMb,
    statementsPerEvent: per(counted.get('switchhook_statements_total') ?? 0, accepted),
    jobsPerEvent: per(counted.get('switchhook_jobs_total') ?? 0, accepted),
    refused: judgement.refused,
    statuses: judgement.statuses,
    acceptedPerSecond,
    cpuSecondsPer1000Of: Object.fromEntries(
      Object.entries(cpuSeconds).map(([name, seconds]) => [name, per(seconds * 1000, accepted)]),
    ),
    cpuSecondsPer1000OfServer: per(sumOf((name) => !OURS.has(name)) * 1000, accepted),
    statementsPerEventOf: namedPer('switchhook_statements_total'),
    jobsPerEventOf: namedPer('switchhook_jobs_total'),
    walBytesPerEvent: Math.round(per(walBytes, accepted)),
    badSignatures,
  };
}

/** What was counted under a label of a metric, most first. */
function namedCounts(counted: ReadonlyMap<string, number>, metric: string): [name: string, count: number][] {
  const before = `${metric}{`;
  return [...counted]
    .filter(([key, count]) => key.startsWith(before) && count > 0)
    .map(([key, count]): [string, number] => [key.slice(before.length, -1), count])
    .sort(([, a], [, b]) => b - a);
}

const ms = ({ p50, p95, p99, max }: Percentiles): string =>
  `p50 ${String(p50)}   p95 ${String(p95)}   p99 ${String(p99)}   max ${String(max)} ms`;

/** Lines for people. */
export function tableOf(result: BenchResult): string {
  const listed = (values: Record<string, number>) =>
    Object.entries(values)
      .map(([name, value]) => `${name} ${String(value)}`)
      .join('   ');
  const rows: [string, string][] = [
    [
      'workload',
      `${result.workload} on ${result.queue}, ${String(result.rate)}/s for ${String(result.seconds)} s`,
    ],
    [
      'accepted',
      `${String(result.accepted)} (${String(result.acceptedPerSecond)}/s), refused ${String(result.refused)}; answers ${listed(result.statuses)}`,
    ],
    ['delivered', `${String(result.delivered)} (${String(result.eventsPerSecond)}/s)`],
    ['lost', String(result.lost)],
    [
      'duplicates',
      `${String(result.duplicates)}, out of order ${String(result.outOfOrder)}, wrong signatures ${String(result.badSignatures)}`,
    ],
    ['ingest', ms(result.ingestMs)],
    ['end to end', ms(result.endToEndMs)],
    ...ownRows(result),
    ...consoleRows(result),
    [
      'CPU s/1000',
      `${String(result.cpuSecondsPer1000OfServer)}, product alone ${String(result.cpuSecondsPer1000)} (${listed(result.cpuSecondsPer1000Of)})`,
    ],
    ['RSS MB', listed(result.rssMb)],
    [
      'per event',
      `${String(result.statementsPerEvent)} statements, ${String(result.jobsPerEvent)} jobs, ${String(result.walBytesPerEvent)} bytes of WAL`,
    ],
    ['statements', listed(result.statementsPerEventOf)],
    ['jobs', listed(result.jobsPerEventOf)],
  ];
  const table = rows.map(([name, text]) => `${name.padEnd(12)}${text}`).join('\n');
  return result.growth === undefined ? table : `${table}\n\n${growthTable(result.growth)}`;
}

/** CONSOLE. */
function consoleRows({ lists = {}, firstScreen }: BenchResult): [string, string][] {
  const widest = Math.max(0, ...Object.keys(lists).map(({ length }) => length));
  return Object.entries({ ...lists, ...firstScreen }).map(([name, took]) => [
    name.padEnd(widest + 2),
    ms(took),
  ]);
}

/** What only some workloads have to say. */
function ownRows(result: BenchResult): [string, string][] {
  const rows: [string, string][] = [];
  const { healthyEndToEndMs, baselineEndToEndMs, afterHealing, owedToTheDead, replyMs, wrong = 0 } = result;
  if (healthyEndToEndMs) rows.push(['healthy', ms(healthyEndToEndMs)]);
  if (baselineEndToEndMs) rows.push(['baseline', ms(baselineEndToEndMs)]);
  if (afterHealing) {
    const { drainSeconds, peakPerSecond, limitPerSecond } = afterHealing;
    const peak = `busiest second of an endpoint ${String(peakPerSecond)}, its limit ${String(limitPerSecond)}/s`;
    rows.push(['healed', `drained after ${String(drainSeconds)} s; ${peak}`]);
  }
  if (owedToTheDead) {
    const { waiting, attempts, attemptsPerSecond } = owedToTheDead;
    const tries = `tried ${String(attempts)} times, ${String(attemptsPerSecond)}/s`;
    rows.push(['dead', `${String(waiting)} waiting; ${tries}`]);
  }
  const { steadyEndToEndMs, inFlight } = result;
  if (steadyEndToEndMs) rows.push(['second half', ms(steadyEndToEndMs)]);
  if (inFlight) {
    rows.push([
      'in flight',
      `${String(inFlight.count)} at the kill; ${ms(inFlight.msFromRestart)} from the restart`,
    ]);
  }
  if (result.socketMs) rows.push(['socket', ms(result.socketMs)]);
  if (result.wallboard) {
    const { settledMb, endMb, growth, settledNodes, endNodes, mostInCalls } = result.wallboard;
    rows.push([
      'wallboard',
      `${settledMb.toFixed(2)} MiB when settled, ${endMb.toFixed(2)} at the end: ${(growth * 100).toFixed(1)} % more; ` +
        `nodes ${String(settledNodes)}, ${String(endNodes)}; at most ${String(mostInCalls)} agents in calls`,
    ]);
  }
  if (result.sockets) {
    const { count, events, lateMs } = result.sockets;
    rows.push([
      'sockets',
      `${String(count)} heard ${String(events)} events; their process late by ${ms(lateMs)}`,
    ]);
  }
  if (replyMs) rows.push(['reply', `${ms(replyMs)}, wrong ${String(wrong)}`]);
  if (result.againMs) rows.push(['again', ms(result.againMs)]);
  if (result.click2call) {
    const { asked, placed, calls, duplicates, pbxMs, beyondMs } = result.click2call;
    rows.push(['orders', `${String(asked)} asked, ${String(placed)} placed`]);
    rows.push(['PBX', `${String(calls)} calls, ${String(duplicates)} of them to a number again`]);
    rows.push([`beyond ${String(pbxMs)}`, ms(beyondMs)]);
  }
  if (result.sourcesAsked !== undefined) rows.push(['sources', `asked ${String(result.sourcesAsked)} times`]);
  return rows;
}
