import { connect } from 'node:net';
import { newId } from '#platform';
import { SocketStore, type SocketLine } from '#db';
import { OpenSockets } from '../../apps/ingress/socket/open-sockets.js';
import { SocketDesk } from '../harness/socket-desk.js';
import {
  SocketPbx,
  begun,
  channel,
  ended,
  refusedHandshake,
  type SocketPbxTraits,
} from '../harness/socket-pbx.js';
import { makeConnection, type TestConnection } from '../harness/tenant.js';
import { until } from '../harness/until.js';

const desk = new SocketDesk();

const urlOf = ({ basePath }: TestConnection) => `ws://127.0.0.1:${desk.ingress.port}${basePath}/ari`;

const lineOf = ({ id, tenantId }: TestConnection, line: SocketLine = 1) => ({
  connectionId: id,
  tenantId,
  line,
});

const open = (traits?: SocketPbxTraits): Promise<SocketPbx> => desk.open('ari', traits);

/** As another process has it that got a newer socket. */
async function openStore() {
  const store = new SocketStore(desk.ingress.world.hot);
  const mine = await store.open(lineOf(desk.connection), { sourceIp: null, remote: null });
  if (!mine) throw new Error('no socket');
  return { store, mine };
}

interface SocketRow extends Record<string, unknown> {
  fence: string;
  state: string;
  reason: string | null;
  remote: string | null;
  clock_ahead_ms: number | null;
  alive_at: Date;
}
const row = () =>
  desk.ingress.world.sql.row<SocketRow>('SELECT * FROM pbx_socket WHERE connection_id = $1', [
    desk.connection.id,
  ]);
const partsKept = async () =>
  (
    await desk.ingress.world.sql.rows<{ call_id: string }>(
      'SELECT call_id FROM socket_part WHERE connection_id = $1 ORDER BY 1',
      [desk.connection.id],
    )
  ).map(({ call_id }) => call_id);

/** What was missed is asked for, answered and settled. */
const complete = (pbx: SocketPbx, since: Date) =>
  until('the socket to be complete', async () => {
    expect(pbx.asked.length).toBeGreaterThan(0);
    return (await row()).alive_at.getTime() > since.getTime();
  });

describe('a PBX that opens a WebSocket', () => {
  it('has its messages kept in the order in which it sent them, as they came', async () => {
    const pbx = await open();
    const events = Array.from({ length: 500 }, (_, index) => ({ ...begun('c1'), index }));
    for (const event of events) pbx.tell(event);
    await desk.kept(500);
    expect(await desk.bodies()).toEqual(events.map((event) => JSON.stringify(event)));
    const [first] = await desk.ingress.receipts(desk.connection);
    expect(first).toMatchObject({ route: 'ari', method: 'SOCKET', state: 'due', source_ip: '127.0.0.1' });
  });

  it('has what is no text and what nobody can read kept as what could not be read', async () => {
    const pbx = await open();
    pbx.ws.send(Buffer.from([0, 1, 255]), { binary: true });
    pbx.ws.send(Buffer.from([0x7b, 0xff, 0xfe]), { binary: false });
    pbx.ws.send('no JSON');
    await desk.kept(3);
    const receipts = await desk.ingress.receipts(desk.connection);
    expect(receipts.map(({ state }) => state)).toEqual(['unparsed', 'unparsed', 'unparsed']);
    expect(receipts[0]?.body).toEqual(Buffer.from([0, 1, 255]));
    expect(receipts[1]?.body).toEqual(Buffer.from([0x7b, 0xff, 0xfe]));
    expect(receipts[0]?.reason).toContain('binary');
  });

  it('is not heard when what it tells has nothing to do with calls', async () => {
    const pbx = await open();
    pbx.tell({ type: 'DeviceStateChanged', device_state: { name: 'PJSIP/101', state: 'NOT_INUSE' } });
    pbx.tell(begun('c1'));
    await desk.kept(1);
    expect(await desk.typesKept()).toEqual(['ChannelStateChange']);
  });

  it('may speak HTTP to the same URL, and is taken as a webhook', async () => {
    const answer = await fetch(urlOf(desk.connection).replace('ws:', 'http:'), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(begun('c1')),
    });
    expect(answer.status).toBe(200);
    expect((await desk.ingress.receipts(desk.connection)).map(({ method }) => method)).toEqual(['POST']);
  });

  it('is shown with where it is from and what it calls itself, and that it is gone', async () => {
    const pbx = await open();
    await until('the row', async () => (await row()).state === 'up');
    expect(await row()).toMatchObject({ source_ip: '127.0.0.1', remote: 'Asterisk PBX 22.5.0' });
    await pbx.end();
    await until('it to be down', async () => (await row()).state === 'down');
    expect((await row()).reason).toContain('The PBX closed it');
  });
});

describe('a handshake', () => {
  it('is refused with a sentence where the URL is nobody’s, the connection is off, or no such protocol is offered', async () => {
    const off = await makeConnection(desk.ingress.world.sql, desk.connection.tenantId, {
      dialect: 'asterisk',
      enabled: false,
    });
    const nobody = urlOf(desk.connection).replace(desk.connection.token, 'swc_nobody');
    expect(await refusedHandshake(nobody)).toMatchObject({
      status: 404,
      body: expect.stringContaining('URL') as string,
    });
    expect(await refusedHandshake(urlOf(off))).toMatchObject({
      status: 403,
      body: expect.stringContaining('switched off') as string,
    });
    const without = await refusedHandshake(urlOf(desk.connection), { 'sec-websocket-protocol': 'chat' });
    expect(without).toMatchObject({ status: 400, body: expect.stringContaining('"ari"') as string });
    expect((await refusedHandshake(urlOf(desk.connection), { 'sec-websocket-version': '8' })).status).toBe(
      400,
    );
    expect((await refusedHandshake(urlOf(desk.connection), { authorization: 'Basic eDp5' })).status).toBe(
      101,
    );
    expect(await desk.ingress.refused(off)).toEqual({ disabled: 1 });
    expect(await desk.ingress.refused(desk.connection)).toEqual({ bad_handshake: 2 });
  });

  it('by a URL that was replaced is refused as one of that connection’s, also as a webhook', async () => {
    await desk.ingress.world.sql.rows(
      `UPDATE connection_token SET expires_at = now() - interval '1 s' WHERE connection_id = $1`,
      [desk.connection.id],
    );
    expect(await refusedHandshake(urlOf(desk.connection))).toMatchObject({
      status: 404,
      body: expect.stringContaining('This URL was replaced') as string,
    });
    const posted = { method: 'POST', body: '{}' };
    expect((await fetch(urlOf(desk.connection).replace('ws:', 'http:'), posted)).status).toBe(404);
    expect(await desk.ingress.refused(desk.connection)).toEqual({ replaced_url: 2 });
    expect(await desk.ingress.kept(desk.connection)).toBe(0);
  });

  it('whose Upgrade a proxy kept to itself is refused with 426, counted, and not kept', async () => {
    const stripped = (headers: Record<string, string>) =>
      refusedHandshake(urlOf(desk.connection), { connection: 'close', ...headers });
    for (const upgrade of ['', 'websocket', 'h2c'])
      expect(await stripped({ upgrade })).toMatchObject({
        status: 426,
        body: expect.stringContaining('hand on the headers Upgrade') as string,
      });
    const answer = await fetch(urlOf(desk.connection).replace('ws:', 'http:'));
    expect([answer.status, answer.headers.get('upgrade')]).toEqual([426, 'websocket']);
    expect((await fetch(answer.url, { method: 'HEAD' })).status).toBe(200);
    expect(await desk.ingress.kept(desk.connection)).toBe(0);
    expect(await desk.ingress.refused(desk.connection)).toEqual({ not_upgraded: 4 });
  });

  it('at the URL of a PBX without sockets is the request that it also is', async () => {
    const voicenter = await makeConnection(desk.ingress.world.sql, desk.connection.tenantId);
    const url = `ws://127.0.0.1:${desk.ingress.port}${voicenter.path}?ivruniqueid=1&caller=0501234567`;
    expect((await refusedHandshake(url)).status).toBe(200);
    expect(await desk.ingress.kept(voicenter)).toBe(1);
  });

  it('of somebody who is gone meanwhile leaves nothing open', async () => {
    const { port } = desk.ingress;
    const { pathname } = new URL(urlOf(desk.connection));
    const socket = connect({ port, host: '127.0.0.1' });
    const key = Buffer.alloc(16, 2).toString('base64');
    socket.write(
      `GET ${pathname} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Protocol: ari\r\n\r\n`,
      () => socket.resetAndDestroy(),
    );
    await until('nothing to be open', async () => {
      const rows = await desk.ingress.world.sql.rows<SocketRow>(
        'SELECT * FROM pbx_socket WHERE connection_id = $1',
        [desk.connection.id],
      );
      return (
        rows.every(({ state }) => state === 'down') && desk.ingress.running.app.get(OpenSockets).size === 0
      );
    });
  });
});

describe('parts of calls', () => {
  it('that end while no socket is open are written gone at the time we last heard, and those that began are found', async () => {
    const first = await open();
    first.tell(begun('c1'));
    first.tell(begun('c2'));
    await desk.kept(2);
    await complete(first, (await row()).alive_at);
    first.vanish();
    await until('it to be down', async () => (await row()).state === 'down');
    const { alive_at: aliveAt } = await row();
    await open({ channels: ['c2', 'c3'] });
    await desk.kept(4);
    const [found, gone] = (await desk.ingress.receipts(desk.connection)).slice(2);
    expect(found?.headers).toMatchObject({
      'x-switchhook-written': 'going-on',
      'x-switchhook-clock-ahead-ms': '0',
    });
    expect(JSON.parse(found?.body.toString() ?? '')).toMatchObject({ channel: { id: 'c3' } });
    expect(gone?.headers).toMatchObject({ 'x-switchhook-written': 'gone' });
    const told = JSON.parse(gone?.body.toString() ?? '') as { timestamp: string };
    expect(told).toMatchObject({ guessed: true, channel: { id: 'c1' } });
    expect(Date.parse(told.timestamp)).toBe(aliveAt.getTime());
    expect(await partsKept()).toEqual(['c2', 'c3']);
  });

  it('whose end the PBX had kept for us are not written gone: it tells first', async () => {
    const first = await open();
    first.tell(begun('c1'));
    await desk.kept(1);
    first.vanish();
    await until('it to be down', async () => (await row()).state === 'down');
    const since = new Date();
    const second = await open({ queued: [ended('c1')] });
    await complete(second, since);
    expect(await desk.typesKept()).toEqual(['ChannelStateChange', 'ChannelDestroyed']);
    expect(await partsKept()).toEqual([]);
  });

  it('that have gone over to another call are known as parts of that one by the next socket', async () => {
    const { store, mine } = await openStore();
    const toldIn = (callId: string) =>
      store.keep(mine, { receipts: [], ended: [], begun: [{ part: 'p', callId, since: mine.aliveAt }] });
    expect([await toldIn('first'), await toldIn('second')]).toEqual([true, true]);
    expect((await openStore()).mine.parts).toMatchObject([{ part: 'p', callId: 'second' }]);
  });

  it('are found however many go on, in an answer that is longer than an event may be', async () => {
    const channels = Array.from({ length: 3_000 }, (_, index) => `c${String(index)}`);
    const pbx = await open({ channels });
    await until('all to be known', async () => (await partsKept()).length === channels.length, 20_000);
    pbx.tell({ ...begun('long'), more: 'x'.repeat(1_100_000) });
    await desk.kept(channels.length + 1);
    expect(pbx.closed).toBeUndefined();
    const unread = (await desk.ingress.receipts(desk.connection)).filter(({ state }) => state === 'unparsed');
    expect(unread.map(({ reason }) => reason)).toEqual(['The message is larger than 1 MiB.']);
  });

  it('are asked for again where the PBX does not say what goes on', async () => {
    const answers = [
      { status: 500, body: {} },
      { status: 200, body: [channel('c1')] },
    ];
    await open({ answer: () => answers.shift() ?? null });
    await until(
      'the second answer',
      () => desk.ingress.kept(desk.connection).then((count) => count === 1),
      20_000,
    );
    expect(await partsKept()).toEqual(['c1']);
  });
});

describe('the newest socket of a connection', () => {
  it('counts: the one before is told so and closed, with what it had said kept', async () => {
    const first = await open();
    for (let index = 0; index < 50; index += 1) first.tell({ ...begun('c1'), index });
    const second = await open();
    await until('the first to be closed', () => first.closed);
    expect(first.closed).toEqual({ code: 4000, reason: 'The PBX has opened another WebSocket.' });
    second.tell({ ...begun('c1'), index: 50 });
    await desk.kept(51);
    expect((await desk.bodies()).map((body) => (JSON.parse(body) as { index: number }).index)).toEqual(
      Array.from({ length: 51 }, (_, index) => index),
    );
    expect((await row()).state).toBe('up');
  });

  it('has taken over from one in another process, which keeps nothing more', async () => {
    const { store, mine } = await openStore();
    await open();
    const news = { receipts: [], ended: [], begun: [{ part: 'p', callId: 'c', since: mine.aliveAt }] };
    expect(await store.keep(mine, news)).toBe(false);
    expect(await partsKept()).toEqual([]);
    await store.close(mine, 'late');
    expect((await row()).state).toBe('up');
    const beaten = await store.beat([{ ...mine, aliveAt: null, clockAheadMs: null }]);
    expect(beaten.size).toBe(0);
  });

  it('is let go of when another process has a newer one', async () => {
    const pbx = await open();
    await until('it to be up', async () => (await row()).state === 'up');
    await openStore();
    await until('it to be closed', () => pbx.closed);
    expect(pbx.closed?.code).toBe(4000);
  });
});

describe('a socket whose URL is not valid any more', () => {
  it('is closed when its token ends', async () => {
    const pbx = await open();
    await desk.ingress.world.sql.rows(
      `UPDATE connection_token SET expires_at = now() + interval '1 s' WHERE connection_id = $1`,
      [desk.connection.id],
    );
    await until('it to be closed', () => pbx.closed);
    expect(pbx.closed?.reason).toContain('not valid any more');
  });

  it('is closed when the connection is switched off, or deleted', async () => {
    const pbx = await open();
    await desk.ingress.world.sql.rows('UPDATE connection SET enabled = false WHERE id = $1', [
      desk.connection.id,
    ]);
    await until('it to be closed', () => pbx.closed);
    expect(pbx.closed?.reason).toContain('switched off');
    await desk.ingress.world.sql.rows('UPDATE connection SET enabled = true WHERE id = $1', [
      desk.connection.id,
    ]);
    const second = await until('it to be let in again', () => open().catch(() => undefined));
    await desk.ingress.world.sql.rows('DELETE FROM connection WHERE id = $1', [desk.connection.id]);
    await until('the second to be closed', () => second.closed);
  });
});

describe('the clock of a PBX', () => {
  it('is measured by what it tells as it happens, and its messages are kept with how far it is ahead', async () => {
    const pbx = await open();
    const since = (await row()).alive_at;
    pbx.tell(begun('c1'));
    await desk.kept(1);
    await complete(pbx, since);
    pbx.tell(begun('c1', Date.now() + 60_000));
    pbx.tell(begun('c1', Date.now() + 60_000));
    await desk.kept(3);
    const headers = (await desk.ingress.receipts(desk.connection)).map(
      (receipt) => receipt.headers['x-switchhook-clock-ahead-ms'],
    );
    expect(headers[0]).toBeUndefined();
    expect(Math.abs(Number(headers[2]) - 60_000)).toBeLessThan(1_000);
    await until(
      'it to be remembered',
      async () => Math.abs(((await row()).clock_ahead_ms ?? 0) - 60_000) < 1_000,
    );
    // When a call that is found began is by the PBX's clock too.
    pbx.vanish();
    await until('it to be down', async () => (await row()).state === 'down');
    await open({ channels: ['c1', 'c2'] });
    await desk.kept(4);
    const found = (await desk.ingress.receipts(desk.connection))[3]?.headers;
    expect(found).toMatchObject({ 'x-switchhook-written': 'going-on' });
    expect(Math.abs(Number(found?.['x-switchhook-clock-ahead-ms']) - 60_000)).toBeLessThan(1_000);
  });
});

it('webhooks cost no statement more for it', async () => {
  const voicenter = await makeConnection(desk.ingress.world.sql, desk.connection.tenantId);
  await until('no socket to be open', () => desk.ingress.running.app.get(OpenSockets).size === 0);
  const before = await desk.ingress.metric('switchhook_statements_total', 'socket.');
  for (let index = 0; index < 20; index += 1) {
    const sent = await fetch(
      desk.ingress.url(`${voicenter.path}?ivruniqueid=${String(index)}&caller=0501234567`),
    );
    expect(sent.status).toBe(200);
  }
  expect(await desk.ingress.kept(voicenter)).toBe(20);
  expect(await desk.ingress.metric('switchhook_statements_total', 'socket.')).toBe(before);
});

it('sockets of one process share a commit', async () => {
  const before = await desk.ingress.metric('switchhook_statements_total', 'socket.keep');
  const others = await Promise.all(
    Array.from({ length: 10 }, () =>
      makeConnection(desk.ingress.world.sql, desk.connection.tenantId, { dialect: 'asterisk' }),
    ),
  );
  const all = await Promise.all(others.map((one) => SocketPbx.open(urlOf(one))));
  for (const pbx of all) desk.endsWithTest(pbx);
  for (const pbx of all) pbx.tell(begun(newId()));
  await until('all to be kept', async () => {
    const counts = await Promise.all(others.map((one) => desk.ingress.kept(one)));
    return counts.every((count) => count === 1);
  });
  const statements = (await desk.ingress.metric('switchhook_statements_total', 'socket.keep')) - before;
  expect(statements).toBeLessThan(10);
});
