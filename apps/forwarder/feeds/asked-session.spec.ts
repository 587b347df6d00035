import { describe, expect, it } from '@jest/globals';
import { instant } from '#domain';
import type { DriverAnswer, FeedPhone, FeedTold } from '#pbx';
import { ASK_EVERY_MS, askedSession } from './asked-session.js';

const phone: FeedPhone = {
  ...{ key: '101', words: ['101'], agent: null, status: null, since: null, device: 'unreachable' },
  calls: [],
};
type Answer = DriverAnswer<{ phones: FeedPhone[] }>;
const THERE: Answer = { kind: 'done', phones: [phone] };

/** With a clock that goes on only while it is waited. */
async function session(answers: readonly Answer[], isOver: (asked: number) => boolean = () => false) {
  let now = 0;
  const asked: number[] = [];
  const told: FeedTold[] = [];
  const end = await askedSession({
    ask: () => {
      asked.push(now);
      return Promise.resolve(answers[asked.length - 1] ?? { kind: 'unknown', why: 'No more is scripted.' });
    },
    heard: (news) => Promise.resolve(void told.push(news)),
    isOver: () => isOver(asked.length),
    delay: (ms) => Promise.resolve(void (now += ms)),
    clock: { now: () => instant(now) },
  });
  return { end, asked, told };
}

describe('a PBX that is asked for its phones', () => {
  it('is asked again and again, and all that it has is told each time', async () => {
    const { asked, told } = await session([THERE, { kind: 'done', phones: [] }]);
    expect(asked).toEqual([0, ASK_EVERY_MS, 2 * ASK_EVERY_MS]);
    expect(told).toEqual([
      { kind: 'phones', phones: [phone], isAll: true },
      { kind: 'phones', phones: [], isAll: true },
    ]);
  });

  it.each<[string, Answer]>([
    ['No socket.', { kind: 'refused', reason: 'No socket.', code: null, text: null }],
    ['Late.', { kind: 'unknown', why: 'Late.' }],
  ])('is down as soon as it does not answer: %s', async (reason, answer) => {
    const { end } = await session([THERE, answer]);
    expect(end).toEqual({ kind: 'broken', reason, heardMs: ASK_EVERY_MS });
  });

  it('is let go of when we have to, and what it says just then is not told', async () => {
    const { end, told } = await session([THERE], (asked) => asked === 1);
    expect(end).toEqual({ kind: 'ours' });
    expect(told).toEqual([]);
  });
});
