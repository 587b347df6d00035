import { SocketAsker, SocketStore } from '#db';
import { SocketDesk } from '../harness/socket-desk.js';
import type { SocketPbx, SocketPbxTraits } from '../harness/socket-pbx.js';
import { makeTenant, type TestConnection } from '../harness/tenant.js';
import { until } from '../harness/until.js';

const desk = new SocketDesk();
const open = (traits?: SocketPbxTraits): Promise<SocketPbx> => desk.open('ari', traits);

/** Says nothing to what is posted. */
const silent: SocketPbxTraits['answer'] = (asked, usual) => (asked.method === 'POST' ? null : usual(asked));

const ofDesk = () => ({ tenantId: desk.connection.tenantId, connectionId: desk.connection.id });

describe('what others ask through a socket', () => {
  const ask = (
    of: { tenantId: TestConnection['tenantId']; id: TestConnection['id'] } = desk.connection,
    timeoutMs = 5_000,
  ) =>
    desk.ingress.running.app.get(SocketAsker).ask(
      { tenantId: of.tenantId, connectionId: of.id },
      {
        method: 'POST',
        path: 'channels',
        query: { endpoint: 'PJSIP/101' },
        body: { variables: { a: 'b' } },
      },
      { timeoutMs },
    );
  const asksLeft = () =>
    desk.ingress.world.sql.count('SELECT count(*) FROM socket_ask WHERE connection_id = $1', [
      desk.connection.id,
    ]);

  it('reaches the PBX and comes back with its answer, and is no receipt', async () => {
    const pbx = await open({
      answer: (asked, usual) =>
        asked.method === 'POST' ? { status: 200, body: { id: 'x1' } } : usual(asked),
    });
    expect(await ask()).toEqual({ kind: 'replied', status: 200, body: '{"id":"x1"}' });
    const posted = pbx.asked.find(({ method }) => method === 'POST');
    expect(posted).toMatchObject({
      path: 'channels',
      query: [{ name: 'endpoint', value: 'PJSIP/101' }],
      body: '{"variables":{"a":"b"}}',
    });
    expect(await desk.ingress.kept(desk.connection)).toBe(0);
    expect(await asksLeft()).toBe(0);
  });

  it('takes some milliseconds for the usual one', async () => {
    await open();
    await ask();
    const took: number[] = [];
    for (let index = 0; index < 40; index += 1) {
      const begun = performance.now();
      expect((await ask()).kind).toBe('replied');
      took.push(performance.now() - begun);
    }
    took.sort((a, b) => a - b);
    // Nothing is polled for: that would be 500 ms.
    expect(took[20]).toBeLessThan(200);
  });

  it('is refused at once where no socket is open, and where the connection is another tenant’s', async () => {
    expect(await ask()).toMatchObject({ kind: 'refused' });
    const pbx = await open();
    const other = await makeTenant(desk.ingress.world.sql);
    expect(await ask({ tenantId: other, id: desk.connection.id })).toMatchObject({ kind: 'refused' });
    expect(pbx.asked.every(({ method }) => method === 'GET')).toBe(true);
  });

  it('is refused, and never sent, where whoever held the socket takes nothing any more', async () => {
    const store = new SocketStore(desk.ingress.world.hot);
    await store.open({ ...ofDesk(), line: 1 }, { sourceIp: null, remote: null });
    expect(await ask()).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining('nothing was sent') as string,
    });
    expect(await asksLeft()).toBe(0);
    const pbx = await open();
    await until('it to be asked what goes on', () => pbx.asked.length > 0);
    expect(pbx.asked.map(({ method }) => method)).toEqual(['GET']);
  });

  it('is unknown when the PBX does not answer, or its socket ends before it has', async () => {
    const pbx = await open({
      answer: silent,
    });
    expect(await ask(desk.connection, 300)).toMatchObject({ kind: 'unknown' });
    const asked = ask();
    await until('the question', () => pbx.asked.filter(({ method }) => method === 'POST').length === 2);
    pbx.vanish();
    expect(await asked).toMatchObject({ kind: 'unknown', why: expect.stringContaining('ended') as string });
    expect(await asksLeft()).toBe(0);
  });

  it('is unknown where the row of the question is gone, as after a crash of the database', async () => {
    const pbx = await open({
      answer: silent,
    });
    const asked = ask(desk.connection, 800);
    await until('the question', () => pbx.asked.some(({ method }) => method === 'POST'));
    await desk.ingress.world.sql.rows('TRUNCATE socket_ask');
    expect(await asked).toMatchObject({ kind: 'unknown' });
  });

  it('lies sealed while it is on its way', async () => {
    await open({
      answer: silent,
    });
    const asked = ask(desk.connection, 500);
    await until('the row', async () => (await asksLeft()) === 1);
    const [row] = await desk.ingress.world.sql.rows<{ sealed_request: string }>(
      'SELECT * FROM socket_ask WHERE connection_id = $1',
      [desk.connection.id],
    );
    expect(row?.sealed_request).not.toContain('PJSIP');
    await asked;
  });
});
