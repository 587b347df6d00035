import { EnrichmentStore } from '#db';
import { cdr } from '../builders/cdr.js';
import { EnricherRig } from '../harness/enricher-rig.js';
import { makeConnection, makeEndpoint, makeTenant, type TestConnection } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';
import type { TenantId } from '#domain';

const CRM = { url: 'http://crm.invalid/' };

describe('the enricher’s drain', () => {
  let world: World;
  let rig: EnricherRig;
  let tenantId: TenantId;
  let connection: TestConnection;

  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    rig = new EnricherRig(world);
    tenantId = await makeTenant(world.sql);
    connection = await makeConnection(world.sql, tenantId);
  });

  const deliveries = (endpointId: string) =>
    world.sql.rows<{ state: string; reason: string | null; type: string; sequence: number }>(
      `SELECT state, reason, event_type AS type, sequence FROM delivery WHERE endpoint_id = $1 ORDER BY id`,
      [endpointId],
    );
  const states = async () => (await rig.receipts(connection)).map(({ state }) => state);

  it('makes of one CDR one call, one event, and a delivery to each endpoint that wants it, and rings those', async () => {
    const wants = await makeEndpoint(world.sql, tenantId, { ...CRM, eventTypes: ['call.*'] });
    const other = await makeEndpoint(world.sql, tenantId, { ...CRM, eventTypes: ['ivr.input'] });
    const stranger = await makeEndpoint(world.sql, await makeTenant(world.sql, 'Other'), CRM);
    await rig.takeIn(connection, cdr({ ivruniqueid: 'one' }));
    expect(await rig.drain(connection)).toMatchObject({ more: false });
    expect(await rig.events(connection)).toMatchObject([{ type: 'call.ended', sequence: 1, call: 'one' }]);
    expect(await deliveries(wants.id)).toEqual([
      { state: 'due', reason: null, type: 'call.ended', sequence: 1 },
    ]);
    expect(await deliveries(other.id)).toEqual([]);
    expect(await deliveries(stranger.id)).toEqual([]);
    expect(rig.rung).toEqual([wants.id]);
    expect(await states()).toEqual(['done']);
  });

  it('keeps beside a call what calls are counted and found by', async () => {
    const taken = { ivruniqueid: 'taken', dialtime: 7, duration: 90, record: 'https://pbx.example/1.mp3' };
    const more = { queueid: 12, queuename: 'Support', representative_code: '7421' };
    await rig.takeIn(
      connection,
      cdr({ ...taken, ...more }),
      cdr({ ivruniqueid: 'lost', status: 'NOANSWER' }),
    );
    await rig.drain(connection);
    const counted = await world.sql.rows(
      `SELECT vendor_call_id AS call, ring_seconds, talk_seconds, missed, recorded, agent_code, queue_id
       FROM call WHERE connection_id = $1 ORDER BY vendor_call_id`,
      [connection.id],
    );
    expect(counted).toMatchObject([
      { call: 'lost', missed: true, recorded: false, agent_code: null, queue_id: null },
      {
        call: 'taken',
        ring_seconds: 7,
        talk_seconds: 90,
        missed: false,
        recorded: true,
        agent_code: '7421',
        queue_id: '12',
      },
    ]);
  });

  it('owes an endpoint only the events that pass its filter', async () => {
    const filters = [
      { directions: ['inbound'] },
      { directions: ['outbound'] },
      { payload: { from: { e164: { $startsWith: '+972' } } } },
      { payload: { talkSeconds: { $gte: 100_000 } } },
    ];
    const endpoints = [];
    for (const filter of filters) endpoints.push(await makeEndpoint(world.sql, tenantId, { ...CRM, filter }));
    await rig.takeIn(connection, cdr({ caller: '0523258000' }));
    await rig.drain(connection);
    const owed = await Promise.all(endpoints.map(async ({ id }) => (await deliveries(id)).length));
    expect(owed).toEqual([1, 0, 1, 0]);
  });

  it('makes one event of a CDR that comes several times, in one batch or in several', async () => {
    const endpoint = await makeEndpoint(world.sql, tenantId, CRM);
    const same = cdr();
    await rig.takeIn(connection, same, same, same);
    await rig.drain(connection);
    await rig.takeIn(connection, same);
    await rig.drain(connection);
    expect(await rig.events(connection)).toHaveLength(1);
    expect(await deliveries(endpoint.id)).toHaveLength(1);
    expect(await states()).toEqual(['done', 'done', 'done', 'done']);
  });

  it('changes nothing when receipts are replayed', async () => {
    const endpoint = await makeEndpoint(world.sql, tenantId, CRM);
    const one = cdr();
    await rig.takeIn(connection, one, { ...one, record: 'https://pbx.example/1.mp3' }, cdr());
    await rig.drain(connection);
    const before = [await rig.events(connection), await deliveries(endpoint.id)];
    await world.sql.rows(`UPDATE receipt SET state = 'due' WHERE connection_id = $1`, [connection.id]);
    await rig.drain(connection);
    expect([await rig.events(connection), await deliveries(endpoint.id)]).toEqual(before);
  });

  it('joins the two legs of a Click2Call to one call, in either order', async () => {
    const leg1 = cdr({ ivruniqueid: 'c2c', type: 'Click2Call leg1', caller: '0501234567', target: 'SIPSIP' });
    const leg2 = cdr({
      ivruniqueid: 'c2c',
      type: 'Click2Call leg2',
      caller: '0722776772',
      target: '972523258000',
    });
    const reversed = await makeConnection(world.sql, tenantId);
    await rig.takeIn(connection, leg1, leg2);
    await rig.takeIn(reversed, leg2);
    await rig.drain(connection);
    await rig.drain(reversed);
    await rig.takeIn(reversed, leg1);
    await rig.drain(reversed);
    const records: unknown[] = [];
    for (const one of [connection, reversed]) {
      expect(await rig.events(one)).toMatchObject([{ type: 'call.ended', sequence: 1, call: 'c2c' }]);
      const { payload } = (await rig.events(one))[0] ?? {};
      expect(payload?.legs).toHaveLength(2);
      records.push({ ...payload, id: '', connectionId: '' });
    }
    expect(records[1]).toEqual(records[0]);
  });

  it('reads the wall clock in the zone that the connection is set to', async () => {
    const lima = await makeConnection(world.sql, tenantId, { timeZone: 'America/Lima', country: 'PE' });
    const utc = await makeConnection(world.sql, tenantId, { epochs: 'utc' });
    const time = Date.UTC(2026, 10, 21, 12) / 1000;
    for (const one of [connection, lima, utc]) await rig.takeIn(one, cdr({ time }));
    for (const one of [connection, lima, utc]) await rig.drain(one);
    const startedAt = async (one: TestConnection) => (await rig.events(one))[0]?.payload.startedAt;
    expect(await startedAt(connection)).toBe('2026-11-21T10:00:00.000Z');
    expect(await startedAt(lima)).toBe('2026-11-21T17:00:00.000Z');
    expect(await startedAt(utc)).toBe('2026-11-21T12:00:00.000Z');
  });

  it('holds what it owes to a disabled endpoint, with the reason, and does not ring it', async () => {
    const endpoint = await makeEndpoint(world.sql, tenantId, { ...CRM, state: 'disabled' });
    await rig.takeIn(connection, cdr());
    await rig.drain(connection);
    expect(await deliveries(endpoint.id)).toMatchObject([{ state: 'held', reason: 'endpoint disabled' }]);
    expect(rig.rung).toEqual([]);
  });

  it('keeps a receipt that it cannot read with the reason, and reads it as if nothing had been when replayed after a fix', async () => {
    const good = cdr({ ivruniqueid: 'mended' });
    const [bad = ''] = await rig.takeIn(connection, '{"ivruniqueid": "mended"', cdr({ ivruniqueid: 'fine' }));
    await rig.drain(connection);
    expect(await rig.receipts(connection)).toMatchObject([{ state: 'unparsed' }, { state: 'done' }]);
    expect((await rig.receipts(connection))[0]?.reason).toBeTruthy();

    await world.sql.rows(`UPDATE receipt SET state = 'due', reason = NULL, body = $2 WHERE id = $1`, [
      bad,
      Buffer.from(JSON.stringify(good)),
    ]);
    await rig.drain(connection);
    const twin = await makeConnection(world.sql, tenantId);
    await rig.takeIn(twin, good);
    await rig.drain(twin);
    const [replayed] = (await rig.events(connection)).filter(({ call }) => call === 'mended');
    const [expected] = await rig.events(twin);
    const bare = (event: typeof expected) => ({
      ...event,
      payload: { ...event?.payload, id: '', connectionId: '' },
    });
    expect(bare(replayed)).toEqual(bare(expected));
  });

  describe('with a letter that the database refuses', () => {
    // No text that we know of is refused any more, so here the table itself takes a dislike to one.
    const poison = () => cdr({ ivruniqueid: 'poison' });
    beforeAll(() =>
      world.sql.rows(`ALTER TABLE call ADD CONSTRAINT no_poison CHECK (vendor_call_id <> 'poison')`),
    );
    afterAll(() => world.sql.rows(`ALTER TABLE call DROP CONSTRAINT no_poison`));

    it('writes its neighbours, tries it alone, and sets it aside with the reason', async () => {
      await rig.takeIn(connection, cdr({ ivruniqueid: 'before' }), poison(), cdr({ ivruniqueid: 'after' }));
      for (let drains = 0; drains < 4; drains += 1) await rig.drain(connection);
      expect(await rig.receipts(connection)).toMatchObject([
        { state: 'done' },
        { state: 'set_aside', tries: 3, reason: expect.stringContaining('could not be stored') as string },
        { state: 'done' },
      ]);
      expect((await rig.events(connection)).map(({ call }) => call)).toEqual(['before', 'after']);
    });

    it('tries it three times alone, and what was with it not once more', async () => {
      const store = new EnrichmentStore(world.hot);
      const tried: string[][] = [];
      const counting = new EnricherRig(world, {
        store: Object.assign(Object.create(store) as EnrichmentStore, {
          callsOf: (id: TestConnection['id'], calls: string[]) => {
            tried.push(calls);
            return store.callsOf(id, calls);
          },
        }),
      });
      const good = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
      await counting.takeIn(connection, ...good.map((ivruniqueid) => cdr({ ivruniqueid })), poison());
      for (let drains = 0; drains < 4; drains += 1) await counting.drain(connection);
      expect(tried.filter((calls) => calls.join() === 'poison')).toHaveLength(3);
      expect((await rig.receipts(connection)).map(({ state, tries }) => [state, tries])).toEqual([
        ...good.map(() => ['done', 0]),
        ['set_aside', 3],
      ]);
      expect(await rig.events(connection)).toHaveLength(good.length);
    });

    it('fails nobody of another connection that travels in the same statement', async () => {
      const other = await makeConnection(world.sql, tenantId);
      await rig.takeIn(connection, poison());
      await rig.takeIn(other, cdr());
      await Promise.all([rig.drain(connection), rig.drain(other)]);
      expect(await rig.receipts(other)).toMatchObject([{ state: 'done', tries: 0 }]);
    });

    it('works on it again when it is replayed', async () => {
      const [letter] = await rig.takeIn(connection, poison());
      for (let drains = 0; drains < 3; drains += 1) await rig.drain(connection);
      expect(await states()).toEqual(['set_aside']);
      await world.sql.rows(`UPDATE receipt SET state = 'due', tries = 0, body = $2 WHERE id = $1`, [
        letter,
        Buffer.from(JSON.stringify(cdr())),
      ]);
      await rig.drain(connection);
      expect(await states()).toEqual(['done']);
    });
  });

  it('takes more letters than one batch holds, in one drain', async () => {
    await rig.takeIn(connection, ...Array.from({ length: 450 }, () => cdr()));
    expect(await rig.drain(connection)).toMatchObject({ more: false });
    expect((await states()).every((state) => state === 'done')).toBe(true);
  });

  it('stops between batches when its time is over, and says that there is more', async () => {
    await rig.takeIn(connection, ...Array.from({ length: 250 }, () => cdr()));
    const leaving = await rig.drain(connection, (slice) => {
      slice.end();
    });
    expect(leaving).toMatchObject({ more: true });
    expect((await states()).filter((state) => state === 'done')).toHaveLength(200);
  });

  it('writes nothing, rings nobody and leaves when its lease was lost in mid-drain', async () => {
    await makeEndpoint(world.sql, tenantId, CRM);
    const store = new EnrichmentStore(world.hot);
    const slow = new EnricherRig(world, {
      store: {
        due: (id, most) => store.due(id, most),
        settling: (id, most) => store.settling(id, most),
        write: (enrichment) => store.write(enrichment),
        postpone: (id, fence, callId) => store.postpone(id, fence, callId),
        putAway: (id, fence, reason) => store.putAway(id, fence, reason),
        callsOf: async (id, calls) => {
          await world.sql.rows(`UPDATE mailbox SET fence = fence + 1 WHERE id = $1`, [connection.id]);
          return store.callsOf(id, calls);
        },
      },
    });
    await slow.takeIn(connection, cdr());
    expect(await slow.drain(connection)).toMatchObject({ more: false });
    expect(await states()).toEqual(['due']);
    expect(await rig.events(connection)).toEqual([]);
    expect(slow.rung).toEqual([]);
  });

  it('sets aside what a deleted connection left behind', async () => {
    await rig.takeIn(connection, cdr());
    await world.sql.rows(`DELETE FROM connection WHERE id = $1`, [connection.id]);
    expect(await rig.drain(connection)).toMatchObject({ more: false });
    expect(await states()).toEqual(['set_aside']);
  });
});
