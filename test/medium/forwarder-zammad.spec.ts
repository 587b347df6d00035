/** Calls told to a Zammad that keeps a log of them, over the forwarder's own drain. */
import { instant, type CallId, type CallView, type TenantId } from '#domain';
import { newId } from '#platform';
import { sampleCall } from '../../apps/api/endpoints/sample-call.js';
import { oweDeliveries, type DeliveryTraits } from '../builders/delivery.js';
import { ForwarderRig } from '../harness/forwarder-rig.js';
import { makeEndpoint, makeTenant, type TestEndpoint } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';
import { Zammad, type Wording } from '../harness/zammad.js';

const MINUTE = 60_000;
const ANSWERED = '2026-11-21T09:29:00.000Z';
const EMMA = { code: '7', name: 'Emma Taylor' };
const UNANSWERED: Partial<CallView> = { result: 'missed', answeredAt: null, agent: null };

function callOf(id: CallId, traits: Partial<CallView> = {}): CallView {
  const sample = sampleCall(instant(Date.UTC(2026, 10, 21, 9, 30)), { call: id, connection: newId() });
  return {
    ...sample,
    id,
    direction: 'inbound',
    result: 'answered',
    answeredAt: ANSWERED,
    agent: EMMA,
    ...traits,
  };
}

describe('a Zammad that keeps a log of calls', () => {
  let world: World;
  let rig: ForwarderRig;
  let tenantId: TenantId;
  let zammad: Zammad;
  let endpoint: TestEndpoint;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    rig = new ForwarderRig(world);
    tenantId = await makeTenant(world.sql);
  });
  afterEach(async () => {
    rig.close();
    await zammad.close();
  });

  const open = async (wording: Wording = 'plain', formatSettings = {}, ordered = true) => {
    zammad = await Zammad.open(wording);
    endpoint = await makeEndpoint(world.sql, tenantId, {
      url: zammad.url(),
      format: 'zammad',
      formatSettings,
      ordered,
    });
  };
  /** Events of one call, in their order; the endpoint was owed those alone. */
  const owe = async (
    events: readonly (string | ({ eventType: string } & DeliveryTraits))[],
    traits: Partial<CallView> = {},
    callId = newId<CallId>(),
  ) => {
    const wanted = events.map((event, index) => ({
      callId,
      sequence: index + 1,
      payload: callOf(callId, traits),
      ...(typeof event === 'string' ? { eventType: event } : event),
    }));
    await oweDeliveries(world.sql, endpoint, wanted);
    return callId;
  };
  /** So often, a minute apart. */
  const drainLater = async (times: number) => {
    for (let time = 0; time < times; time += 1) {
      await rig.pass(endpoint, MINUTE);
      await rig.drain(endpoint);
    }
  };
  const states = async () => (await rig.deliveries(endpoint)).map(({ state }) => state);

  it('hears of a queue call that nobody answered, although other events took the first numbers', async () => {
    await open();
    const id = await owe(['queue.joined', 'queue.left', 'call.ended', 'call.missed'], UNANSWERED);
    await rig.drain(endpoint);
    expect(zammad.events).toEqual(['newCall', 'hangup']);
    expect(zammad.log.get(id)).toMatchObject({ state: 'hangup', comment: 'noAnswer', done: false });
    expect(await states()).toEqual(['skipped', 'skipped', 'delivered', 'skipped']);
  });

  it.each<[first: string, events: string[], sequence: number]>([
    ['the end, as of a PBX that sends CDRs only', ['call.ended'], 1],
    ['the end, as ringing and answering are filtered out', ['call.ended'], 3],
    ['the answer, as of an endpoint made in the middle of the call', ['call.answered', 'call.ended'], 2],
    ['ringing', ['call.ringing', 'call.answered', 'call.ended'], 1],
  ])(
    'is told of an answered call in its own order when the first it hears is %s',
    async (_, events, sequence) => {
      await open();
      const id = await owe(events.map((eventType, index) => ({ eventType, sequence: sequence + index })));
      await rig.drain(endpoint);
      expect(zammad.events).toEqual(['newCall', 'answer', 'hangup']);
      expect(zammad.refused).toEqual([]);
      expect(zammad.log.get(id)).toMatchObject({ state: 'hangup', people: 'Emma Taylor', done: true });
    },
  );

  it('hears of missed calls also where nothing else is wanted', async () => {
    await open();
    const id = await owe([{ eventType: 'call.missed', sequence: 3 }], UNANSWERED);
    await rig.drain(endpoint);
    expect(zammad.log.get(id)).toMatchObject({ state: 'hangup', done: false });
  });

  it.each<Wording>(['plain', 'production'])(
    'that took a call and whose answer got lost counts as told (%s errors)',
    async (wording) => {
      await open(wording);
      zammad.loses = 1;
      const id = await owe(['call.ringing', 'call.answered', 'call.ended']);
      await rig.drain(endpoint);
      await drainLater(3);
      expect(zammad.events).toEqual(['newCall', 'newCall', 'answer', 'hangup']);
      expect(zammad.refused).toEqual([`call_id ${id} already exists!`]);
      expect(await states()).toEqual(['delivered', 'delivered', 'delivered']);
      expect((await rig.attempts(endpoint)).map(({ outcome }) => outcome)).toEqual([
        'unreachable',
        'duplicate',
        'delivered',
        'delivered',
      ]);
    },
  );

  it('that took only the first of several messages is sent the others', async () => {
    await open();
    const id = await owe(['call.ended']);
    zammad.loses = 1;
    await rig.drain(endpoint);
    await rig.pass(endpoint, MINUTE);
    await rig.drain(endpoint);
    expect(zammad.events).toEqual(['newCall', 'newCall', 'answer', 'hangup']);
    expect(zammad.log.get(id)).toMatchObject({ state: 'hangup', done: true });
  });

  it('that lost its log refuses an end for good, and the other calls are told', async () => {
    await open();
    const lost = await owe(['call.ringing', 'call.answered'], {});
    await rig.drain(endpoint);
    zammad.log.clear();
    await owe(
      [
        { eventType: 'call.ended', sequence: 3 },
        { eventType: 'call.missed', sequence: 4 },
      ],
      {},
      lost,
    );
    const other = await owe(['call.ringing', 'call.ended'], UNANSWERED);
    await rig.drain(endpoint);
    expect(await rig.deliveries(endpoint)).toMatchObject([
      { state: 'delivered' },
      { state: 'delivered' },
      { state: 'dead', attempts: 1, reason: expect.stringContaining(`No such call_id ${lost}`) as string },
      {},
      { state: 'delivered' },
      { state: 'delivered' },
    ]);
    expect(zammad.log.get(other)).toMatchObject({ state: 'hangup' });
    const { state } = await world.sql.row(`SELECT state FROM endpoint WHERE id = $1`, [endpoint.id]);
    expect(state).toBe('enabled');
  });

  it('that was away while a call rang and was answered hears of all of it later', async () => {
    await open();
    zammad.away = true;
    const id = await owe(['call.ringing', 'call.answered', 'call.ended']);
    await rig.drain(endpoint);
    zammad.away = false;
    await drainLater(3);
    expect(zammad.events).toEqual(['newCall', 'answer', 'hangup']);
    expect(zammad.log.get(id)).toMatchObject({ done: true });
  });

  const replayedBy = (replayId: string) =>
    world.sql.rows(`UPDATE delivery SET replay_id = $1 WHERE endpoint_id = $2 AND state = 'due'`, [
      replayId,
      endpoint.id,
    ]);

  it('is sent everything again by a replay, also what it took before', async () => {
    await open();
    const id = await owe(['call.ringing', 'call.answered', 'call.ended']);
    await rig.drain(endpoint);
    zammad.log.clear();
    zammad.heard.splice(0);
    const replayId = newId();
    await owe([{ eventType: 'call.ended', sequence: 3 }], {}, id);
    await replayedBy(replayId);
    await rig.drain(endpoint);
    expect(zammad.events).toEqual(['newCall', 'answer', 'hangup']);
    expect(zammad.refused).toEqual([]);
  });

  it('that was paused in the middle of a call is sent the rest of it, and nothing twice', async () => {
    await open();
    const id = await owe(['call.ringing']);
    await rig.drain(endpoint);
    await owe(
      [
        { eventType: 'call.answered', sequence: 2 },
        { eventType: 'call.ended', sequence: 3 },
      ],
      {},
      id,
    );
    // What was held meanwhile is released by a replay that is made later.
    await replayedBy(newId());
    await rig.drain(endpoint);
    expect(zammad.events).toEqual(['newCall', 'answer', 'hangup']);
    expect(zammad.refused).toEqual([]);
  });

  it.each([{ encoding: 'json' }, { encoding: 'form' }])(
    'reads who took the call, and of a group whose phones rang, in %j',
    async (settings) => {
      await open('plain', settings);
      const legs = ['Emma Taylor', 'Dana לוי', 'Emma Taylor'].map((name, index) => ({
        key: String(index),
        extension: `10${index}`,
        agent: { code: String(index), name },
      }));
      const id = await owe(['call.ringing'], { legs: legs as never, agent: null, state: 'ringing' });
      await rig.drain(endpoint);
      expect(zammad.log.get(id)).toMatchObject({ people: 'Emma Taylor, Dana לוי' });
      await owe(
        [
          { eventType: 'call.answered', sequence: 2 },
          { eventType: 'call.ended', sequence: 3 },
        ],
        {},
        id,
      );
      await rig.drain(endpoint);
      expect(zammad.refused).toEqual([]);
      expect(zammad.log.get(id)).toMatchObject({ people: 'Emma Taylor', done: true });
    },
  );

  it.each([{ encoding: 'json' }, { encoding: 'form' }])(
    'leaves a call that the voicemail took open for a call back, in %j',
    async (settings) => {
      await open('plain', settings);
      const voicemail: Partial<CallView> = { result: 'voicemail', agent: null };
      const rung = await owe(['call.ringing', 'call.ended'], voicemail);
      const unheard = await owe(['call.ended'], voicemail);
      const answered = await owe(['call.answered', 'call.ended'], { ...voicemail, agent: EMMA });
      await rig.drain(endpoint);
      for (const id of [rung, unheard, answered]) {
        expect(zammad.log.get(id)).toMatchObject({ state: 'hangup', people: 'voicemail', done: false });
      }
    },
  );
});
