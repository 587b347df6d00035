import type { RunningProcess } from '#platform';
import { BACKENDS } from '../harness/backends.js';
import { LiveOffice, type Office } from '../harness/live-office.js';
import { MONITOR_TOKEN, PbxMonitor } from '../harness/pbx-monitor.js';
import { until } from '../harness/until.js';
import { VendorClient } from '../harness/vendor-client.js';

type Json = Record<string, unknown>;

interface ExtensionShown {
  username: string;
  peerstatus: string;
  calls: { ivrid: string; callstatus: string; callerphone: string }[];
}

interface QueueShown {
  ID: number;
  Name: string;
  Callers: { CallID: string; Phone: string; Duration: number }[];
}

function hasAll(event: Json, traits: Json): boolean {
  return Object.entries(traits).every(([name, value]) => event[name] === value);
}

/** A PBX that sends no webhooks of what its channel tells, unless a test has it do so. */
describe.each(BACKENDS)('what only a PBX’s channel tells, on $name', (backend) => {
  let live: LiveOffice;
  let office: Office;
  let monitor: PbxMonitor;
  let code: string;
  let forwarder: RunningProcess;
  const closing: (() => void)[] = [];

  const ask = async (method: string, path: string, body?: object): Promise<Json> => {
    const key = await live.key(office.tenantId, ['read', 'write', 'admin']);
    const response = await fetch(live.url() + path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status >= 300) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
    return JSON.parse(text) as Json;
  };
  const accountPath = () => `/v1/connections/${office.connection.id}/pbx-account`;
  const listen = (secret = MONITOR_TOKEN) =>
    ask('PUT', accountPath(), {
      settings: { feed: 'on', feed_url: monitor.url },
      secrets: { code: 'none', feed_token: secret },
    });
  const feed = async () => (await ask('GET', accountPath()))['feed'] as Json | null;
  const feedIs = (state: string) =>
    until(
      `a channel that is ${state}`,
      async () => {
        const now = await feed();
        return now?.['state'] === state ? now : undefined;
      },
      20_000,
    );
  const shown = async <T>(path: string, member: string): Promise<T[]> => {
    const response = await fetch(`${live.url()}${path}?code=${code}`);
    return ((await response.json()) as Record<string, T[]>)[member] ?? [];
  };
  const extensions = () => shown<ExtensionShown>('/comet/API/GetExtensionsCalls', 'EXTENSIONS');
  const queues = () => shown<QueueShown>('/comet/API/GetQueuesCallers', 'QUEUES');
  const extensionIs = (name: string, peerstatus: string, ...calls: string[]) =>
    until(
      `${name} ${peerstatus} with ${calls.join(' ')}`,
      async () => {
        const found = (await extensions()).find(({ username }) => username === name);
        const there = found?.calls.map(({ ivrid }) => ivrid).join(' ');
        return found?.peerstatus === peerstatus && there === calls.join(' ') ? found : undefined;
      },
      20_000,
    );
  const waiting = (...ids: string[]) =>
    until(`${ids.join(' ')} in the queue`, async () => {
      const found = (await queues()).find(({ ID }) => ID === 10_035);
      return found?.Callers.map(({ CallID }) => CallID).join(' ') === ids.join(' ') ? found : undefined;
    });

  const call = (ivrid: string, callstatus: string) => ({
    ...{ ivrid, callstatus, callerphone: '0501111111', direction: 'Incoming' },
    ...{ answered: callstatus === 'Talking' ? 1 : 0, callStarted: monitor.seconds(60_000), callAnswered: 0 },
  });
  const dana = { userID: 1, extenUser: '101', peerStatus: 'Unreachable' };
  const omer = { userID: 2, extenUser: '102', peerStatus: 'Reachable' };
  const caller = (IvrUniqueID: string) => ({
    ...{ IvrUniqueID, CallerID: '0502222222', CallerName: 'Jane', JoinTimeStamp: monitor.seconds(30_000) },
  });
  const support = (...ids: string[]) => ({ QueueID: 10_035, QueueName: 'Support', Calls: ids.map(caller) });

  beforeAll(async () => {
    live = await LiveOffice.open(backend);
    forwarder = await live.forwarder({ EGRESS_ALLOW: '127.0.0.0/8' });
  });
  afterAll(async () => {
    await forwarder.close();
    await live.close();
  });
  beforeEach(async () => {
    office = await live.office();
    monitor = await PbxMonitor.open();
    const credential = await ask('POST', '/v1/api-credentials', {
      connectionId: office.connection.id,
      name: 'Wallboard',
      facade: 'voicenter',
      rights: ['read', 'realtime'],
    });
    code = (credential['secret'] as { code: string }).code;
    monitor.extensions = [dana, { ...omer, calls: [call('fed-1', 'Talking')] }];
    monitor.queues = [support('fed-2')];
  });
  afterEach(async () => {
    for (const close of closing.splice(0)) close();
    await live.world.sql.rows('DELETE FROM pbx_account');
    await monitor.close();
  });

  it('is in the active calls and queues of wallboards, and on our own live channel', async () => {
    await listen();
    await extensionIs('101', 'Unreachable');
    const talking = await extensionIs('102', 'Reachable', 'fed-1');
    expect(talking.calls).toMatchObject([{ callstatus: 'Talking', callerphone: '0501111111' }]);
    const queue = await waiting('fed-2');
    expect(queue).toMatchObject({ Name: 'Support', Callers: [{ Phone: '0502222222' }] });
    expect(queue.Callers[0]?.Duration).toBeGreaterThanOrEqual(29);
    const page = await live.connect({ token: office.key, watch: ['agents', 'queues'] });
    closing.push(() => {
      page.close();
    });
    const events = () =>
      [...page.hellos.flatMap((hello) => hello.events), ...page.events] as unknown as Json[];
    const heard = (topic: string, traits: Json) =>
      until(`${topic} ${JSON.stringify(traits)}`, () =>
        events().find((event) => hasAll(event, { topic, ...traits })),
      );
    await heard('agent', { agent: office.dana, state: 'unreachable' });
    await heard('agent', { agent: office.omer, state: 'busy', call: null });
    await heard('queue', { id: '10035', waiting: 1 });
    monitor.tellExtension('userStatusUpdate', { ...dana, peerStatus: 'Reachable' });
    monitor.tellQueue('JOIN', support('fed-2', 'fed-3'));
    await heard('agent', { agent: office.dana, state: 'free' });
    await heard('queue', { id: '10035', waiting: 2 });
    await waiting('fed-2', 'fed-3');
  });

  it('is told to clients of the vendor’s channel as that tells it, with the state of phones', async () => {
    await listen();
    await extensionIs('102', 'Reachable', 'fed-1');
    const client = new VendorClient('4.8', live.url());
    closing.push(() => {
      client.close();
    });
    await client.connected();
    client.emit('loginUserCode', code);
    const { extensions: all } = await client.message('AllExtensionsStatus');
    expect(all).toMatchObject([
      { extenUser: '101', peerStatus: 'Unreachable', calls: [] },
      { extenUser: '102', peerStatus: 'Reachable', calls: [{ ivrid: 'fed-1', callstatus: 'Talking' }] },
    ]);
    const { queues: told } = await client.message('loginStatus');
    expect(told).toMatchObject([
      { QueueID: 10_035, QueueName: 'Support', Calls: [{ IvrUniqueID: 'fed-2' }] },
    ]);
    monitor.tellExtension('HOLD', { ...omer, calls: [{ ...call('fed-1', 'Hold'), answered: 1 }] });
    expect(await client.event('ExtensionEvent', 'HOLD')).toMatchObject({ ivruniqueid: 'fed-1' });
    monitor.tellExtension('HANGUP', omer);
    expect(await client.event('ExtensionEvent', 'HANGUP')).toMatchObject({ ivruniqueid: 'fed-1' });
    monitor.tellQueue('EXIT', support());
    await client.event('QueueEvent', 'ABANDONED');
  });

  it('gives way to webhooks in calls that they tell of, and is replaced when all is told again', async () => {
    await listen();
    await extensionIs('102', 'Reachable', 'fed-1');
    await live.cdr(office, { ivruniqueid: 'fed-1', target: '102' });
    await extensionIs('102', 'Reachable');
    await live.popup(office, { ivrid: 'fed-2', status: 1, localextenuser: '101' });
    await waiting();
    monitor.extensions = [dana];
    monitor.queues = [support('fed-4')];
    monitor.tellOthers();
    await waiting('fed-4');
    await extensionIs('102', 'Unknown');
  });

  it('says how the channel is: since when, and what went wrong last, also when it is well again', async () => {
    expect((await listen('wr0ng-s3cret'))['feed']).toMatchObject({
      state: 'waiting',
      since: null,
      reason: null,
    });
    const refused = await feedIs('down');
    expect(refused).toMatchObject({ connectedAt: null, reason: 'The login was refused.' });
    expect(JSON.stringify(refused)).not.toContain('s3cret');
    // It rests when the lease was given back.
    await until('the time of the next try', async () => (await feed())?.['nextTryAt'] ?? undefined);
    await listen();
    await live.world.sql.rows(`UPDATE mailbox SET not_before = now() WHERE kind = 'feed'`);
    const up = await feedIs('up');
    expect(up).toMatchObject({
      reason: 'The login was refused.',
      failedAt: refused['failedAt'],
      nextTryAt: null,
    });
    expect(up['since']).not.toBe(refused['since']);
    await extensionIs('102', 'Reachable', 'fed-1');
    await monitor.close();
    const down = await until(
      'the end of the channel',
      async () => {
        const now = await feed();
        return now?.['state'] === 'down' && now['reason'] !== 'The login was refused.' ? now : undefined;
      },
      20_000,
    );
    expect(down['connectedAt']).toBe(up['connectedAt']);
    // Nothing that it told holds any more.
    await extensionIs('102', 'Unknown');
    monitor = await PbxMonitor.open();
    await ask('PUT', accountPath(), { settings: { feed: 'off' } });
    expect(await feed()).toBeNull();
  });
});
