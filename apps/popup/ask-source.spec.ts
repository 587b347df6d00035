import { FIRST_BACK_OFF_MS, id, instant, type ContactSourceId, type Instant, type TenantId } from '#domain';
import type { HotSource, SourceAnswer, SourceHealthRow } from '#db';
import { Metrics, SecretBox, createLog, type Sent } from '#platform';
import { AskSource, MOST_AT_ONCE } from './ask-source.js';
import { SourceHealth } from './source-health.js';

const TENANT = id<TenantId>('t');
const SOURCE: HotSource = {
  ...{ id: id<ContactSourceId>('s'), kind: 'http', version: 1, url: 'http://crm.example/', timeoutMs: 1_000 },
  ...{ sealedHeaders: null, sealedSecret: null, openUntil: null, endpoint: null },
};
const question = (e164 = '+972502345678') => ({
  ...{ e164, country: 'IL', callId: null, did: null, extension: null },
});
const answered = (status: number, body = ''): Sent => ({
  ...{ kind: 'exchanged', exchange: { kind: 'answered', status, headers: {}, body } },
  ...{ sentAt: instant(0), resolvedIp: null, durationMs: 1 },
  timings: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 1 },
});
const NOBODY = answered(404);

/** A source that answers when and as it is told, and what was kept of it. */
function rig(answer: () => Sent | Promise<Sent>) {
  let now = 1_000_000;
  const kept: SourceAnswer[] = [];
  const noted: SourceHealthRow[] = [];
  let sent = 0;
  const clock = { now: (): Instant => instant(now) };
  const log = createLog('silent', 'test');
  const health = new SourceHealth({
    store: { note: (rows) => Promise.resolve(void noted.push(...rows)) },
    clock,
    log,
  });
  const asker = new AskSource({
    answers: { keep: (given) => Promise.resolve(void kept.push(given)) },
    health,
    sender: {
      send: async () => {
        sent += 1;
        return answer();
      },
    },
    grants: { get: () => Promise.resolve({ kind: 'aborted' }) },
    tokens: { get: () => Promise.resolve({ kind: 'aborted' }) },
    box: SecretBox.fromKeys(`k1:${Buffer.alloc(32, 7).toString('base64')}`),
    clock,
    log,
    metrics: new Metrics('test'),
    signal: new AbortController().signal,
  });
  const ask = (e164?: string, source: Partial<HotSource> = {}) =>
    asker.ask(TENANT, { ...SOURCE, ...source }, question(e164));
  return { ask, kept, noted, health, sent: () => sent, pass: (ms: number) => (now += ms) };
}

describe('a source of contacts', () => {
  it('is asked once at a time for a number, and again afterwards', async () => {
    let answer: (sent: Sent) => void = () => undefined;
    const { ask, kept, sent } = rig(() => new Promise((resolve) => (answer = resolve)));
    const asked = [ask(), ask(), ask('+972502345679')];
    answer(NOBODY);
    await new Promise(setImmediate);
    expect(sent()).toBe(2);
    const later = ask('+972502345670');
    answer(NOBODY);
    expect(await later).toEqual({ ok: true, contacts: 0 });
    expect(kept.map(({ e164 }) => e164)).toContain('+972502345670');
    expect(asked).toHaveLength(3);
  });

  it('with other settings is another one', async () => {
    const { ask, sent } = rig(() => NOBODY);
    await Promise.all([ask(), ask(undefined, { version: 2 })]);
    expect(sent()).toBe(2);
  });

  it('is asked no more than so many questions at once; the others are told so at once', async () => {
    const { ask, sent, noted, health } = rig(() => new Promise(() => undefined));
    const numberOf = (at: number) => `+9725023${String(10_000 + at)}`;
    for (let at = 0; at < MOST_AT_ONCE; at += 1) void ask(numberOf(at));
    expect(await ask(numberOf(MOST_AT_ONCE))).toEqual({ ok: false });
    await health.flush();
    expect([sent(), noted]).toEqual([MOST_AT_ONCE, []]);
  });

  it('is left alone after five failures, and one question goes to see when that is over', async () => {
    let is = answered(500);
    const { ask, noted, kept, sent, pass, health } = rig(() => is);
    for (let at = 0; at < 5; at += 1) expect(await ask()).toEqual({ ok: false });
    await until(() => noted.some(({ openUntil }) => openUntil !== null));
    expect(noted.at(-1)).toMatchObject({ failuresInARow: 5, failure: 'It answered 500.' });
    expect([await ask(), sent()]).toEqual([{ ok: false }, 5]);
    pass(FIRST_BACK_OFF_MS);
    is = NOBODY;
    const [first, second] = await Promise.all([ask(), ask('+972502345679')]);
    expect([first, second, sent()]).toEqual([{ ok: true, contacts: 0 }, { ok: false }, 6]);
    await health.flush();
    expect(noted.at(-1)).toMatchObject({ failuresInARow: 0, openUntil: null });
    expect([await ask(), kept.length]).toEqual([{ ok: true, contacts: 0 }, 2]);
  });

  it('is left alone too where another worker has told so, and with other settings is not', async () => {
    const { ask, sent } = rig(() => NOBODY);
    const openUntil = instant(1_060_000);
    expect([await ask(undefined, { openUntil }), sent()]).toEqual([{ ok: false }, 0]);
    expect(await ask(undefined, { version: 2 })).toEqual({ ok: true, contacts: 0 });
  });

  it('is left alone for as long as it says when it asks us to slow down, however rarely', () => {
    const { health, pass } = rig(() => NOBODY);
    const slowDown = { ok: false, cause: 'throttled', reason: 'Too many.', waitMs: 7_000 } as const;
    health.note(SOURCE, slowDown);
    expect(health.admits(SOURCE)).toBe(false);
    pass(6_999);
    expect(health.admits(SOURCE)).toBe(false);
    pass(1);
    expect(health.admits(SOURCE)).toBe(true);
    health.note(SOURCE, { ...slowDown, waitMs: 86_400_000 });
    pass(3_600_000);
    expect(health.admits(SOURCE)).toBe(true);
  });

  it('is not blamed for what we broke off', async () => {
    const { ask, noted, health } = rig(() => ({ kind: 'aborted' }));
    expect(await ask()).toEqual({ ok: false });
    await health.flush();
    expect(noted).toEqual([]);
  });
});

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise(setImmediate);
}
