import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { AgentId } from '#domain';
import type { RunningProcess } from '#platform';
import { BACKENDS } from '../harness/backends.js';
import { LiveOffice, type Office } from '../harness/live-office.js';
import { until } from '../harness/until.js';

const STATE = 'SELECT status, standing, extension, actor FROM agent_state WHERE agent_id = $1';
const EGRESS = { EGRESS_ALLOW: '127.0.0.0/8' };

/** One tenant's connection listens to the channel that another tenant's connection is told by, as if that were a PBX. */
describe.each(BACKENDS)('the realtime channel of a PBX, listened to on $name', (backend) => {
  let live: LiveOffice;
  let pbx: Office;
  let ours: Office;
  let token: string;
  const forwarders: RunningProcess[] = [];

  const ask = async (office: Office, method: string, path: string, body?: object) => {
    const key = await live.key(office.tenantId, ['read', 'write', 'admin']);
    const response = await fetch(live.url() + path, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (response.status >= 300) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  };
  const says = (office: Office, agent: AgentId, status: number, extension = '101') =>
    ask(office, 'PUT', `/v1/agents/${agent}/state`, {
      connectionId: office.connection.id,
      standing: status === 1 ? 'available' : status === 2 ? 'away' : 'paused',
      status,
      extension,
    });
  const listen = (settings: Record<string, string> = {}, secret = token) =>
    ask(ours, 'PUT', `/v1/connections/${ours.connection.id}/pbx-account`, {
      settings: {
        feed: 'on',
        feed_url: `${live.url(1)}/monitorAPI/Login`,
        feed_socket_url: live.url(1),
        ...settings,
      },
      secrets: { code: 'none', feed_token: secret },
    });
  const stateOf = async (agent: AgentId) =>
    (
      await live.world.sql.rows<{ status: number; standing: string; extension: string; actor: string }>(
        STATE,
        [agent],
      )
    )[0];
  const shows = (agent: AgentId, status: number) =>
    until(
      `status ${status} here`,
      async () => {
        const state = await stateOf(agent);
        return state?.status === status ? state : undefined;
      },
      20_000,
    );
  const memo = async () =>
    (
      await live.world.sql.rows<{ memo: { failures?: number; reason?: string }; waits: boolean }>(
        `SELECT memo, not_before > now() AS waits FROM mailbox WHERE kind = 'feed' AND id = $1`,
        [ours.connection.id],
      )
    )[0];
  const holder = async () =>
    (
      await live.world.sql.rows<{ owner: string }>(
        `SELECT owner FROM mailbox WHERE kind = 'feed' AND id = $1 AND lease_until > now()`,
        [ours.connection.id],
      )
    )[0]?.owner;
  const start = async (settings: Record<string, string> = EGRESS) => {
    const forwarder = await live.forwarder(settings);
    forwarders.push(forwarder);
    return forwarder;
  };

  beforeAll(async () => {
    live = await LiveOffice.open(backend);
  });
  afterAll(() => live.close());
  beforeEach(async () => {
    pbx = await live.office();
    ours = await live.office();
    const credential = await ask(pbx, 'POST', '/v1/api-credentials', {
      connectionId: pbx.connection.id,
      name: 'Whoever listens',
      facade: 'voicenter',
      rights: ['realtime'],
    });
    token = (credential['secret'] as { code: string }).code;
  });
  afterEach(async () => {
    for (const one of forwarders.splice(0)) await one.close();
    await live.world.sql.rows('DELETE FROM pbx_account');
  });

  it('has agents here in the state that they have there, within seconds, and tells pages', async () => {
    await says(pbx, pbx.dana, 3);
    await start();
    await listen();
    expect(await shows(ours.dana, 3)).toEqual({
      status: 3,
      standing: 'paused',
      extension: '101',
      actor: 'pbx',
    });
    expect(await shows(ours.omer, 1)).toMatchObject({ standing: 'available', extension: '102' });
    const page = await live.connect({ token: ours.key, watch: ['agents'] });
    await says(pbx, pbx.dana, 1);
    await shows(ours.dana, 1);
    await until('the change on a page', () =>
      page.events.find((event) => event.topic === 'agent' && event.said?.status === 1),
    );
    page.close();
    const audit = await ask(ours, 'GET', '/v1/audit');
    const entries = (audit['data'] as { action: string; actor: unknown }[]).filter(
      ({ action }) => action === 'agent.state_changed',
    );
    expect(entries).toHaveLength(3);
    expect(JSON.stringify(entries)).toContain('"pbx"');
  });

  it('leaves what somebody here says until the PBX says something else', async () => {
    await says(pbx, pbx.dana, 3);
    await start();
    await listen();
    await shows(ours.dana, 3);
    await says(ours, ours.dana, 7);
    await says(pbx, pbx.omer, 5, '102');
    await shows(ours.omer, 5);
    expect(await stateOf(ours.dana)).toMatchObject({ status: 7 });
    await says(pbx, pbx.dana, 11);
    await shows(ours.dana, 11);
  });

  it('is come back to after the PBX was away, and all of it is read again', async () => {
    await start();
    await listen();
    await shows(ours.dana, 1);
    await live.restartApi(1);
    // It is at another port now, as a PBX that moved: the account says so.
    await says(pbx, pbx.dana, 12);
    await until('it to be noticed', async () => ((await memo())?.memo.failures ?? 0) > 0, 20_000);
    await listen();
    await live.world.sql.rows(`UPDATE mailbox SET not_before = now() WHERE kind = 'feed'`);
    await shows(ours.dana, 12);
  });

  it('is listened to by one process at a time, and taken over when that ends', async () => {
    const first = await start();
    await listen();
    await shows(ours.dana, 1);
    const owner = await holder();
    const second = await start();
    await says(pbx, pbx.dana, 3);
    await shows(ours.dana, 3);
    expect(await holder()).toBe(owner);
    await first.close();
    forwarders.splice(0, forwarders.length, second);
    await says(pbx, pbx.dana, 9);
    await shows(ours.dana, 9);
    expect(await holder()).not.toBe(owner);
  });

  it('is left when the account says so, and not gone to where addresses are not allowed', async () => {
    await start({});
    await listen();
    await until('a refusal', async () => (await memo())?.memo.reason);
    expect((await memo())?.memo.reason).toContain('not allowed');
    await listen({ feed: 'off' });
    await until('its end', async () => (await holder()) === undefined);
    expect(await stateOf(ours.dana)).toBeUndefined();
  });

  it('whose login is refused is tried seldom, and at once when the account was mended; no secret is kept with the reason', async () => {
    await start();
    await listen({}, 'wr0ng-s3cret');
    const refused = await until('a refusal', async () => {
      const row = await memo();
      return row?.memo.reason === undefined ? undefined : row;
    });
    expect(refused).toMatchObject({ waits: true, memo: { failures: 1, reason: 'The login was refused.' } });
    expect(JSON.stringify(refused)).not.toContain('s3cret');
    await listen();
    await says(pbx, pbx.dana, 9);
    await shows(ours.dana, 9);
  });
});
