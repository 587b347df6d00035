import fc from 'fast-check';
import { id, instant, type CallId, type ConnectionId } from '../ids.js';
import type { Call, CallLeg } from './call.js';
import { closeCall } from './close-call.js';
import { foldCall } from './fold-call.js';
import type { LegReport } from './leg-report.js';
import { heard, leg } from './leg.fixture.js';
import { DEFAULT_TIMING } from './settle-at.js';
import { whichCall } from './which-call.js';

const S = 1_000;
const MINUTE = 60 * S;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const [ANN, BEN, DID] = ['0501234567', '0521234567', '0722776772'];
const x101 = { leg: 'c1@101', extension: '101', did: DID, to: DID };

let made = 0;
function callOf(...legs: CallLeg[]): Call {
  const ids = {
    id: id<CallId>(`c-${String((made += 1))}`),
    connectionId: id<ConnectionId>('k-1'),
    vendorCallId: 'v-1',
  };
  return foldCall(null, legs, ids).call;
}

/** An event of a phone, from a PBX that tells no times. */
const phone = (phase: 'ringing' | 'answered' | 'ended', at: number, said: Partial<LegReport> = {}) =>
  heard(
    { phase, ...x101, from: ANN, ...(phase === 'ended' && { result: 'answered' as const }), ...said },
    at,
  );
/** A CDR that comes when its call is over. */
const cdr = (from: string, startedAt: number, said: Partial<LegReport> = {}) =>
  leg({ from, to: DID, startedEpochSeconds: startedAt / S, ...said }, startedAt + 66 * S);

/** Whose call the message is taken for. */
function whose(calls: Record<string, Call>, message: CallLeg, at: number): string {
  const found = whichCall(Object.values(calls), [message], { at: instant(at), timing: DEFAULT_TIMING });
  return Object.keys(calls).find((name) => calls[name] === found) ?? 'new';
}

const T = 10 * DAY;
const talked = closeCall(
  callOf(phone('ringing', T), phone('answered', T + 5 * S), phone('ended', T + MINUTE)),
  instant(T + 63 * S),
);
const told = closeCall(callOf(cdr(ANN, T)), instant(T + 66 * S));
const withheld = closeCall(callOf(cdr('Anonymous', T)), instant(T + 66 * S));

describe('an id that comes again', () => {
  it.each<[string, Call, CallLeg, number, string]>([
    [
      'for another caller, two days later',
      talked,
      phone('ringing', T + 2 * DAY, { from: BEN }),
      T + 2 * DAY,
      'new',
    ],
    [
      'for another caller, right after the end was told',
      talked,
      phone('ringing', T + 70 * S, { from: BEN }),
      T + 70 * S,
      'new',
    ],
    [
      'for another caller who was answered',
      talked,
      phone('answered', T + DAY, { from: BEN }),
      T + DAY,
      'new',
    ],
    ['for another caller, by CDR', told, cdr(BEN, T + 2 * DAY), T + 2 * DAY + 66 * S, 'new'],
    ['for another caller, by a CDR of before', told, cdr(BEN, T - 2 * DAY), T + 70 * S, 'new'],
    ['for the same caller, two days later', talked, phone('ringing', T + 2 * DAY), T + 2 * DAY, 'new'],
    ['for the same caller, two days later, by CDR', told, cdr(ANN, T + 2 * DAY), T + 2 * DAY + 66 * S, 'new'],
    ['for nobody known, an hour later', withheld, cdr('Anonymous', T + HOUR), T + HOUR + 66 * S, 'new'],
    ['for nobody known, an hour before', withheld, cdr('Unknown', T - HOUR), T + 90 * S, 'new'],
    ['for nobody known, as a repetition an hour later', withheld, cdr('Anonymous', T), T + HOUR, 'old'],
    [
      'for nobody known, without a time',
      withheld,
      phone('ringing', T + HOUR, { from: 'Anonymous' }),
      T + HOUR,
      'old',
    ],
    ['for the same caller, soon', talked, phone('ringing', T + 5 * MINUTE), T + 5 * MINUTE, 'old'],
    ['as a repetition, days later', told, cdr(ANN, T), T + 3 * DAY, 'old'],
    ['as a hang-up of the same caller, days later', talked, phone('ended', T + 3 * DAY), T + 3 * DAY, 'old'],
    ['as a hang-up of another caller', talked, phone('ended', T + DAY, { from: BEN }), T + DAY, 'new'],
    [
      'with a recording, days later',
      told,
      heard({ phase: 'noted', from: ANN, recordings: [{ url: 'u' }] }, T + 3 * DAY),
      T + 3 * DAY,
      'old',
    ],
    [
      'when the call is handed on to a number outside',
      talked,
      phone('ringing', T + 90 * S, { leg: 'c2@101', direction: 'outbound', from: DID, to: '0541112222' }),
      T + 90 * S,
      'old',
    ],
    [
      'with a further CDR of a transfer',
      told,
      cdr('101', T + 70 * S, { leg: 'transfer', direction: 'outbound', to: '0541112222' }),
      T + 200 * S,
      'old',
    ],
    [
      'for a caller who withholds his number, soon',
      talked,
      phone('ringing', T + 90 * S, { from: 'Anonymous' }),
      T + 90 * S,
      'old',
    ],
    [
      'for a caller who withholds his number, by CDR',
      told,
      cdr('Anonymous', T + 2 * DAY),
      T + 2 * DAY + 66 * S,
      'new',
    ],
    [
      'in another spelling of the number',
      talked,
      phone('ringing', T + 90 * S, { from: '+972501234567' }),
      T + 90 * S,
      'old',
    ],
  ])('%s', (_, call, ...[message, at, expected]) => {
    expect(whose({ old: call }, message, at)).toBe(expected);
  });

  it('is of the call that goes on, whoever calls', () => {
    const rings = callOf(phone('ringing', T));
    expect(whose({ old: rings }, phone('ringing', T + MINUTE, { from: BEN }), T + MINUTE)).toBe('old');
    // Nobody looked at it since it should have been closed.
    expect(whose({ old: rings }, phone('ringing', T + DAY, { from: BEN }), T + DAY)).toBe('new');
  });

  it('is of the right one of two, by its people and by its time', () => {
    const later = closeCall(callOf(cdr(BEN, T + 2 * DAY)), instant(T + 2 * DAY + 66 * S));
    const both = { ann: told, ben: later };
    expect(whose(both, cdr(ANN, T), T + 3 * DAY)).toBe('ann');
    expect(whose(both, cdr(BEN, T + 2 * DAY), T + 3 * DAY)).toBe('ben');
    expect(whose(both, heard({ phase: 'noted', from: '' }, T + 3 * DAY), T + 3 * DAY)).toBe('ben');
    // A replay keeps its time of receipt.
    expect(whose(both, phone('ringing', T + S, { leg: 'x101' }), T + S)).toBe('ann');
    expect(whose({ ben: later }, phone('ringing', T, { leg: 'x101' }), T)).toBe('new');
    const again = closeCall(callOf(cdr(ANN, T + 2 * DAY)), instant(T + 2 * DAY + 66 * S));
    expect(whose({ ann: told, again }, phone('ringing', T), T)).toBe('ann');
    expect(whose({ ann: told, again }, cdr(ANN, T + 2 * DAY), T + 9 * DAY)).toBe('again');
  });
});

describe('messages that tell their own times', () => {
  it('make the same calls in whatever order they come, however late', () => {
    const calls = fc.uniqueArray(
      fc.record({ day: fc.integer({ min: 0, max: 9 }), from: fc.constantFrom(ANN, BEN) }),
      {
        selector: ({ day }) => day,
        minLength: 1,
        maxLength: 4,
      },
    );
    const shuffled = calls.chain((all) =>
      fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length, maxLength: 2 * all.length }),
    );
    fc.assert(
      fc.property(shuffled, (messages) => {
        let known: Call[] = [];
        for (const { day, from } of messages) {
          const message = cdr(from, day * DAY + HOUR);
          const at = instant(20 * DAY);
          const found = whichCall(known, [message], { at, timing: DEFAULT_TIMING });
          const call = found === undefined ? callOf(message) : foldCall(found, [message], found).call;
          known = [...known.filter((one) => one !== found), closeCall(call, at)];
        }
        const made = known.map((call) => [call.startedAt, call.from.original]).sort();
        const meant = [...new Map(messages.map(({ day, from }) => [day, from]))];
        expect(made).toEqual(meant.map(([day, from]) => [day * DAY + HOUR, from]).sort());
      }),
    );
  });
});
