import { id } from '../ids.js';
import { instant } from '../ids.js';
import type { CallId, ConnectionId } from '../ids.js';
import type { CallLeg } from './call.js';
import { closeCall } from './close-call.js';
import { foldCall } from './fold-call.js';
import { heard, leg } from './leg.fixture.js';

const ids = { id: id<CallId>('c-1'), connectionId: id<ConnectionId>('k-1'), vendorCallId: 'v-1' };
const fold = (...legs: CallLeg[]) => foldCall(null, legs, ids).call;
const bothWays = (...legs: CallLeg[]) => {
  const call = fold(...legs);
  expect(fold(...[...legs].reverse())).toEqual(call);
  return call;
};

const S = 1_000;
const x101 = { leg: 'x101', extension: '101' };
const x102 = { leg: 'x102', extension: '102' };

describe('a call told by messages without times', () => {
  const rang = heard({ phase: 'ringing', ...x101 }, 10 * S);
  const answered = heard({ phase: 'answered', ...x101 }, 15 * S);
  const ended = heard({ phase: 'ended', ...x101, result: 'answered', vendorStatus: 'ANSWER' }, 75 * S);

  it('rings, is answered and ends', () => {
    expect(fold(rang)).toMatchObject({
      state: 'ringing',
      result: 'unknown',
      startedAt: 10 * S,
      endedAt: null,
    });
    expect(fold(rang, answered)).toMatchObject({ state: 'answered', result: 'answered', endedAt: null });
    expect(bothWays(rang, answered, ended)).toMatchObject({
      state: 'ended',
      result: 'answered',
      startedAt: 10 * S,
      answeredAt: 15 * S,
      endedAt: 75 * S,
      ringSeconds: 5,
      talkSeconds: 60,
    });
  });

  it('rang nobody knows how long when only its end tells that it was answered', () => {
    expect(bothWays(rang, ended)).toMatchObject({
      state: 'ended',
      result: 'answered',
      answeredAt: null,
      endedAt: 75 * S,
      ringSeconds: null,
      talkSeconds: null,
    });
  });

  it('takes the first of repeated words that it rang, and the first that it ended', () => {
    const again = heard({ phase: 'ringing', ...x101 }, 11 * S);
    const endedAgain = heard({ phase: 'ended', ...x101, result: 'answered' }, 76 * S);
    expect(bothWays(again, rang, endedAgain, answered, ended)).toMatchObject({
      startedAt: 10 * S,
      endedAt: 75 * S,
    });
  });

  it('believes the times of a CDR of the same leg before them', () => {
    const cdr = leg({ ...x101, startedEpochSeconds: 9, ringSeconds: 4, talkSeconds: 61 }, 90 * S);
    expect(bothWays(rang, answered, ended, cdr)).toMatchObject({
      startedAt: 9 * S,
      answeredAt: 13 * S,
      endedAt: 74 * S,
      talkSeconds: 61,
    });
  });

  it('believes the CDR of the whole call before them, and counts its conversation once', () => {
    const cdr = leg({ startedEpochSeconds: 9, ringSeconds: 4, talkSeconds: 61, from: '0722776772' }, 90 * S);
    expect(bothWays(rang, answered, ended, cdr)).toMatchObject({
      state: 'ended',
      vendorType: 'Incoming Call',
      startedAt: 9 * S,
      answeredAt: 13 * S,
      endedAt: 74 * S,
      ringSeconds: 4,
      talkSeconds: 61,
      extension: '101',
    });
  });

  it('knows the start that a popup tells, and no end of it', () => {
    const popup = heard({ phase: 'ringing', ...x101, startedEpochSeconds: 8 }, 10 * S);
    const hangup = heard({ phase: 'ended', ...x101, startedEpochSeconds: 8 }, 30 * S);
    expect(bothWays(popup, hangup)).toMatchObject({ startedAt: 8 * S, endedAt: 30 * S, ringSeconds: 20 });
  });
});

describe('a phone that was found to be gone', () => {
  const answered = heard({ phase: 'answered', ...x101 }, 15 * S);
  const gone = (at: number) =>
    heard({ phase: 'ended', ...x101, resultGuessed: true, endGuessed: true, toldAt: at }, 90 * S);
  const ended = heard({ phase: 'ended', ...x101, result: 'answered' }, 75 * S);

  it('ended as soon as it may have, after all that was heard of it', () => {
    expect(bothWays(answered, gone(70 * S), gone(60 * S))).toMatchObject({
      state: 'ended',
      result: 'answered',
      endedAt: 70 * S,
      talkSeconds: 55,
    });
    expect(bothWays(answered, gone(14 * S))).toMatchObject({ answeredAt: 15 * S, endedAt: 15 * S });
  });

  it.each([60, 74, 80])('ended when that was told, whatever was guessed: %i', (at) => {
    expect(bothWays(answered, gone(at * S), ended)).toMatchObject({ state: 'ended', endedAt: 75 * S });
  });

  it('ended when that was told, also where the call was closed for gone before', () => {
    const closed = closeCall(fold(answered, gone(60 * S)), instant(90 * S));
    expect(foldCall(closed, [ended], ids).call).toMatchObject({ state: 'ended', endedAt: 75 * S });
    const told = closeCall(fold(answered, ended), instant(90 * S));
    expect(foldCall(told, [gone(60 * S)], ids).changed).toBe(false);
  });

  it('goes on where it rings again, and ended after that when it is gone again', () => {
    const ringsAgain = heard({ phase: 'ringing', ...x101 }, 80 * S);
    const takenAgain = heard({ phase: 'answered', ...x101 }, 82 * S);
    const untaken = heard({ phase: 'ended', ...x101, result: 'missed' }, 30 * S);
    const rang = heard({ phase: 'ringing', ...x101 }, 10 * S);
    const again = [rang, untaken, ringsAgain, takenAgain];
    expect(bothWays(...again)).toMatchObject({ state: 'answered', endedAt: null });
    expect(bothWays(...again, gone(85 * S))).toMatchObject({ state: 'ended', endedAt: 85 * S });
  });
});

describe('a ring group', () => {
  const rang101 = heard({ phase: 'ringing', ...x101 }, 10 * S);
  const rang102 = heard({ phase: 'ringing', ...x102 }, 10 * S);
  const took102 = heard({ phase: 'answered', ...x102 }, 14 * S);
  const elsewhere = heard(
    { phase: 'ended', ...x101, result: 'missed', vendorStatus: 'Answered elsewhere' },
    14 * S,
  );

  it('is answered when one of its extensions is', () => {
    expect(bothWays(rang101, rang102, took102, elsewhere)).toMatchObject({
      state: 'answered',
      result: 'answered',
      extension: '102',
    });
  });

  it('goes on ringing while one of its extensions does', () => {
    const gaveUp = heard({ phase: 'ended', ...x101, result: 'missed' }, 20 * S);
    expect(bothWays(rang101, rang102, gaveUp)).toMatchObject({ state: 'ringing', result: 'unknown' });
  });

  it('was answered when a phone stopped because of it, even if nobody told who answered', () => {
    expect(bothWays(rang101, elsewhere)).toMatchObject({ state: 'ended', result: 'answered' });
  });

  describe('that rings the same extension again', () => {
    const turn = (phase: 'ringing' | 'answered' | 'ended', at: number, began?: number) =>
      heard(
        {
          phase,
          ...x101,
          result: phase === 'ended' ? 'missed' : 'unknown',
          startedEpochSeconds: began ?? null,
        },
        at * S,
      );

    it('rings, where the PBX tells when that began', () => {
      const first = [turn('ringing', 10, 10), turn('ended', 20, 10)];
      const again = turn('ringing', 26, 26);
      expect(bothWays(...first, again)).toMatchObject({ state: 'ringing', startedAt: 10 * S });
      expect(bothWays(...first, again, turn('ended', 36, 26))).toMatchObject({
        state: 'ended',
        endedAt: 36 * S,
      });
    });

    it('has stopped as far as is known, where the second ringing could be the first one, repeated', () => {
      const repeated = [turn('ringing', 10), turn('ended', 20), turn('ringing', 26)];
      expect(bothWays(...repeated)).toMatchObject({ state: 'ended', result: 'missed', endedAt: 20 * S });
      expect(bothWays(...repeated, turn('ended', 36))).toMatchObject({ endedAt: 36 * S });
    });

    it('is answered by it, whether or not the PBX tells when that began', () => {
      for (const began of [undefined, 9]) {
        const turns = [turn('ringing', 10, began), turn('ended', 20, began), turn('ringing', 26, began)];
        const answered = [...turns, turn('answered', 30, began)];
        expect(bothWays(...answered)).toMatchObject({ state: 'answered', answeredAt: 30 * S });
        expect(bothWays(...answered, turn('ended', 90, began))).toMatchObject({
          state: 'ended',
          result: 'answered',
          endedAt: 90 * S,
        });
      }
    });
  });

  it.each([
    ['said that it was answered', { result: 'answered', vendorStatus: 'ANSWER' }],
    ['did not say', { result: 'missed', resultGuessed: true }],
    ['could not say', { result: 'unknown', vendorStatus: '' }],
  ] as const)('takes an answer that was held up for no new one, when its end %s', (_, said) => {
    const end = heard({ phase: 'ended', ...x102, ...said }, 30 * S);
    const late = heard({ phase: 'answered', ...x102 }, 50 * S);
    expect(bothWays(rang102, end, late)).toMatchObject({
      state: 'ended',
      result: 'answered',
      answeredAt: null,
      endedAt: 30 * S,
    });
  });

  it('has ended when its messages merely overtook each other', () => {
    const stopped = heard({ phase: 'ended', ...x101, result: 'missed' }, 20 * S);
    const overtaken = heard({ phase: 'ringing', ...x101 }, 20 * S + 300);
    expect(bothWays(stopped, overtaken)).toMatchObject({ state: 'ended', result: 'missed' });
  });
});

describe('the end of the call as a whole', () => {
  it('is final: a message that the PBX repeats later, and an extension that seems to ring, do not open it', () => {
    const end = heard({ phase: 'ended', result: 'missed' }, 20 * S);
    const alert = heard({ phase: 'ringing' }, 9 * S);
    const repeated = heard({ phase: 'ringing' }, 26 * S);
    const rings = heard({ phase: 'ringing', ...x101 }, 10 * S);
    expect(bothWays(alert, rings, end, repeated)).toMatchObject({
      state: 'ended',
      result: 'missed',
      endedAt: 20 * S,
    });
  });
});

describe('a transfer', () => {
  const first = [
    heard({ phase: 'ringing', ...x101 }, 10 * S),
    heard({ phase: 'answered', ...x101 }, 12 * S),
    heard({ phase: 'ended', ...x101, result: 'answered' }, 42 * S),
  ];

  it('blind: the call is still an answered one while the second phone rings', () => {
    const second = heard({ phase: 'ringing', ...x102 }, 42 * S);
    expect(bothWays(...first, second)).toMatchObject({ state: 'answered', endedAt: null });
  });

  it('attended: the time in which both talked counts once', () => {
    const second = [
      heard({ phase: 'answered', ...x102 }, 32 * S),
      heard({ phase: 'ended', ...x102, result: 'answered' }, 92 * S),
    ];
    expect(bothWays(...first, ...second)).toMatchObject({ state: 'ended', endedAt: 92 * S, talkSeconds: 80 });
  });

  it('told by CDRs: each adds its own conversation', () => {
    const main = leg({ talkSeconds: 60 });
    const on = leg({ leg: 'transfer', startedEpochSeconds: 1065, ringSeconds: 0, talkSeconds: 30 });
    expect(bothWays(main, on)).toMatchObject({ talkSeconds: 90, endedAt: 1_095_000 });
  });
});

describe('a call in two steps', () => {
  it('rings while its agent has answered and the customer has not', () => {
    const agent = heard({ phase: 'answered', leg: 'agent', direction: 'outbound' }, 10 * S);
    const customer = heard({ phase: 'ringing', leg: 'customer', direction: 'outbound' }, 11 * S);
    expect(fold(agent).state).toBe('ringing');
    expect(bothWays(agent, customer).state).toBe('ringing');
    const answered = heard({ phase: 'answered', leg: 'customer', direction: 'outbound' }, 14 * S);
    expect(bothWays(agent, customer, answered)).toMatchObject({ state: 'answered', answeredAt: 14 * S });
  });
});

describe('a queue', () => {
  it('waits before anybody answers', () => {
    const call = fold(
      leg({ ringSeconds: 5, queueSeconds: 40, talkSeconds: 60, queue: { id: '7', name: 'Sales' } }),
    );
    expect(call).toMatchObject({ queueSeconds: 40, answeredAt: 1_045_000, endedAt: 1_105_000 });
  });

  it('that was given up is a call that nobody took', () => {
    const call = fold(leg({ result: 'abandoned', ringSeconds: null, queueSeconds: 40, talkSeconds: 0 }));
    expect(call).toMatchObject({ result: 'abandoned', answeredAt: null, endedAt: 1_040_000 });
  });
});
