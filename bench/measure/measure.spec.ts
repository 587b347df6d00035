import { CrmSink } from '../../apps/simulator/index.js';
import { callId } from '../load/call-numbers.js';
import type { LoadOutcome } from '../load/load-contract.js';
import { harvestOf, type Harvest } from './harvest.js';
import { judge } from './judge.js';
import { peakPerSecond } from './peak-rate.js';
import { parseStat, usageOf } from './process-usage.js';
import { difference, parseMetrics } from './scrape.js';

const PREFIX = '20261121070000main';

/** Message n is sent at 10n and answered 5 later. */
function load(...statuses: number[]): LoadOutcome {
  const sentMs = Float64Array.from(statuses, (_, at) => at * 10);
  return {
    sentMs,
    answeredMs: sentMs.map((sent) => sent + 5),
    statuses: Uint16Array.from(statuses),
    cpuSeconds: 0,
  };
}

interface Arrival {
  call: number;
  sequence?: number;
  atMs?: number;
  id?: string;
  name?: number;
}

function arrivals(...given: Arrival[]): Harvest {
  return {
    names: ['one', 'two'],
    name: Uint32Array.from(given, ({ name = 0 }) => name),
    callIds: given.map(({ call }) => callId(PREFIX, call)),
    webhookIds: given.map(({ id }, at) => id ?? `msg-${String(at)}`),
    sequences: Uint32Array.from(given, ({ sequence = 1 }) => sequence),
    receivedMs: Float64Array.from(given, ({ atMs = 100 }) => atMs),
    badSignatures: 0,
  };
}

function judged(outcome: LoadOutcome, harvest: Harvest, fanOut = 1) {
  return judge(outcome, harvest, { prefix: PREFIX, fanOut });
}

describe('the judge', () => {
  it('finds nothing wrong when everything came once', () => {
    const verdict = judged(load(200, 200), arrivals({ call: 0, atMs: 12 }, { call: 1, atMs: 30 }));
    expect(verdict).toMatchObject({
      accepted: 2,
      refused: 0,
      owed: 2,
      delivered: 2,
      lost: 0,
      duplicates: 0,
      outOfOrder: 0,
    });
    expect(verdict).toMatchObject({
      ingestMs: [5, 5],
      endToEndMs: [12, 20],
      firstSentMs: 0,
      lastAnswerMs: 15,
      lastDeliveryMs: 30,
    });
  });

  it('keeps the times of each endpoint apart', () => {
    const both = arrivals({ call: 0, atMs: 12 }, { call: 0, atMs: 90, name: 1 }, { call: 1, atMs: 30 });
    expect([...judged(load(200, 200), both, 2).endToEndMsAt]).toEqual([
      ['one', [12, 20]],
      ['two', [90]],
    ]);
  });

  it('misses what was accepted and never came, and only that', () => {
    expect(judged(load(200, 200, 503, 0), arrivals({ call: 1 }))).toMatchObject({
      accepted: 2,
      refused: 2,
      statuses: { 0: 1, 200: 2, 503: 1 },
      delivered: 1,
      lost: 1,
    });
  });

  it('sees what came twice, by its id and by its place in the call', () => {
    const twice = arrivals(
      { call: 0, id: 'a' },
      { call: 0, id: 'a' },
      { call: 1, id: 'b' },
      { call: 1, id: 'c' },
    );
    expect(judged(load(200, 200), twice)).toMatchObject({ delivered: 2, lost: 0, duplicates: 2 });
  });

  it('does not let a duplicate stand in for what is missing', () => {
    expect(judged(load(200, 200), arrivals({ call: 0 }, { call: 0 }))).toMatchObject({
      delivered: 1,
      lost: 1,
      duplicates: 1,
    });
  });

  it('sees an event that overtakes an earlier one of its call', () => {
    const tenMessages = load(...Array<number>(10).fill(200));
    const others = Array.from({ length: 8 }, (_, call) => ({ call }));
    const legs = [
      { call: 8, sequence: 2 },
      { call: 8, sequence: 1 },
    ];
    expect(judged(tenMessages, arrivals(...others, ...legs))).toMatchObject({
      delivered: 9,
      lost: 0,
      outOfOrder: 1,
    });
    expect(judged(tenMessages, arrivals(...others, ...legs.reverse()))).toMatchObject({
      delivered: 9,
      outOfOrder: 0,
    });
  });

  it('wants one end of a call, whether both of its legs were accepted or one', () => {
    const one = arrivals({ call: 8 });
    const both = load(...Array<number>(8).fill(500), 200, 200);
    expect(judged(both, one)).toMatchObject({ accepted: 2, owed: 1, delivered: 1, lost: 0 });
    expect(judged(both, arrivals())).toMatchObject({ accepted: 2, delivered: 0, lost: 1 });
    const first = load(...Array<number>(9).fill(500), 200);
    expect(judged(first, one)).toMatchObject({ accepted: 1, owed: 1, delivered: 1, lost: 0 });
  });

  it('owes nobody what was committed although its answer was lost, and does not mind it', () => {
    expect(judged(load(200, 0), arrivals({ call: 0 }, { call: 1 }))).toMatchObject({
      accepted: 1,
      delivered: 1,
      lost: 0,
      duplicates: 0,
    });
  });

  it('wants every endpoint told', () => {
    const partly = arrivals({ call: 0, name: 0 }, { call: 0, name: 1 }, { call: 1, name: 0 });
    expect(judged(load(200, 200), partly, 2)).toMatchObject({
      owed: 4,
      delivered: 3,
      lost: 1,
      duplicates: 0,
    });
  });

  it('leaves out calls of another run', () => {
    const harvest = arrivals({ call: 0 }, { call: 0 });
    harvest.callIds[1] = callId('20261121070000warm', 0);
    expect(judged(load(200), harvest)).toMatchObject({ delivered: 1, duplicates: 0 });
  });

  it('reads what a real sink has seen', async () => {
    const sink = new CrmSink({ now: () => Date.now() });
    await sink.listen();
    const post = (name: string, call: number, sequence: number) =>
      fetch(sink.url(name), {
        method: 'POST',
        headers: { 'webhook-id': `${name}-${String(call)}-${String(sequence)}` },
        body: JSON.stringify({
          id: `e${String(call)}${String(sequence)}`,
          sequence,
          data: { vendorCallId: callId(PREFIX, call) },
        }),
      });
    await post('a', 0, 1);
    await post('b', 0, 1);
    await post('b', 0, 1);
    const harvest = harvestOf(sink);
    await sink.close();
    expect(harvest).toMatchObject({
      names: ['a', 'b'],
      name: Uint32Array.of(0, 1, 1),
      sequences: Uint32Array.of(1, 1, 1),
    });
    expect(judged(load(200), harvest, 2)).toMatchObject({ owed: 2, delivered: 2, lost: 0, duplicates: 1 });
  });
});

describe('usage', () => {
  it('is read from a process with an awkward name', () => {
    const rest = 'S 77 1 1 0 -1 4194304 100 0 0 0 150 50 7 3 20 0 1 0 1 1 1';
    expect(parseStat(`42 (po) st) ${rest}`)).toEqual({ parent: 77, ticks: 210 });
  });

  it('of a process that is gone is nothing', async () => {
    expect(await usageOf(2 ** 30)).toEqual({ cpuSeconds: 0, rssMb: 0 });
  });
});

describe('counters', () => {
  const text = `# HELP switchhook_statements_total SQL statements
# TYPE switchhook_statements_total counter
switchhook_statements_total{statement="receipts.insert",process="ingress"} 7
switchhook_statements_total{process="ingress",statement="receipts.due"} 5
switchhook_jobs_total{queue="connection",process="enricher"} 1.5e1
process_cpu_seconds_total 2
`;

  it('are added up over labels, and kept apart by one of them', () => {
    const counters = parseMetrics(text, 'statement', 'queue');
    expect(counters.get('switchhook_statements_total')).toBe(12);
    expect(counters.get('switchhook_statements_total{receipts.due}')).toBe(5);
    expect(counters.get('switchhook_jobs_total')).toBe(15);
    expect(counters.get('process_cpu_seconds_total')).toBe(2);
  });

  it('that were set back by a restart count from nothing', () => {
    const then = new Map([
      ['a', 10],
      ['b', 10],
    ]);
    expect(
      difference(
        then,
        new Map([
          ['a', 15],
          ['b', 4],
          ['c', 2],
        ]),
      ),
    ).toEqual(
      new Map([
        ['a', 5],
        ['b', 4],
        ['c', 2],
      ]),
    );
  });
});

describe('the peak rate', () => {
  it('is that of the busiest second of one endpoint', () => {
    const times = [0, 400, 900, 1_100, 1_300, 9_000].map((atMs, call) => ({ call, atMs }));
    const elsewhere = [0, 1, 2].map((atMs) => ({ call: 9, atMs, name: 1 }));
    expect(peakPerSecond(arrivals(...times, ...elsewhere))).toBe(4);
    expect(peakPerSecond(arrivals())).toBe(0);
  });
});
