/** Calls logged in a CRM by a connector, over the forwarder's own drain: one record each, whatever is lost on the way. */
import { instant, readParty, type CallId, type CallView, type TenantId } from '#domain';
import { newId } from '#platform';
import { sampleCall } from '../../apps/api/endpoints/sample-call.js';
import { RecordsServer, type RecordsMishap } from '../../apps/simulator/index.js';
import { oweDeliveries } from '../builders/delivery.js';
import { ForwarderRig } from '../harness/forwarder-rig.js';
import { makeEndpoint, makeTenant, type TestEndpoint } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const MINUTE = 60_000;
const CALLER = '+972545551234';

describe('a CRM that is told of calls by a connector', () => {
  let world: World;
  let rig: ForwarderRig;
  let tenantId: TenantId;
  let crm: RecordsServer;
  let endpoint: TestEndpoint;
  let mishap: (request: { method: string; path: string; writes: boolean }) => RecordsMishap;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    rig = new ForwarderRig(world);
    tenantId = await makeTenant(world.sql);
    mishap = () => undefined;
    crm = new RecordsServer({ mishap: (request) => mishap(request) });
    const port = await crm.listen();
    endpoint = await makeEndpoint(world.sql, tenantId, {
      url: `http://127.0.0.1:${String(port)}`,
      format: 'espocrm',
      formatSettings: { logging: { createContacts: 'missed_too', taskOnMissed: true } },
    });
  });
  afterEach(async () => {
    rig.close();
    await crm.close();
  });

  const callOf = (id: CallId, traits: Partial<CallView> = {}): CallView => ({
    ...sampleCall(instant(Date.UTC(2026, 10, 21, 9, 30)), { call: id, connection: newId() }),
    id,
    direction: 'inbound',
    from: readParty(CALLER, 'IL'),
    ...traits,
  });
  const owe = async (
    events: readonly string[],
    {
      callId = newId<CallId>(),
      first = 1,
      ...traits
    }: Partial<CallView> & { callId?: CallId; first?: number } = {},
  ) => {
    const wanted = events.map((eventType, index) => ({
      ...{ callId, eventType, sequence: first + index },
      payload: callOf(callId, traits),
    }));
    await oweDeliveries(world.sql, endpoint, wanted);
    return callId;
  };
  const drainLater = async (times: number, ms = MINUTE) => {
    for (let time = 0; time < times; time += 1) {
      await rig.drain(endpoint);
      await rig.pass(endpoint, ms);
    }
  };
  const states = async () => (await rig.deliveries(endpoint)).map(({ state }) => state);

  it('has the caller as a contact and the call on it, with words about it in the delivery log', async () => {
    const id = await owe(['call.ringing', 'call.answered', 'call.ended']);
    await rig.drain(endpoint);
    expect(await states()).toEqual(['skipped', 'skipped', 'delivered']);
    const [contact] = crm.records.contacts();
    expect(contact).toMatchObject({ phoneNumber: CALLER });
    expect(crm.records.calls()).toMatchObject([
      { contactsIds: [contact?.id], status: 'Held', direction: 'Inbound' },
    ]);
    expect(String(crm.records.calls()[0]?.['description'])).toContain(`[sw:${id}]`);
    const [attempt] = await world.sql.rows<{ decision: string; request_url: string }>(
      'SELECT decision, request_url FROM attempt WHERE endpoint_id = $1',
      [endpoint.id],
    );
    expect(attempt?.decision).toMatch(
      /^Logged as Call call-2, on \+972545551234, a contact that was made for it\.$/,
    );
  });

  it('finds the contact again, and brings the record up to date when the recording comes', async () => {
    const callId = await owe(['call.ended']);
    await owe(['call.ended']);
    await rig.drain(endpoint);
    const recordings = [{ url: 'https://hook.example/r/1' }];
    await owe(['call.updated'], { callId, first: 2, recordings });
    await rig.drain(endpoint);
    expect(crm.records.contacts()).toHaveLength(1);
    expect(crm.records.calls()).toHaveLength(2);
    const changed = crm.records
      .calls()
      .filter((row) => String(row['description']).includes('https://hook.example/r/1'));
    expect(changed).toHaveLength(1);
  });

  it('gets one contact of two calls of somebody new at once', async () => {
    await Promise.all([owe(['call.ended']), owe(['call.ended']), owe(['call.ended'])]);
    await rig.drain(endpoint);
    expect(crm.records.contacts()).toHaveLength(1);
    expect(crm.records.calls()).toHaveLength(3);
  });

  it('gets one contact of two calls at once of one subscriber whose number has two forms', async () => {
    const from = (number: string) => ({ from: readParty(number, 'AR') });
    await Promise.all([
      owe(['call.ended'], from('+5491123456789')),
      owe(['call.ended'], from('+541123456789')),
    ]);
    await rig.drain(endpoint);
    expect(crm.records.contacts()).toHaveLength(1);
    expect(crm.records.calls()).toHaveLength(2);
  });

  it('has one record although each of its answers was lost once', async () => {
    const lost = new Set<string>();
    mishap = ({ method, path, writes }) => {
      const request = `${method} ${path}`;
      if (!writes || lost.has(request)) return undefined;
      lost.add(request);
      return 'lose';
    };
    await owe(['call.ended']);
    await drainLater(4);
    expect([...lost]).toEqual(['POST /api/v1/Contact', 'POST /api/v1/Call']);
    expect(crm.records.contacts()).toHaveLength(1);
    expect(crm.records.calls()).toHaveLength(1);
    expect(await states()).toEqual(['delivered']);
  });

  it('is waited for when it asks for it, and that costs no try', async () => {
    let asked = 0;
    mishap = () => ((asked += 1) === 1 ? 'slow down' : undefined);
    await owe(['call.ended']);
    await rig.drain(endpoint);
    const [delivery] = await rig.deliveries(endpoint);
    expect(delivery).toMatchObject({ state: 'due', attempts: 0 });
    await drainLater(2);
    expect(crm.records.calls()).toHaveLength(1);
  });

  it('has a task for a missed call, once', async () => {
    await owe(['call.ended', 'call.missed'], {
      result: 'missed',
      answeredAt: null,
      talkSeconds: 0,
      agent: null,
    });
    await rig.drain(endpoint);
    expect(crm.records.tasks()).toMatchObject([{ name: `Call back: ${CALLER}` }]);
    expect(crm.records.calls()).toMatchObject([{ status: 'Not Held' }]);
  });

  it('gets nothing from whoever lost the lease meanwhile', async () => {
    await owe(['call.ended']);
    mishap = () => {
      void world.sql.rows('UPDATE mailbox SET fence = fence + 1 WHERE id = $1', [endpoint.id]);
      return undefined;
    };
    await rig.drain(endpoint);
    expect(crm.records.calls().length + crm.records.contacts().length).toBeLessThanOrEqual(1);
    expect(await states()).toEqual(['due']);
  });

  it('is not told again of what it has, when the same event is sent again', async () => {
    const callId = await owe(['call.ended']);
    await rig.drain(endpoint);
    const before = crm.asked;
    await owe(['call.ended'], { callId });
    await rig.drain(endpoint);
    expect(crm.asked).toBe(before);
    expect(await states()).toEqual(['delivered', 'delivered']);
  });
});
