/** Two WebSockets of one PBX for one connection: what they tell is kept once, and one stands in for the other. */
import type { ReceiptId } from '#domain';
import { newId } from '#platform';
import { SocketAsker, SocketStore, type SocketLine } from '#db';
import { SocketDesk } from '../harness/socket-desk.js';
import { begun, ended, type SocketPbx, type SocketPbxTraits } from '../harness/socket-pbx.js';
import { until } from '../harness/until.js';

const desk = new SocketDesk();

const ROUTES = { 1: 'ari', 2: 'ari-2' } as const;
const NAMES = { 1: 'switchhook', 2: 'switchhook_2' } as const;

async function open(line: SocketLine, traits: SocketPbxTraits = {}): Promise<SocketPbx> {
  const pbx = await desk.open(ROUTES[line], traits);
  await until('the line to be up', async () => (await row(line))?.state === 'up');
  return pbx;
}

/** As an application of Asterisk is told: the same, but for its own name at the end. */
const by = (line: SocketLine, event: object) => ({ ...event, application: NAMES[line] });

interface SocketRow extends Record<string, unknown> {
  state: string;
  alive_at: Date;
}
const sql = (text: string) =>
  desk.ingress.world.sql.rows<Record<string, unknown>>(text, [desk.connection.id]);
const row = async (line: SocketLine) =>
  (
    await desk.ingress.world.sql.rows<SocketRow>(
      'SELECT * FROM pbx_socket WHERE connection_id = $1 AND line = $2',
      [desk.connection.id, line],
    )
  )[0];
const partsOf = async (line: SocketLine) =>
  (await sql(`SELECT call_id FROM socket_part WHERE connection_id = $1 AND line = ${line} ORDER BY 1`)).map(
    ({ call_id }) => call_id,
  );
/** Everything that was told by then is kept, and what was missed is made up for. */
const complete = async (line: SocketLine, since = new Date()) =>
  until('the line to be complete', async () => Number((await row(line))?.alive_at) > since.getTime(), 20_000);
/** Its process does not say any more that it holds it. */
const silence = (line: SocketLine) =>
  sql(
    `UPDATE pbx_socket SET beat_at = now() - interval '1 minute' WHERE connection_id = $1 AND line = ${line}`,
  );
const openedSince = (line: SocketLine, ago: string) =>
  sql(`UPDATE pbx_socket SET since = now() - interval '${ago}' WHERE connection_id = $1 AND line = ${line}`);

/** A line that another process holds: as far as its rows say. */
async function heldElsewhere(line: SocketLine) {
  const store = new SocketStore(desk.ingress.world.hot);
  const of = { connectionId: desk.connection.id, tenantId: desk.connection.tenantId, line };
  const owner = await store.open(of, { sourceIp: null, remote: null });
  if (!owner) throw new Error('no socket');
  await openedSince(line, '1 minute');
  const beat = (aliveAt = owner.aliveAt) => store.beat([{ ...owner, aliveAt, clockAheadMs: null }]);
  return { owner, store, beat };
}

describe('two lines of one PBX', () => {
  it('are open at the same time, each with its own standing, and what both tell is kept once', async () => {
    const [first, second] = [await open(1), await open(2)];
    let before = 0;
    await until('each to know of the other', async () => {
      first.tell(begun('c0'));
      before += 1;
      return (await sql('SELECT 1 FROM socket_told WHERE connection_id = $1')).length > 0;
    });
    await desk.kept(before);
    for (let index = 0; index < 40; index += 1) {
      const event = { ...begun('c1'), index };
      first.tell(by(1, event));
      second.tell(by(2, event));
    }
    first.tell(by(1, ended('c1')));
    await desk.kept(before + 41);
    await until('both to have told all', async () => (await partsOf(2)).join() === 'c1');
    await complete(2);
    expect(await desk.ingress.kept(desk.connection)).toBe(before + 41);
    expect(first.closed ?? second.closed).toBeUndefined();
    expect(await partsOf(1)).toEqual(['c0']);
  });

  it('are one for whoever asks: the one that is there answers', async () => {
    const pbx = await open(2, { answer: (asked, usual) => usual(asked) });
    const asked = await desk.ingress.running.app
      .get(SocketAsker)
      .ask(
        { tenantId: desk.connection.tenantId, connectionId: desk.connection.id },
        { method: 'POST', path: 'channels' },
        { timeoutMs: 5_000 },
      );
    expect(asked).toMatchObject({ kind: 'replied' });
    await open(1);
    const again = await desk.ingress.running.app
      .get(SocketAsker)
      .ask(
        { tenantId: desk.connection.tenantId, connectionId: desk.connection.id },
        { method: 'POST', path: 'bridges' },
        { timeoutMs: 5_000 },
      );
    expect(again).toMatchObject({ kind: 'replied' });
    const posted = desk.dialled.flatMap((one) => one.asked.filter(({ method }) => method === 'POST'));
    expect(posted.map(({ path }) => path).sort()).toEqual(['bridges', 'channels']);
    expect(pbx.closed).toBeUndefined();
  });

  it('lose nothing by one that is not the newest of its line any more: its messages are not what the other’s are taken for', async () => {
    const { owner, store } = await heldElsewhere(1);
    await store.open(owner, { sourceIp: null, remote: null });
    const message = by(1, begun('c1'));
    const receipt = {
      ...{ id: newId<ReceiptId>(), tenantId: owner.tenantId, connectionId: owner.connectionId },
      ...{ receivedAt: owner.aliveAt, route: 'ari', method: 'SOCKET', query: '', headers: {} },
      ...{ body: Buffer.from(JSON.stringify(message)), sourceIp: null, unparsedReason: null },
      mark: newId(),
    };
    const late = { receipts: [receipt], ended: [], begun: [] };
    expect(await store.keep(owner, late)).toBe(false);
    const second = await store.open({ ...owner, line: 2 }, { sourceIp: null, remote: null });
    expect(second && (await store.keep(second, late))).toBe(true);
    expect(await desk.ingress.kept(desk.connection)).toBe(1);
    expect(
      second && (await store.keep(second, { ...late, receipts: [{ ...receipt, id: newId<ReceiptId>() }] })),
    ).toBe(true);
    expect(await desk.ingress.kept(desk.connection)).toBe(1);
  });
});

describe('a line that was away', () => {
  /** Line 2 knew two calls, and is gone. */
  async function knewTwoCalls(): Promise<void> {
    const second = await open(2);
    second.tell(by(2, begun('c1')));
    second.tell(by(2, begun('c2')));
    await until('both to be known', async () => (await partsOf(2)).length === 2);
    await complete(2);
    second.vanish();
    await until('it to be down', async () => (await row(2))?.state === 'down');
  }

  it('leaves it to the other to tell of the ends that it missed, and writes nothing', async () => {
    const first = await open(1);
    await openedSince(1, '1 minute');
    first.tell(by(1, begun('c1')));
    first.tell(by(1, begun('c2')));
    await until('both to be known', async () => (await partsOf(1)).length === 2);
    await knewTwoCalls();
    first.tell(by(1, ended('c1')));
    await until('the end', async () => (await partsOf(1)).join() === 'c2');
    await open(2, { channels: ['c2'] });
    await until('it to be forgotten', async () => (await partsOf(2)).join() === 'c2', 20_000);
    await complete(2);
    const types = await desk.typesKept();
    expect(types.filter((type) => type === 'ChannelDestroyed')).toHaveLength(1);
    expect(types.filter((type) => type.startsWith('Switchhook'))).toEqual([]);
  });

  it('does not tell again of what began meanwhile and the other was told', async () => {
    await knewTwoCalls();
    const { owner, store, beat } = await heldElsewhere(1);
    const part = { part: 'c3 PJSIP/101', callId: 'c3', since: owner.aliveAt };
    await store.keep(owner, { receipts: [], ended: [], begun: [part] });
    await beat();
    await open(2, { channels: ['c1', 'c2', 'c3', 'c4'] });
    await until('all to be known', async () => (await partsOf(2)).length === 4);
    const found = (await desk.ingress.receipts(desk.connection)).filter(
      ({ headers }) => headers['x-switchhook-written'] === 'going-on',
    );
    expect(
      found.map(({ body }) => (JSON.parse(body.toString()) as { channel: { id: string } }).channel.id),
    ).toEqual(['c4']);
  });

  it('waits for the other as long as that is behind, and makes up for itself when that dies', async () => {
    await knewTwoCalls();
    const { owner, store, beat } = await heldElsewhere(1);
    const part = { part: 'c1 PJSIP/101', callId: 'c1', since: owner.aliveAt };
    await store.keep(owner, { receipts: [], ended: [], begun: [part] });
    await beat();
    await open(2, { channels: ['c2'] });
    for (let beats = 0; beats < 3; beats += 1) {
      const { alive_at: aliveAt } = (await row(2)) ?? {};
      await beat();
      expect(await partsOf(2)).toEqual(['c1', 'c2']);
      expect((await row(2))?.alive_at).toEqual(aliveAt);
      const passed = performance.now() + 1_000;
      await until('a second to pass', () => performance.now() > passed);
    }
    expect((await desk.typesKept()).filter((type) => type.startsWith('Switchhook'))).toEqual([]);
    await silence(1);
    await until('it to be written gone', async () => (await partsOf(2)).join() === 'c2', 20_000);
    expect((await desk.typesKept()).filter((type) => type === 'SwitchhookChannelGone')).toHaveLength(1);
  });

  it('makes up for itself at once where the other was away at the same time', async () => {
    await knewTwoCalls();
    const { owner, store, beat } = await heldElsewhere(1);
    const part = { part: 'c1 PJSIP/101', callId: 'c1', since: owner.aliveAt };
    await store.keep(owner, { receipts: [], ended: [], begun: [part] });
    await openedSince(1, '0 s');
    await beat();
    await open(2, { channels: ['c2'] });
    await until('it to be written gone', async () => (await partsOf(2)).join() === 'c2');
    expect((await desk.typesKept()).filter((type) => type === 'SwitchhookChannelGone')).toHaveLength(1);
  });
});
