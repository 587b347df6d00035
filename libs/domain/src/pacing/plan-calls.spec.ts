import fc from 'fast-check';
import { type Instant, instant } from '../ids.js';
import { learnPacing } from './learn-pacing.js';
import { emptyPacingMemory, readPacingMemory } from './pacing-memory.js';
import {
  DEFAULT_PACING,
  PACING_METHODS,
  type Ledger,
  type PacingAgent,
  type PacingFacts,
  type PacingMemory,
  type PacingNews,
  type PacingSettings,
} from './pacing.js';
import { planCalls } from './plan-calls.js';

const NOW = instant(1_800_000_000_000);
const ago = (ms: number): Instant => instant(NOW - ms);
const LIST = 'list';

const agents = (idle: number, busy: number, busyForMs = 60_000): PacingAgent[] => [
  ...Array.from({ length: idle }, () => ({ state: 'idle' as const, since: ago(5_000) })),
  ...Array.from({ length: busy }, () => ({ state: 'busy' as const, since: ago(busyForMs) })),
];

const ringing = (count: number, ageMs = 3_000) =>
  Array.from({ length: count }, () => ({ sentAt: ago(ageMs), key: LIST }));

function ledgerOf(answers: number, drops: number): Ledger {
  return { day: { answers, drops }, rolling24h: { answers, drops }, days30: { answers, drops } };
}

function facts(more: Partial<PacingFacts> = {}): PacingFacts {
  return {
    now: NOW,
    telemetryAt: NOW,
    agents: agents(3, 17),
    outstanding: [],
    waiting: 0,
    candidates: Array.from({ length: 200 }, () => ({ key: LIST })),
    ledger: ledgerOf(1_000, 5),
    ...more,
  };
}

const settings = (more: Partial<PacingSettings> = {}): PacingSettings => ({ ...DEFAULT_PACING, ...more });

/** What a campaign knows after some calls, three in ten of them answered. */
function experienced(calls = 300): PacingMemory {
  const news = Array.from({ length: calls }, (_, at): PacingNews[] =>
    at % 10 < 3
      ? [
          { kind: 'answered', key: LIST, ringMs: 7_000 + 200 * (at % 20) },
          { kind: 'served' },
          { kind: 'handled', ms: 40_000 + 4_000 * (at % 50), wrapMs: 15_000 },
        ]
      : [{ kind: 'failed', key: LIST, ringMs: 25_000 }],
  );
  return learnPacing(emptyPacingMemory(), news.flat(), settings());
}

const KNOWS = experienced();

describe('the safety ladder', () => {
  it('dials one call for each free agent until fifty calls and ten answers are known', () => {
    expect(planCalls(facts(), emptyPacingMemory(), settings())).toMatchObject({
      place: 3,
      rule: 'progressive',
    });
    expect(planCalls(facts(), experienced(49), settings()).rule).toBe('progressive');
    expect(planCalls(facts(), { ...KNOWS, answers: 9 }, settings()).rule).toBe('progressive');
    expect(planCalls(facts(), experienced(50), settings())).toMatchObject({ rule: 'planner' });
  });

  it('predicts nothing from states that are more than ten seconds old', () => {
    expect(planCalls(facts({ telemetryAt: ago(10_000) }), KNOWS, settings()).rule).toBe('planner');
    expect(planCalls(facts({ telemetryAt: ago(10_001) }), KNOWS, settings())).toMatchObject({
      place: 3,
      rule: 'progressive',
    });
  });

  it.each(PACING_METHODS)('stops on states that are more than a minute old, also when %s', (method) => {
    expect(planCalls(facts({ telemetryAt: ago(60_001) }), KNOWS, settings({ method }))).toMatchObject({
      place: 0,
      rule: 'stop',
    });
    expect(planCalls(facts({ telemetryAt: null }), KNOWS, settings({ method })).rule).toBe('stop');
  });
});

describe('the compliance ledger', () => {
  it.each(['day', 'rolling24h', 'days30'] as const)(
    'falls back to progressive when %s is overdrawn',
    (window) => {
      const ledger = { ...ledgerOf(1_000, 5), [window]: { answers: 1_000, drops: 25 } };
      expect(planCalls(facts({ ledger }), KNOWS, settings())).toMatchObject({
        place: 3,
        rule: 'progressive',
      });
    },
  );

  it('lets a day that has just begun owe a drop which the thirty days can pay', () => {
    const ledger = { ...ledgerOf(1_000, 5), day: { answers: 10, drops: 1 } };
    expect(planCalls(facts({ ledger }), KNOWS, settings()).rule).toBe('planner');
  });

  it('takes less risk the emptier the bank is', () => {
    const placed = [19, 17, 12, 4].map(
      (drops) => planCalls(facts({ ledger: ledgerOf(1_000, drops) }), KNOWS, settings()).place,
    );
    expect(placed).toEqual(placed.toSorted((a, b) => a - b));
    expect(placed[3]).toBeGreaterThan(placed[0] ?? 0);
  });

  it('halves what goes beyond when twice the target of the last fifty answers was abandoned', () => {
    const calm = { ...KNOWS, lastAnswers: '0'.repeat(48) + '11' };
    const rough = { ...KNOWS, lastAnswers: '0'.repeat(47) + '111' };
    const full = planCalls(facts(), calm, settings());
    const half = planCalls(facts(), rough, settings());
    expect(half.place).toBe(Math.max(3, Math.floor(full.place / 2)));
    expect(half.why).toContain('halved');
  });
});

describe('the planner', () => {
  const placed = (more: Partial<PacingFacts>, memory = KNOWS): number =>
    planCalls(facts(more), memory, settings()).place;

  it('places more calls than there are free agents, as few answer', () => {
    expect(placed({})).toBeGreaterThan(3);
  });

  it('places fewer with calls ringing and with customers waiting', () => {
    expect(placed({ outstanding: ringing(4) })).toBeLessThan(placed({}));
    expect(placed({ waiting: 2 })).toBeLessThan(placed({}));
  });

  it('places more when more agents are about to be free', () => {
    const wrapping = Array.from({ length: 10 }, (): PacingAgent => ({ state: 'wrap', since: ago(14_000) }));
    expect(placed({ agents: [...agents(1, 9), ...wrapping] })).toBeGreaterThan(
      placed({ agents: agents(1, 19) }),
    );
  });

  it('counts a call that has rung for long as hardly one', () => {
    expect(placed({ outstanding: ringing(8, 24_000) })).toBeGreaterThan(
      placed({ outstanding: ringing(8, 1_000) }),
    );
  });

  it('places fewer calls to those who answer more often', () => {
    const eager = Array.from({ length: 100 }, (): PacingNews => ({
      kind: 'answered',
      key: 'eager',
      ringMs: 8_000,
    }));
    const memory = learnPacing(KNOWS, eager, settings());
    const candidates = Array.from({ length: 200 }, () => ({ key: 'eager' }));
    expect(planCalls(facts({ candidates }), memory, settings()).place).toBeLessThan(placed({}, memory));
  });
});

describe('the adaptive coefficient', () => {
  const adaptive = settings({ method: 'adaptive' });
  const served = (count: number) => Array.from({ length: count }, (): PacingNews => ({ kind: 'served' }));

  it('is lines for each free agent, less those that ring and wait', () => {
    const memory = { ...KNOWS, lnCoefficient: Math.log(2.5) };
    expect(planCalls(facts({ outstanding: ringing(2), waiting: 1 }), memory, adaptive).place).toBe(7 - 3);
  });

  it('begins where it is told to', () => {
    const started = settings({ method: 'adaptive', startCoefficient: 2 });
    expect(planCalls(facts(), { ...KNOWS, lnCoefficient: 0 }, started).place).toBe(6);
  });

  it('rises while customers are served and falls when one is abandoned, never below one line', () => {
    const up = learnPacing(emptyPacingMemory(), served(200), adaptive);
    expect(up.lnCoefficient).toBeCloseTo(200 * 0.1 * 0.02);
    const down = learnPacing(up, [{ kind: 'abandoned' }], adaptive);
    expect(down.lnCoefficient).toBeCloseTo(up.lnCoefficient - 0.1 * 0.98);
    const floor = learnPacing(emptyPacingMemory(), [{ kind: 'abandoned' }], adaptive);
    expect(floor.lnCoefficient).toBeCloseTo(0);
  });
});

it('with as many waiting as may wait nothing is placed beyond progressive', () => {
  expect(planCalls(facts({ waiting: 2 }), KNOWS, settings({ waitingCap: 2 }))).toMatchObject({
    place: 1,
    rule: 'progressive',
  });
});

const JUNK = fc.oneof(fc.constantFrom(NaN, Infinity, -Infinity, -1, 0.5), fc.integer(), fc.double());
const KEYS = fc.oneof(fc.constantFrom('a', 'b', LIST), fc.string({ unit: 'binary', maxLength: 300 }));
const NEWS: fc.Arbitrary<PacingNews> = fc.oneof(
  fc.record({ kind: fc.constantFrom('answered' as const, 'failed' as const), key: KEYS, ringMs: JUNK }),
  fc.record({ kind: fc.constantFrom('served' as const, 'abandoned' as const) }),
  fc.record({ kind: fc.constant('handled' as const), ms: JUNK, wrapMs: JUNK }),
  fc.record({ kind: fc.constant('handled' as const), ms: fc.integer({ min: 0, max: 10_000_000 }) }),
);
const TIME = fc.oneof(fc.integer({ min: -20_000, max: 200_000 }).map(ago), JUNK.map(instant));
const NULL_OR_JUNK = fc.option(JUNK);
const SETTINGS: fc.Arbitrary<PacingSettings> = fc.record({
  method: fc.constantFrom(...PACING_METHODS),
  abandonTarget: fc.oneof(fc.constant(0.02), JUNK),
  maxLines: NULL_OR_JUNK,
  startCoefficient: NULL_OR_JUNK,
  waitingCap: NULL_OR_JUNK,
  waitLimitMs: fc.oneof(fc.constant(2_000), JUNK),
});
const WINDOW = fc.oneof(
  fc.record({ answers: fc.nat(5_000), drops: fc.nat(150) }),
  fc.record({ answers: JUNK, drops: JUNK }),
);
const FACTS: fc.Arbitrary<PacingFacts> = fc.record({
  now: fc.constant(NOW),
  telemetryAt: fc.option(TIME),
  agents: fc.array(
    fc.record({ state: fc.constantFrom('idle' as const, 'busy' as const, 'wrap' as const), since: TIME }),
    { maxLength: 60 },
  ),
  outstanding: fc.array(fc.record({ sentAt: TIME, key: KEYS }), { maxLength: 40 }),
  waiting: fc.oneof(fc.nat(5), JUNK),
  candidates: fc.array(fc.record({ key: KEYS }), { maxLength: 80 }),
  ledger: fc.record({ day: WINDOW, rolling24h: WINDOW, days30: WINDOW }),
});

describe('whatever the facts, the memory and the settings are', () => {
  it('a plan is a whole number of calls, at least progressive unless it stops, within lines and candidates', () => {
    fc.assert(
      fc.property(
        FACTS,
        fc.array(NEWS, { maxLength: 200 }),
        SETTINGS,
        fc.boolean(),
        (given, news, set, fresh) => {
          const memory = fresh ? emptyPacingMemory() : KNOWS;
          const learned = learnPacing(memory, news, set);
          const plan = planCalls(given, learned, set);
          const progressive = planCalls(given, learned, { ...set, method: 'progressive' });
          expect(Number.isSafeInteger(plan.place)).toBe(true);
          expect(plan.place).toBeGreaterThanOrEqual(progressive.place);
          expect(plan.place).toBeLessThanOrEqual(given.candidates.length);
          if (plan.rule === 'stop') expect(plan.place).toBe(0);
          if (set.maxLines !== null && plan.place > 0)
            expect(given.outstanding.length + plan.place).toBeLessThanOrEqual(set.maxLines);
          expect(plan.why).toMatch(/^[A-Z].*\.$/);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('a memory is finite, below 8 kB, and comes back from storage as it was', () => {
    fc.assert(
      fc.property(fc.array(NEWS, { maxLength: 600, minLength: 100 }), SETTINGS, (news, set) => {
        const learned = learnPacing(KNOWS, news, set);
        const stored = JSON.stringify(learned);
        expect(Buffer.byteLength(stored)).toBeLessThan(8_192);
        expect(stored).not.toContain('null');
        expect(readPacingMemory(JSON.parse(stored))).toEqual(learned);
      }),
      { numRuns: 100 },
    );
  });

  it('what is stored and malformed is read as something that can be planned with', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (junk, other) => {
        const names = Object.keys(emptyPacingMemory());
        const bent = {
          ...KNOWS,
          ...Object.fromEntries(names.map((name, at) => [name, at % 2 ? junk : other])),
        };
        for (const json of [junk, bent]) {
          const plan = planCalls(facts(), readPacingMemory(json), settings());
          expect(Number.isSafeInteger(plan.place)).toBe(true);
        }
      }),
    );
  });
});

it('a memory of the most keys, of the longest times, is below 8 kB', () => {
  const news = Array.from({ length: 20_000 }, (_, at): PacingNews[] => [
    {
      kind: at % 3 === 0 ? 'answered' : 'failed',
      key: `list ${at % 97}/${at % 24}/IL`,
      ringMs: (at * 7_919) % 3_600_000,
    },
    { kind: 'handled', ms: (at * 104_729) % 3_600_000, wrapMs: (at * 1_299_709) % 3_000_000 },
  ]);
  const memory = learnPacing(emptyPacingMemory(), news.flat(), settings());
  expect(memory.rates).toHaveLength(48);
  expect(Buffer.byteLength(JSON.stringify(memory))).toBeLessThan(8_192);
});
