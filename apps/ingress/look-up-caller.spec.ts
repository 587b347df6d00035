import fc from 'fast-check';
import {
  DEFAULT_POLICY,
  id,
  instant,
  type ConnectionId,
  type FoundCandidates,
  type PopupQuestion,
  type TenantId,
} from '#domain';
import type { IngressConnection } from '#db';
import { DEADLINE_MS, lookUpCaller } from './look-up-caller.js';

const E164 = '+972502345678';
const connection: IngressConnection = {
  ...{ tenantId: id<TenantId>('t'), connectionId: id<ConnectionId>('k'), dialect: 'voicenter' },
  ...{
    settings: {},
    timeZone: 'UTC',
    country: 'IL',
    enabled: true,
    matchPolicy: DEFAULT_POLICY,
    limits: null,
  },
};
const question: PopupQuestion = {
  ...{ kind: 'popup', number: '0502345678', vendorCallId: null, extension: null, did: null, customData: {} },
};
const CRM = { id: 'crm', said: 'missing', contacts: 0, isResting: false } as const;
const NOT_ASKED: FoundCandidates = { own: null, total: 0, candidates: [], sources: [CRM] };
const ANN = {
  ...{ id: 'x', source: 'crm', externalId: null, name: 'Ann', company: null, url: null },
  ...{ createdAt: 0, updatedAt: 0, numbers: [E164] },
};
const ANSWERED: FoundCandidates = { own: null, total: 1, candidates: [ANN], sources: [] };

/** A clock that goes on when everybody waits for it. */
class MadeUpTime {
  now = 0;
  private waiting: { at: number; resolve: () => void }[] = [];

  after(ms: number): Promise<void> {
    return new Promise((resolve) => this.waiting.push({ at: this.now + ms, resolve }));
  }

  timer = (ms: number) => ({ over: this.after(ms), callOff: () => undefined });

  /** @returns when it was done; Infinity when nothing is left to wait for */
  async until(done: () => boolean): Promise<number> {
    for (;;) {
      await new Promise(setImmediate);
      if (done()) return this.now;
      const next = this.waiting.reduce((least, { at }) => Math.min(least, at), Infinity);
      if (next === Infinity) return Infinity;
      this.now = next;
      for (const { at, resolve } of this.waiting) if (at <= next) resolve();
      this.waiting = this.waiting.filter(({ at }) => at > next);
    }
  }
}

/** How long something takes and how it ends. */
const doings = fc.record({
  ms: fc.oneof(fc.integer({ min: 0, max: 4_000 }), fc.constant(Infinity)),
  fails: fc.boolean(),
});
type Doing = { ms: number; fails: boolean };

async function play(looks: Doing[], asking: Doing) {
  const time = new MadeUpTime();
  const doing = async <T>({ ms, fails }: Doing, result: () => T): Promise<T> => {
    if (ms === Infinity) return new Promise<T>(() => undefined);
    await time.after(ms);
    if (fails) throw new Error('away');
    return result();
  };
  let isAnswered = false;
  let answer: Awaited<ReturnType<typeof lookUpCaller>> | undefined;
  const parts = {
    contacts: {
      find: () => doing(looks.shift() ?? { ms: 0, fails: false }, () => (isAnswered ? ANSWERED : NOT_ASKED)),
    },
    asker: {
      ask: () =>
        doing(asking, () => {
          isAnswered = true;
          return 'answered' as const;
        }),
    },
    clock: { now: () => instant(time.now) },
    timer: time.timer,
  };
  void lookUpCaller(parts, { question, e164: E164 }, connection).then((given) => (answer = given));
  return { at: await time.until(() => answer !== undefined), answer };
}

describe('the caller', () => {
  it('is told within the deadline, whatever the database, the queue and the sources do', async () => {
    await fc.assert(
      fc.asyncProperty(doings, doings, doings, async (first, second, asking) => {
        const { at, answer } = await play([first, second], asking);
        expect(at).toBeLessThanOrEqual(DEADLINE_MS);
        expect(answer?.match.number).toBe(E164);
        const looked = !first.fails && first.ms < DEADLINE_MS;
        if (looked) expect(['known', 'unknown']).toContain(answer?.outcome);
        else expect(['late', 'failed']).toContain(answer?.outcome);
      }),
      { numRuns: 200 },
    );
  });

  it('is known by a source that answers before the last look, and not by one that answers later', async () => {
    const quick = { ms: 5, fails: false };
    for (const [ms, outcome] of [
      [300, 'known'],
      [1_300, 'known'],
      [1_400, 'unknown'],
    ] as const) {
      const { at, answer } = await play([quick, quick], { ms, fails: false });
      expect([ms, answer?.outcome]).toEqual([ms, outcome]);
      expect(at).toBeLessThanOrEqual(Math.min(ms + 10, DEADLINE_MS));
    }
  });
});
