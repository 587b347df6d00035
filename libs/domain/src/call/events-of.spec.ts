import fc from 'fast-check';
import { id, instant } from '../ids.js';
import type { CallId, ConnectionId } from '../ids.js';
import type { CallEventType } from './call-event-type.js';
import type { Call, CallLeg } from './call.js';
import { CALL_RESULTS, DIRECTIONS } from './call.js';
import { closeCall } from './close-call.js';
import { eventsOf } from './events-of.js';
import { foldCall } from './fold-call.js';
import { LEG_PHASES } from './leg-report.js';
import type { LegReport } from './leg-report.js';
import { heard, leg } from './leg.fixture.js';
import { NOTHING_TOLD, toldAlso, type ToldSoFar } from './told-so-far.js';

const ids = { id: id<CallId>('c-1'), connectionId: id<ConnectionId>('k-1'), vendorCallId: 'v-1' };
const AT = instant(5_000_000);
const STEP = { order: 0, layerId: '3', layerName: 'Main', layerNumber: 0, digits: '1' };

/** A leg that is reported, or `close` for the end of our patience. */
type Step = CallLeg | 'close';

/** What CRMs are told when this comes in, one after another. */
function told(...steps: Step[]): string[] {
  let call: Call | null = null;
  const all: CallEventType[] = [];
  let so = NOTHING_TOLD;
  for (const step of steps) {
    if (step === 'close' && (call === null || call.closedAt !== null)) continue;
    const after: Call = step === 'close' ? closeCall(call as Call, AT) : foldCall(call, [step], ids).call;
    const found = eventsOf(call, after, so, AT);
    so = toldAlso(so, found);
    const news: CallEventType[] = found.map(({ type }) => type);
    call = news.includes('call.ended') ? closeCall(after, AT) : after;
    all.push(...news);
  }
  return all.map((type) => type.replace('call.', ''));
}

const S = 1_000;
const x101 = { leg: 'x101', extension: '101' };
const x102 = { leg: 'x102', extension: '102' };
const rang = heard({ phase: 'ringing', ...x101 }, 10 * S);
const answered = heard({ phase: 'answered', ...x101 }, 15 * S);
const hungUp = heard({ phase: 'ended', ...x101, result: 'answered' }, 75 * S);
const cdr = leg();
const missedCdr = leg({ result: 'missed', vendorStatus: 'NOANSWER', talkSeconds: 0 });
const agent = leg({ leg: 'agent', direction: 'outbound' });
const customer = leg({ leg: 'customer', direction: 'outbound' });
const recording = leg({
  phase: 'noted',
  recordings: [{ url: 'https://a/1.mp3' }],
  ringSeconds: null,
  talkSeconds: null,
});

describe('eventsOf', () => {
  it.each<[string, Step[], string[]]>([
    ['a CDR alone', [cdr], ['ended']],
    ['a CDR and its duplicate', [cdr, cdr, leg({}, 3_000_000)], ['ended']],
    ['popups and their CDR', [rang, answered, hungUp, cdr], ['ringing', 'answered', 'ended']],
    ['popups that come after the CDR', [cdr, rang], ['ended', 'updated']],
    ['a ringing that comes after the answer', [answered, rang, cdr], ['answered', 'ended']],
    ['a hang-up that nothing follows', [rang, hungUp, 'close'], ['ringing', 'ended']],
    ['a recording that comes later', [cdr, recording, recording], ['ended', 'updated']],
    ['a further leg after the end', [cdr, leg({ leg: 'transfer' })], ['ended', 'updated']],
    [
      'the end of the whole call, while a phone seems to ring',
      [rang, heard({ phase: 'ended' }, 20 * S)],
      ['ringing', 'ended'],
    ],
    ['both legs of a call in two steps', [agent, customer], ['ended']],
    ['both legs, the other way round', [customer, agent], ['ended']],
    ['one leg of two, and nothing more', [agent, 'close'], ['ended']],
    ['the second leg, when patience has ended', [agent, 'close', customer], ['ended', 'updated']],
    ['nobody answers', [missedCdr], ['ended', 'missed']],
    ['nobody answers, and a late popup', [missedCdr, rang], ['ended', 'missed', 'updated']],
    ['it rings and is never heard of again', [rang, 'close'], ['ringing', 'ended']],
    [
      'it was answered and is never heard of again',
      [rang, answered, 'close'],
      ['ringing', 'answered', 'ended'],
    ],
    ['it is heard of after that', [rang, 'close', answered, cdr], ['ringing', 'ended', 'updated', 'updated']],
    ['a ring group', [rang, heard({ phase: 'ringing', ...x102 }, 12 * S)], ['ringing', 'ringing']],
  ])('%s', (_, steps, expected) => {
    expect(told(...steps)).toEqual(expected);
  });

  it('never calls missed what was answered elsewhere', () => {
    const elsewhere = heard(
      { phase: 'ended', ...x101, result: 'missed', vendorStatus: 'ANSWERED ELSEWHERE' },
      14 * S,
    );
    expect(told(rang, elsewhere, 'close')).toEqual(['ringing', 'ended']);
  });

  it('calls missed what rang in vain on several phones, once', () => {
    const end = (extension: typeof x101, at: number) =>
      heard({ phase: 'ended', ...extension, result: 'missed', vendorStatus: 'NOANSWER' }, at);
    const other = heard({ phase: 'ringing', ...x102 }, 10 * S);
    expect(told(rang, other, end(x101, 20 * S), end(x102, 20 * S), 'close')).toEqual([
      'ringing',
      'ringing',
      'ended',
      'missed',
    ]);
  });

  it('believes the end of the whole call, whatever still seems to ring', () => {
    const end = heard({ phase: 'ended', result: 'missed', vendorStatus: 'NO ANSWER' }, 20 * S);
    expect(told(rang, end)).toEqual(['ringing', 'ended', 'missed']);
  });

  it('calls no outgoing and no internal call missed', () => {
    expect(told({ ...missedCdr, direction: 'outbound' })).toEqual(['ended']);
    expect(told({ ...missedCdr, direction: 'internal' })).toEqual(['ended']);
  });

  it('does not call missed what may be going on without our hearing of it', () => {
    const stopped = heard({ phase: 'ended', ...x101, result: 'missed', vendorStatus: 'NOANSWER' }, 20 * S);
    const other = heard({ phase: 'ringing', ...x102 }, 20 * S);
    expect(told(rang, stopped, other, 'close')).toEqual(['ringing', 'ringing', 'ended']);
  });

  it('says when it happened, as far as anybody knows', () => {
    const call = foldCall(null, [cdr], ids).call;
    expect(eventsOf(null, call, NOTHING_TOLD, AT)).toEqual([
      { type: 'call.ended', occurredAt: 1_065_000, rang: [] },
    ]);
    const running = foldCall(null, [rang], ids).call;
    const ringing = { leg: 'x101', extension: '101', first: true };
    expect(eventsOf(null, running, NOTHING_TOLD, AT)).toEqual([
      { type: 'call.ringing', occurredAt: 10 * S, ringing, rang: ['101'] },
    ]);
    const before: ToldSoFar = { types: ['call.ringing'], rang: ['101'] };
    expect(eventsOf(running, closeCall(running, AT), before, AT)).toEqual([
      { type: 'call.ended', occurredAt: AT, rang: ['101'] },
    ]);
  });

  it('tells nothing impossible, whatever comes in whatever order', () => {
    const report = fc.record<Partial<LegReport> & Pick<LegReport, 'phase'>>({
      phase: fc.constantFrom(...LEG_PHASES),
      leg: fc.constantFrom('only', 'agent', 'customer', 'x101', 'x102', 'transfer'),
      direction: fc.constantFrom(...DIRECTIONS),
      result: fc.constantFrom(...CALL_RESULTS),
      vendorStatus: fc.constantFrom('', 'NOANSWER', 'Answered elsewhere'),
      startedEpochSeconds: fc.option(fc.integer({ min: 0, max: 100 })),
      ringSeconds: fc.option(fc.integer({ min: 0, max: 5 })),
      talkSeconds: fc.option(fc.integer({ min: 0, max: 5 })),
      queue: fc.option(fc.constant({ id: '7', name: null }), { freq: 1 }),
      ivrPath: fc.constantFrom([], [{ ...STEP, digits: '1' }], [{ ...STEP, digits: '2' }]),
    });
    const message = fc
      .tuple(report, fc.integer({ min: 0, max: 100_000 }))
      .map(([said, at]) => heard(said, at));
    const step = fc.oneof(
      { weight: 5, arbitrary: message },
      { weight: 1, arbitrary: fc.constant('close' as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const all = told(...steps);
        const milestones = all.filter((type) => !/^(ivr|queue)/.test(type)).join(' ');
        expect(milestones).toMatch(/^(ringing ?)*(answered)?( ?ended( missed)?( updated)*)?$/);
        const queue = all.filter((type) => type.startsWith('queue') || type === 'ended').join(' ');
        expect(queue).toMatch(/^(queue\.joined( queue\.left)?)?$|^(queue\.joined queue\.left )?ended$/);
        expect(all.slice(all.indexOf('ended') + 1)).not.toContain(all.includes('ended') ? 'ivr.input' : '');
      }),
      { numRuns: 3000 },
    );
  });

  it('tells the end of every call, when patience ends at the latest', () => {
    const phase = fc.constantFrom(...LEG_PHASES);
    fc.assert(
      fc.property(fc.array(phase, { minLength: 1, maxLength: 4 }), (phases) => {
        const legs = phases.map((each, index) => heard({ phase: each, ...x101 }, index * S));
        expect(told(...legs, 'close').filter((type) => type === 'ended')).toHaveLength(1);
      }),
    );
  });
});
