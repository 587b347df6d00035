import { CLOSED_BREAKER } from '../delivery/breaker.js';
import { instant } from '../ids.js';
import { nextAttemptAt, type WaitingEndpoint } from './next-attempt-at.js';
import { rateLimitWords } from './rate-limit-words.js';

const NOON = instant(Date.UTC(2026, 10, 21, 12));
const IN = (seconds: number) => instant(NOON + seconds * 1000);
const WAITING: WaitingEndpoint = {
  sentTo: true,
  firstDueAt: IN(-5),
  breaker: CLOSED_BREAKER,
  waitsUntil: IN(-60),
};

describe('the next attempt', () => {
  it.each<[string, Partial<WaitingEndpoint>, number | null]>([
    ['is at once for what is due', {}, NOON],
    ['is when the first is due', { firstDueAt: IN(30) }, IN(30)],
    ['waits for an endpoint that asked for it', { firstDueAt: IN(30), waitsUntil: IN(60) }, IN(60)],
    [
      'waits for the breaker',
      { waitsUntil: IN(10), breaker: { state: 'open', until: IN(300), backOffMs: 300_000 } },
      IN(300),
    ],
    ['is none where nothing is owed', { firstDueAt: null }, null],
    ['is none where nothing is sent', { sentTo: false }, null],
  ])('%s', (_, traits, expected) => {
    expect(nextAttemptAt({ ...WAITING, ...traits }, NOON)).toBe(expected);
  });
});

describe('the words for a rate limit', () => {
  const limit = { perSecond: 1, burst: 10 };

  it('say how many may go, counting what flowed in since', () => {
    expect(rateLimitWords(limit, { tokens: 2, at: IN(-3) }, NOON)).toBe('5 of 10 may go at once.');
    expect(rateLimitWords(limit, { tokens: 0.5, at: IN(0) }, NOON)).toBe(
      'Used up: the next delivery may go at 2026-11-21T12:00:00.500Z.',
    );
    expect(rateLimitWords(null, null, NOON)).toBe('No rate limit.');
  });
});
