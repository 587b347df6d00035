import { oweDeliveries, oweDelivery } from '../builders/delivery.js';
import type { Answer } from '../harness/crm.js';
import { DrainDesk } from '../harness/drain-desk.js';

const MINUTE = 60_000;

describe('what a CRM answers the forwarder', () => {
  const desk = DrainDesk.open();

  describe.each<[string, Answer, string, { state: string; attempts: number; refusals: number }]>([
    ['200', 200, 'delivered', { state: 'delivered', attempts: 1, refusals: 0 }],
    ['204', 204, 'delivered', { state: 'delivered', attempts: 1, refusals: 0 }],
    ['409', 409, 'duplicate', { state: 'delivered', attempts: 1, refusals: 0 }],
    ['500', 500, 'unreachable', { state: 'due', attempts: 1, refusals: 0 }],
    ['503 without Retry-After', 503, 'unreachable', { state: 'due', attempts: 1, refusals: 0 }],
    ['429 without Retry-After', 429, 'unreachable', { state: 'due', attempts: 1, refusals: 0 }],
    ['408', 408, 'unreachable', { state: 'due', attempts: 1, refusals: 0 }],
    ['425', 425, 'unreachable', { state: 'due', attempts: 1, refusals: 0 }],
    ['a reset', 'reset', 'unreachable', { state: 'due', attempts: 1, refusals: 0 }],
    ['no answer in time', 'hang', 'unreachable', { state: 'due', attempts: 1, refusals: 0 }],
    ['400', 400, 'refused', { state: 'due', attempts: 1, refusals: 1 }],
    ['404', 404, 'refused', { state: 'due', attempts: 1, refusals: 1 }],
    ['401', 401, 'unauthorised', { state: 'due', attempts: 1, refusals: 1 }],
    [
      'a redirect',
      { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
      'refused',
      { state: 'due', attempts: 1, refusals: 1 },
    ],
    [
      '503 with Retry-After',
      { status: 503, headers: { 'retry-after': '120' } },
      'throttled',
      { state: 'due', attempts: 0, refusals: 0 },
    ],
    [
      '429 with Retry-After',
      { status: 429, headers: { 'retry-after': '120' } },
      'throttled',
      { state: 'due', attempts: 0, refusals: 0 },
    ],
    ['410', 410, 'gone', { state: 'held', attempts: 1, refusals: 0 }],
  ])('when the CRM answers with %s', (_what, answer, outcome, after) => {
    it(`counts it as ${outcome}`, async () => {
      const endpoint = await desk.endpointAt({ timeoutMs: 300 });
      await oweDelivery(desk.world.sql, endpoint);
      desk.crm.play({ answers: [answer] });
      await desk.rig.drain(endpoint);
      expect(desk.crm.requests).toHaveLength(1);
      expect(await desk.rig.attempts(endpoint)).toMatchObject([{ number: 1, outcome }]);
      expect(await desk.rig.deliveries(endpoint)).toMatchObject([after]);
    });
  });

  it('counts a refused connection as unreachable', async () => {
    const endpoint = await desk.endpointAt();
    await oweDelivery(desk.world.sql, endpoint);
    await desk.crm.stop();
    await desk.rig.drain(endpoint);
    expect(await desk.rig.attempts(endpoint)).toMatchObject([
      { outcome: 'unreachable', status: null, ip: '127.0.0.1' },
    ]);
  });

  it('retries by the endpoint’s schedule, with a fifth of jitter either way, and gives up after its last entry', async () => {
    const endpoint = await desk.endpointAt({ scheduleMs: [0, MINUTE, 10 * MINUTE] });
    await oweDelivery(desk.world.sql, endpoint);
    desk.crm.play({ otherwise: 500 });
    const waits: number[] = [];
    for (const chance of [0, 0.999_999]) {
      desk.rig.clock.chance = chance;
      await desk.rig.drain(endpoint);
      const [delivery] = await desk.rig.deliveries(endpoint);
      waits.push(Math.round((delivery?.dueInMs ?? 0) / 1_000));
      await desk.rig.pass(endpoint, 15 * MINUTE);
    }
    expect(waits[0]).toBeGreaterThanOrEqual(46);
    expect(waits[0]).toBeLessThanOrEqual(48);
    expect(waits[1]).toBeGreaterThanOrEqual(718);
    expect(waits[1]).toBeLessThanOrEqual(720);
    await desk.rig.drain(endpoint);
    expect(await desk.rig.deliveries(endpoint)).toMatchObject([{ state: 'dead', attempts: 3 }]);
    expect((await desk.rig.deliveries(endpoint))[0]?.reason).toContain('Gave up after 3 tries');
    expect((await desk.rig.attempts(endpoint)).map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('gives a refused delivery two more tries over ten minutes, then buries it with the reason', async () => {
    const endpoint = await desk.endpointAt();
    await oweDelivery(desk.world.sql, endpoint);
    desk.crm.play({ otherwise: 422 });
    await desk.rig.drain(endpoint);
    await desk.rig.pass(endpoint, 2 * MINUTE + 1_000);
    await desk.rig.drain(endpoint);
    await desk.rig.pass(endpoint, 8 * MINUTE + 1_000);
    await desk.rig.drain(endpoint);
    expect(await desk.rig.deliveries(endpoint)).toMatchObject([{ state: 'dead', refusals: 3 }]);
    expect((await desk.rig.deliveries(endpoint))[0]?.reason).toContain('422');
  });

  it('makes the whole endpoint wait when it asks for that, and burns no attempt', async () => {
    const endpoint = await desk.endpointAt({ concurrency: 1 });
    await oweDeliveries(desk.world.sql, endpoint, [{}, {}, {}]);
    desk.crm.play({ answers: [{ status: 503, headers: { 'retry-after': '120' } }] });
    await desk.rig.drain(endpoint);
    expect(desk.crm.requests).toHaveLength(1);
    expect(await desk.rig.drain(endpoint)).toBe('not to be had');
    await desk.rig.pass(endpoint, 119_000);
    expect(await desk.rig.drain(endpoint)).toBe('not to be had');
    await desk.rig.pass(endpoint, 2_000);
    await desk.rig.drain(endpoint);
    expect(desk.crm.requests).toHaveLength(4);
    expect(await desk.states(endpoint)).toEqual(['delivered', 'delivered', 'delivered']);
    expect((await desk.rig.deliveries(endpoint)).map(({ attempts }) => attempts)).toEqual([1, 1, 1]);
  });

  it('waits as long as the longest that was asked of it', async () => {
    const endpoint = await desk.endpointAt({ concurrency: 2 });
    await oweDeliveries(desk.world.sql, endpoint, [{}, {}]);
    const wait = (seconds: number): Answer => ({ status: 429, headers: { 'retry-after': String(seconds) } });
    desk.crm.play({ answers: [wait(3_600), wait(1)] });
    const { notBefore } = (await desk.rig.drain(endpoint)) as { notBefore: number };
    expect(notBefore - desk.rig.clock.now()).toBeGreaterThan(3_000_000);
  });

  it('disables an endpoint that is gone and holds everything that it was owed', async () => {
    const endpoint = await desk.endpointAt({ concurrency: 1 });
    await oweDeliveries(desk.world.sql, endpoint, [{}, {}, {}, { dueInMs: MINUTE }]);
    desk.crm.play({ answers: [200, 410] });
    await desk.rig.drain(endpoint);
    expect(desk.crm.requests).toHaveLength(2);
    expect(await desk.stateOf(endpoint)).toEqual({
      state: 'disabled',
      reason: expect.stringContaining('410') as string,
    });
    expect(await desk.states(endpoint)).toEqual(['delivered', 'held', 'held', 'held']);
    await oweDelivery(desk.world.sql, endpoint);
    await desk.rig.drain(endpoint);
    expect(desk.crm.requests).toHaveLength(2);
    expect((await desk.states(endpoint)).at(-1)).toBe('held');
  });
});
