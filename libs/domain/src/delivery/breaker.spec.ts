import fc from 'fast-check';
import { type Instant, instant } from '../ids.js';
import {
  adviceOf,
  afterTry,
  type Breaker,
  BREAKER_TRANSITIONS,
  CLOSED_BREAKER,
  FIRST_BACK_OFF_MS,
  LONGEST_BACK_OFF_MS,
  readBreaker,
  startProbe,
} from './breaker.js';
import { OUTCOME_CLASSES, type OutcomeClass } from './outcome.js';

const NOW = instant(1_800_000_000_000);

function later(ms: number): Instant {
  return instant(NOW + ms);
}

function afterTries(
  outcomes: readonly OutcomeClass[],
  start: Breaker = CLOSED_BREAKER,
  everyMs = 1,
): Breaker {
  return outcomes.reduce(
    (breaker, outcome, index) => afterTry(breaker, outcome, later(index * everyMs)),
    start,
  );
}

function times(count: number, outcome: OutcomeClass): OutcomeClass[] {
  return Array.from({ length: count }, () => outcome);
}

const OPEN = afterTry(afterTries(times(4, 'unreachable')), 'unreachable', NOW);

describe('the circuit breaker', () => {
  it('opens at the fifth failure in a row, for five seconds', () => {
    const nearly = afterTries(times(4, 'unreachable'));
    expect(adviceOf(nearly, NOW)).toEqual({ kind: 'go' });
    expect(OPEN).toEqual({ state: 'open', until: later(5_000), backOffMs: 5_000 });
    expect(adviceOf(OPEN, later(4_999))).toEqual({ kind: 'wait', until: later(5_000) });
  });

  it('a single success starts the count in a row again', () => {
    const outcomes: OutcomeClass[] = [...times(4, 'unreachable'), 'delivered', ...times(4, 'unreachable')];
    expect(afterTries(outcomes).state).toBe('closed');
  });

  it('opens when half of twenty tries within a minute fail', () => {
    const halfAndHalf = times(10, 'delivered').flatMap((ok): OutcomeClass[] => [ok, 'unreachable']);
    expect(afterTries(halfAndHalf).state).toBe('open');
    expect(afterTries(halfAndHalf.slice(0, 18)).state).toBe('closed');
  });

  it('forgets failures that are older than a minute', () => {
    const halfAndHalf = times(20, 'delivered').flatMap((ok): OutcomeClass[] => [ok, 'unreachable']);
    expect(afterTries(halfAndHalf, CLOSED_BREAKER, 4_000).state).toBe('closed');
  });

  it.each(OUTCOME_CLASSES.filter((outcome) => outcome !== 'unreachable'))(
    'an endpoint that answers "%s" is alive',
    (outcome) => {
      expect(afterTries(times(100, outcome)).state).toBe('closed');
    },
  );

  it('lets one probe through after the back-off while the others wait', () => {
    expect(adviceOf(OPEN, later(5_000))).toEqual({ kind: 'probe' });
    const probing = startProbe(OPEN, later(5_000));
    expect(probing.state).toBe('half_open');
    expect(adviceOf(probing, later(5_001)).kind).toBe('wait');
  });

  it('closes when the probe gets through', () => {
    expect(afterTry(startProbe(OPEN, later(5_000)), 'delivered', later(5_100))).toEqual(CLOSED_BREAKER);
  });

  it('doubles the back-off with each probe that fails, up to five minutes', () => {
    const backOffs: number[] = [];
    let breaker = OPEN;
    for (let round = 0; round < 9; round += 1) {
      if (breaker.state !== 'open') throw new Error('the probe failed, so it must be open');
      const now = breaker.until;
      breaker = afterTry(startProbe(breaker, now), 'unreachable', now);
      if (breaker.state === 'open') backOffs.push(breaker.backOffMs / 1_000);
    }
    expect(backOffs).toEqual([10, 20, 40, 80, 160, 300, 300, 300, 300]);
  });

  it('tries again when the drain that probed died without a word', () => {
    const probing = startProbe(OPEN, later(5_000));
    expect(adviceOf(probing, later(65_000))).toEqual({ kind: 'probe' });
    expect(adviceOf(startProbe(probing, later(65_000)), later(65_001)).kind).toBe('wait');
  });

  it('tries that were under way when it opened change nothing', () => {
    expect(afterTry(OPEN, 'unreachable', later(100))).toBe(OPEN);
    expect(afterTry(OPEN, 'delivered', later(100))).toBe(OPEN);
  });
});

type Step = { do: 'try'; outcome: OutcomeClass } | { do: 'probe' } | { do: 'wait'; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('try' as const),
    outcome: fc.constantFrom<OutcomeClass>('delivered', 'unreachable', 'refused'),
  }),
  fc.record({ do: fc.constant('probe' as const) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(120_000) }),
);

/** Plays a script of steps and shows each transition. */
function play(script: readonly Step[], see: (before: Breaker, next: Breaker, now: Instant) => void): void {
  let breaker: Breaker = CLOSED_BREAKER;
  let now = NOW;
  for (const each of script) {
    if (each.do === 'wait') now = instant(now + each.ms);
    const next =
      each.do === 'try'
        ? afterTry(breaker, each.outcome, now)
        : each.do === 'probe'
          ? startProbe(breaker, now)
          : breaker;
    see(breaker, next, now);
    breaker = next;
  }
}

describe('whatever happens, the breaker', () => {
  it('moves only along its table of transitions', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (script) => {
        play(script, (before, next) => {
          expect([before.state, ...BREAKER_TRANSITIONS[before.state]]).toContain(next.state);
        });
      }),
    );
  });

  it('survives being stored as JSON', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (script) => {
        play(script, (_before, next) => {
          expect(readBreaker(JSON.parse(JSON.stringify(next)))).toEqual(next);
        });
      }),
    );
  });

  it('never holds anybody for longer than the longest back-off', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (script) => {
        play(script, (_before, next, now) => {
          expect(adviceOf(next, instant(now + LONGEST_BACK_OFF_MS)).kind).not.toBe('wait');
        });
      }),
    );
  });

  it('stays small however many tries it has seen', () => {
    const many = times(5_000, 'delivered');
    expect(JSON.stringify(afterTries(many, CLOSED_BREAKER, 37)).length).toBeLessThan(500);
  });
});

describe('readBreaker', () => {
  it.each([
    null,
    undefined,
    7,
    'open',
    [],
    {},
    { state: 'ajar' },
    { state: 'open' },
    { state: 'open', until: 'soon', backOffMs: FIRST_BACK_OFF_MS },
    { state: 'open', until: 5, backOffMs: 0 },
    { state: 'half_open', until: 5, backOffMs: LONGEST_BACK_OFF_MS + 1 },
    { state: 'closed', failuresInARow: -1, lastMinute: [] },
    { state: 'closed', failuresInARow: 0, lastMinute: [{ from: 0, total: 1, failed: 2 }] },
    { state: 'closed', failuresInARow: 0, lastMinute: {} },
  ])('falls back to closed for %j', (json) => {
    expect(readBreaker(json)).toEqual(CLOSED_BREAKER);
  });

  it('takes any JSON at all without throwing, and what it returns can be read again', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        const breaker = readBreaker(json);
        expect(readBreaker(breaker)).toEqual(breaker);
      }),
    );
  });
});
