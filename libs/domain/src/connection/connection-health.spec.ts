import { instant } from '../ids.js';
import { heard, leg } from '../call/leg.fixture.js';
import { NOTHING_LEARNT, learn, type WebhookFacts } from './connection-health.js';
import { readHealth } from './read-health.js';
import { webhookLag } from './webhook-lag.js';

const S = 1_000;
const facts = (said: Partial<WebhookFacts> = {}): WebhookFacts => ({
  receivedAt: instant(100 * S),
  lagSeconds: null,
  unknownWords: [],
  unreadableFields: [],
  ...said,
});
const status = (word: string) => ({ kind: 'status' as const, word });
const learnt = (...all: Partial<WebhookFacts>[]) => learn(NOTHING_LEARNT, all.map(facts), 'utc');

describe('learn', () => {
  it('remembers when the last webhook came, whatever comes late', () => {
    expect(learnt({}, { receivedAt: instant(90 * S) }).lastWebhookAt).toBe(100 * S);
  });

  it('counts the words that nobody knows, the one seen last first', () => {
    const seen = learnt({ unknownWords: [status('ZAPPED')] }, { unknownWords: [status('BEAMED')] });
    const again = learn(
      seen,
      [facts({ receivedAt: instant(200 * S), unknownWords: [status('ZAPPED')] })],
      'utc',
    );
    expect(again.unknownWords).toEqual([
      { kind: 'status', word: 'ZAPPED', count: 2, lastSeenAt: 200 * S },
      { kind: 'status', word: 'BEAMED', count: 1, lastSeenAt: 100 * S },
    ]);
  });

  it('keeps no more words than fit, however many a stranger makes up', () => {
    const words = Array.from({ length: 80 }, (_, index) => ({ unknownWords: [status(`W${String(index)}`)] }));
    const { unknownWords } = learnt(...words);
    expect(unknownWords).toHaveLength(50);
    expect(unknownWords[0]?.word).toBe('W79');
  });

  it('counts the fields that hold what nobody can read', () => {
    const seen = learnt({ unreadableFields: ['dialtime', 'price'] }, { unreadableFields: ['dialtime'] });
    expect(seen.unreadableFields).toEqual([
      { name: 'dialtime', count: 2, lastSeenAt: 100 * S },
      { name: 'price', count: 1, lastSeenAt: 100 * S },
    ]);
  });

  it('keeps of a word what a database and a page can show', () => {
    const [word] = learnt({ unknownWords: [status(`\0A\ud800${'x'.repeat(500)}`)] }).unknownWords;
    expect(word?.word).toBe(`A\ufffd${'x'.repeat(62)}`);
  });

  it('keeps the last samples of the clock, and forgets them when the clock is read otherwise', () => {
    const lags = learnt(...Array.from({ length: 20 }, (_, index) => ({ lagSeconds: index }))).clock.lags;
    expect(lags).toEqual([19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5]);
    const other = learn(learnt({ lagSeconds: 7_200 }), [facts({ lagSeconds: 3 })], 'local Asia/Jerusalem');
    expect(other.clock).toEqual({ reading: 'local Asia/Jerusalem', lags: [3] });
  });
});

describe('webhookLag', () => {
  it('is the time since the end of the call that ended last', () => {
    const [early, late] = [leg({ startedEpochSeconds: 100 }), leg({ leg: 'customer' })];
    expect(webhookLag([early, late], instant(1_070 * S))).toBe(5);
  });

  it('is not known of a message that accounts for no call', () => {
    expect(webhookLag([heard({ phase: 'ended' }, 7 * S)], instant(8 * S))).toBeNull();
    expect(webhookLag([], instant(8 * S))).toBeNull();
  });
});

describe('readHealth', () => {
  it('reads back what was learnt', () => {
    const health = learnt({ unknownWords: [status('ZAPPED')], lagSeconds: 3 });
    expect(readHealth(JSON.parse(JSON.stringify({ health })))).toEqual(health);
  });

  it.each([null, undefined, {}, { health: 7 }, { health: {} }, { health: { minutes: { newest: 1 } } }])(
    'begins anew with %j',
    (memo) => {
      expect(readHealth(memo)).toEqual(NOTHING_LEARNT);
    },
  );
});
