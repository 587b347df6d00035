import { readOptions } from './options.js';
import { resultOf, tableOf } from './result.js';
import type { Measured } from './measure/measure-run.js';
import { complaintsIn } from './stage/complaints.js';
import { Unwind } from './stage/unwind.js';
import { WORKLOADS, workloadNamed } from './workloads/registry.js';

describe('the command line', () => {
  it('has defaults for everything but the workload', () => {
    const { workload, options } = readOptions(['W1']);
    expect(workload).toBe('W1');
    expect(options).toMatchObject({
      queue: 'redis',
      rate: 1000,
      seconds: 60,
      tenants: 10,
      xmlShare: 0.2,
      ingestOnly: false,
    });
  });

  it.each([
    [['W1', '--queue', 'rabbit'], 'redis and postgres'],
    [['W1', '--rate', 'fast'], '--rate'],
    [['W1', '--rate', '0'], '--rate'],
    [['W1', '--xml', '2'], '--xml'],
    [['W1', '--speed', '9'], '--speed'],
  ])('%j is refused with a sentence about it', (args, about) => {
    expect(() => readOptions(args)).toThrow(about);
  });

  it('knows a workload’s own rate, which --rate overrules', () => {
    const rates = new Map([['POPUP', 500]]);
    expect(readOptions(['popup'], rates).options.rate).toBe(500);
    expect(readOptions(['POPUP', '--rate', '7'], rates).options.rate).toBe(7);
    expect(readOptions(['W1'], rates).options.rate).toBe(1000);
  });

  it('names the workloads there are when asked for another', () => {
    expect(workloadNamed('w8').name).toBe('W8');
    expect(() => workloadNamed('W99')).toThrow(WORKLOADS.map(({ name }) => name).join(' or '));
  });
});

describe('the result', () => {
  const measured: Measured = {
    judgement: {
      accepted: 1000,
      refused: 0,
      statuses: { 200: 1000 },
      owed: 1000,
      delivered: 1000,
      lost: 0,
      duplicates: 0,
      outOfOrder: 0,
      ingestMs: [1, 2, 3],
      endToEndMs: [10, 20, 30],
      deliveries: [],
      endToEndMsAt: new Map([['t1-e1', [10, 20, 30]]]),
      firstSentMs: 5_000,
      lastAnswerMs: 6_000,
      lastDeliveryMs: 7_000,
    },
    cpuSeconds: { ingress: 0.5, forwarder: 0.25, postgres: 9, sink: 1 },
    counted: new Map([
      ['switchhook_statements_total', 250],
      ['switchhook_statements_total{mailbox.take}', 100],
      ['switchhook_statements_total{receipt.insert}', 150],
      ['switchhook_jobs_total', 20],
    ]),
    walBytes: 5_000_000,
    rssMb: { ingress: 100 },
    loadCpuSeconds: 1,
    badSignatures: 0,
  };
  const { options } = readOptions(['W1', '--rate', '1000', '--seconds', '1']);

  it('begins with exactly the fields of the design', () => {
    const result = resultOf('W1', measured, { ...options, loop: 'open' });
    const contract =
      'workload queue rate seconds accepted delivered lost duplicates outOfOrder eventsPerSecond ingestMs endToEndMs cpuSecondsPer1000 rssMb statementsPerEvent jobsPerEvent';
    expect(Object.keys(result).slice(0, 16)).toEqual(contract.split(' '));
    expect(result).toMatchObject({
      rate: 1000,
      eventsPerSecond: 500,
      endToEndMs: { p50: 20, p95: 30, p99: 30, max: 30 },
      cpuSecondsPer1000: 0.75,
      statementsPerEvent: 0.25,
      jobsPerEvent: 0.02,
      acceptedPerSecond: 1000,
      cpuSecondsPer1000OfServer: 9.75,
      statementsPerEventOf: { 'receipt.insert': 0.15, 'mailbox.take': 0.1 },
      walBytesPerEvent: 5000,
    });
    expect(tableOf(result)).toContain('p95 30');
  });

  it('of questions says how long replies took and how many were wrong', () => {
    const asked = { replyMs: { p50: 1, p95: 2, p99: 3, max: 4 }, wrong: 5 };
    const table = tableOf({ ...resultOf('POPUP', measured, { ...options, loop: 'open' }), ...asked });
    expect(table).toContain('p50 1   p95 2   p99 3   max 4 ms, wrong 5');
  });

  it('of a kill says when what was in flight came', () => {
    const inFlight = { count: 7, msFromRestart: { p50: 100, p95: 900, p99: 950, max: 960 } };
    const table = tableOf({ ...resultOf('KILL', measured, { ...options, loop: 'open' }), inFlight });
    expect(table).toContain('7 at the kill; p50 100   p95 900   p99 950   max 960 ms from the restart');
  });

  it('of an ingest-only run is told in acceptances', () => {
    const judgement = { ...measured.judgement, owed: 0, delivered: 0, lastDeliveryMs: 5_000, endToEndMs: [] };
    const result = resultOf('W8', { ...measured, judgement }, { ...options, loop: 'closed' });
    expect(result).toMatchObject({
      eventsPerSecond: 1000,
      rate: 1000,
      lost: 0,
      endToEndMs: { p50: 0, max: 0 },
    });
  });

  it('of a run that accepted nothing has no NaN in it', () => {
    const nothing = {
      ...measured.judgement,
      accepted: 0,
      delivered: 0,
      ingestMs: [],
      endToEndMs: [],
      lastAnswerMs: 5_000,
      lastDeliveryMs: 5_000,
    };
    expect(
      JSON.stringify(resultOf('W8', { ...measured, judgement: nothing }, { ...options, loop: 'closed' })),
    ).not.toContain('null');
  });
});

describe('complaints', () => {
  it('are told once with their number, the most frequent first', () => {
    const failed = JSON.stringify({
      level: 'error',
      event: 'request.failed',
      path: '/in/',
      err: { message: 'no partition' },
    });
    const warned = JSON.stringify({ level: 'warn', event: 'queue.error', detail: 'gone' });
    expect(complaintsIn([warned, failed, '', failed, '  at x.js:1'])).toEqual([
      '2 x error request.failed (no partition)',
      '1 x warn queue.error (gone)',
      '1 x at x.js:1',
    ]);
  });
});

describe('unwinding', () => {
  it('goes backwards, does not stop at what fails, and does nothing twice', async () => {
    const done: string[] = [];
    const said: string[] = [];
    const unwind = new Unwind((line) => said.push(line));
    unwind.add('first', () => void done.push('first'));
    unwind.add('second', () => Promise.reject(new Error('stuck')));
    unwind.add('third', () => void done.push('third'));
    await unwind.run();
    await unwind.run();
    expect(done).toEqual(['third', 'first']);
    expect(said).toEqual(['could not undo second: stuck']);
  });
});
