/** What Voicenter's clients ask beside calls: agents' states, queues, the blacklist, recording; on any PBX. */
import { NOTHING_HEARD } from '#domain';
import { makeCall } from '../builders/history.js';
import type { Vendor } from '../../apps/simulator/index.js';
import { VendorDesk, type VendorOffice } from '../harness/vendor-desk.js';

const TARGET = '0501234500';

let desk: VendorDesk;
beforeAll(async () => {
  desk = await VendorDesk.open();
});
afterAll(() => desk.close());

type Json = Record<string, unknown>;

async function clientOf(vendor: Vendor, { more = {}, tells = false } = {}) {
  const office = await desk.office(vendor, { tells });
  const { code = '' } = await desk.credential(office, 'voicenter', { ...more, ...agentIn(more, office) });
  return { office, code, ask: asking(code) };
}

function agentIn(more: { scope?: string }, { agents }: VendorOffice): object {
  return more.scope === 'agent' ? { agentId: agents[0] } : {};
}

function asking(code: string) {
  return async (path: string, params: Record<string, string> = {}, body?: object): Promise<Json> => {
    const query = new URLSearchParams(body ? params : { code, ...params }).toString();
    const post = body && { method: 'POST', body: JSON.stringify({ Code: code, ...body }) };
    return (await (await fetch(`${desk.api.url}${path}?${query}`, post)).json()) as Json;
  };
}

type Ask = ReturnType<typeof asking>;
const click = (ask: Ask, params: Record<string, string>) =>
  ask('/ForwardDialer/click2call.aspx', { target: TARGET, format: 'json', ...params });
const talking = async (ask: Ask) => (await ask('/comet/API/GetExtensionsCalls'))['EXTENSIONS'] as Json[];

describe("an agent's state", () => {
  it.each(['voicenter', 'globalex'] as const)(
    'is set on a PBX of %s, told in active calls, and kept',
    async (vendor) => {
      const { office, ask } = await clientOf(vendor);
      const set = (Status: string, sipid = office.phones[0]) =>
        ask('/UserLogin/SetStatusFromAPI', { Status, ExtensionUser: sipid });
      expect(await set('3')).toMatchObject({ Status: 1, StatusError: 1 });
      const statuses = (await talking(ask)).map((one) => [one['username'], one['onlineUserStatus']]);
      expect(Object.fromEntries(statuses)).toEqual({ [office.phones[0]]: 3, [office.phones[1]]: 1 });
      const states = await office.tenant.client.get('/v1/agent-states');
      expect(states.body.data).toMatchObject([{ agentId: office.agents[0], standing: 'paused' }]);
      expect((await set('1', 'nobody'))['Status']).not.toBe(1);
    },
  );

  it('is no other agent’s for a credential of one', async () => {
    const { office, ask } = await clientOf('globalex', { more: { scope: 'agent' } });
    const set = (sipid: string) => ask('/UserLogin/SetStatusFromAPI', { Status: '2', sipid });
    expect(await set(office.phones[1])).toMatchObject({ Status: 2 });
    expect(await set(office.phones[0])).toMatchObject({ Status: 1 });
  });

  it('has the names that the tenant gives them', async () => {
    const { office, ask } = await clientOf('globalex');
    await office.tenant.client.put('/v1/agent-statuses', {
      statuses: [{ number: 3, name: 'Siesta', color: '#00ff00' }],
    });
    const { Statuses } = (await ask('/UserLogin/GetStatusesList')) as { Statuses: Json[] };
    expect(Statuses).toContainEqual({ ID: 3, Name: 'Siesta', Color: '#00ff00' });
  });
});

it('a number that is put on the blacklist is not called, until it is taken off again', async () => {
  const { office, ask } = await clientOf('globalex');
  const phones = {
    Phones: [
      { Phone: TARGET, Name: 'Jane' },
      { Phone: 'nobody', Name: '' },
    ],
  };
  const added = (await ask('/Blacklist/AddBlackList', {}, phones)) as { Phones: Json[] };
  expect(added.Phones.map((one) => one['Phone'])).toEqual([TARGET, 'nobody']);
  expect(added.Phones.map((one) => one['ErrorCode'] === 0)).toEqual([true, false]);
  expect(await click(ask, { phone: office.phones[0] })).toMatchObject({ ERRORCODE: 4 });
  await ask('/Blacklist/RemoveBulkFromBlacklist', {}, phones);
  expect(await click(ask, { phone: office.phones[0] })).toMatchObject({ ERRORCODE: 0 });
});

it('whoever waits in a queue is told by it, until somebody takes the call', async () => {
  const { office, ask } = await clientOf('globalex');
  const at = Date.now();
  const rings = { ...NOTHING_HEARD, start: at, rang: at, live: at };
  const hears = async (heard: object, result: string) => {
    const leg = { result, heard, talkSeconds: null, queue: { id: '77', name: 'Sales' } };
    await desk.api.sql.rows(
      `UPDATE call SET settle_at = now() + interval '1 hour', record = jsonb_build_object('legs',
         jsonb_build_array((record #> '{legs,0}')::jsonb || $2::jsonb))::json WHERE id = $1`,
      [callId, JSON.stringify(leg)],
    );
  };
  const waiting = async () => (await ask('/comet/API/GetQueuesCallers'))['QUEUES'] as Json[];
  const callId = await makeCall(desk.api.sql, office.connection, { startedAt: at });
  await hears(rings, 'unknown');
  expect(await waiting()).toMatchObject([
    { Name: 'Sales', ID: 77, Callers: [{ CallID: expect.any(String) as string }] },
  ]);
  await hears({ ...rings, answered: at, taken: true }, 'answered');
  expect(await waiting()).toEqual([]);
});

describe('calls of others', () => {
  it('are no active calls of a credential of one department, whose own are', async () => {
    const { office, ask } = await clientOf('globalex', { more: { scope: 'department', department: '7' } });
    const at = Date.now();
    const heard = { ...NOTHING_HEARD, start: at, rang: at, live: at };
    const callOf = async (department: object | null, extension: string) => {
      const callId = await makeCall(desk.api.sql, office.connection, { startedAt: at, extension });
      const leg = { result: 'unknown', heard, talkSeconds: null, department, extension };
      await desk.api.sql.rows(
        `UPDATE call SET settle_at = now() + interval '1 hour', record = jsonb_build_object('legs',
           jsonb_build_array((record #> '{legs,0}')::jsonb || $2::jsonb))::json WHERE id = $1`,
        [callId, JSON.stringify(leg)],
      );
    };
    await callOf({ id: '7', name: 'Sales' }, office.phones[0]);
    await callOf({ id: '8', name: 'Support' }, office.phones[1]);
    await callOf(null, office.phones[1]);
    const callsAt = async (one: Ask): Promise<Record<string, number>> =>
      Object.fromEntries(
        (await talking(one)).map((of) => [String(of['username']), (of['calls'] as Json[]).length]),
      );
    const { code = '' } = await desk.credential(office, 'voicenter');
    expect(await callsAt(asking(code))).toEqual({ [office.phones[0]]: 1, [office.phones[1]]: 2 });
    expect(await callsAt(ask)).toEqual({ [office.phones[0]]: 1, [office.phones[1]]: 0 });
    await click(asking(code), { phone: office.phones[1], target: '0501234502' });
    expect((await callsAt(ask))[office.phones[1]]).toBe(0);
    await click(ask, { phone: office.phones[1] });
    expect((await callsAt(ask))[office.phones[1]]).toBe(1);
  });

  it('are not placed by a credential of one agent either', async () => {
    const { office, ask } = await clientOf('globalex', { more: { scope: 'agent' } });
    expect(await click(ask, { phone: office.phones[1] })).toMatchObject({ ERRORCODE: 4, CALLID: '' });
    expect(office.pbx.desk.liveCalls()).toHaveLength(0);
    expect(await click(ask, { phone: office.phones[0] })).toMatchObject({ ERRORCODE: 0 });
  });

  it('are not ended by a credential of one agent, whose own are', async () => {
    const { office, ask } = await clientOf('globalex', { more: { scope: 'agent' } });
    const { code = '' } = await desk.credential(office, 'voicenter');
    await click(asking(code), { phone: office.phones[1] });
    expect(await click(ask, { phone: office.phones[1], action: 'terminate' })).toMatchObject({
      ERRORCODE: 1,
    });
    expect(office.pbx.desk.liveCalls()).toHaveLength(1);
    await click(ask, { phone: office.phones[0], target: '0501234501' });
    expect(await click(ask, { phone: office.phones[0], action: 'terminate' })).toMatchObject({
      ERRORCODE: 0,
    });
    expect(office.pbx.desk.liveCalls().map(({ outside }) => outside)).toEqual([TARGET]);
  });
});

it('a recording is muted where the PBX can, and refused in a sentence where it cannot', async () => {
  for (const [vendor, code] of [
    ['voicenter', '200'],
    ['globalex', undefined],
  ] as const) {
    const { office, ask } = await clientOf(vendor);
    await click(ask, { phone: office.phones[0] });
    const told = await ask('/api/MuteUnmuteCalls', { extension: office.phones[0], state: '1' });
    if (code === undefined) expect(told['ErrorCode']).not.toBe('200');
    else expect(told).toMatchObject({ ErrorCode: code });
  }
});
