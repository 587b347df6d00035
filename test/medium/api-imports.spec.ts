import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forgetImports } from '#db';
import { FILE, ImportDesk, contactsOf, countsOf } from '../harness/import-desk.js';
import { until } from '../harness/until.js';

const DAY_MS = 24 * 60 * 60 * 1000;

let desk: ImportDesk;
beforeAll(async () => {
  desk = await ImportDesk.open();
});
afterAll(() => desk.close());

describe('an import', () => {
  it('goes on where a killed worker left it, and imports each row once', async () => {
    const tenant = await desk.api.tenant();
    const rows = Array.from({ length: 2_100 }, (_, at) => `N${String(at)},0502${String(100_000 + at)}`);
    const { body } = await desk.upload(tenant.client, `name,phone\n${rows.join('\n')}\n`, '?country=IL');
    const importId = String(body['id']);
    await tenant.client.post(`/v1/contacts/imports/${importId}/start`, {});
    let writes = 0;
    const dying: typeof desk.rig.store = Object.create(desk.rig.store) as typeof desk.rig.store;
    dying.write = async (owner, batch) => {
      const state = await desk.rig.store.write(owner, batch);
      writes += 1;
      if (writes === 2) throw new Error('killed after the commit');
      return state;
    };
    await desk.rig.drainAndDie(importId, dying);
    await desk.rig.drain(importId);
    const done = (await tenant.client.get(`/v1/contacts/imports/${importId}`)).body;
    expect(countsOf(done)).toMatchObject({ state: 'done', rows: 2_100, made: 2_100, unchanged: 0 });
    const count = `SELECT count(*), count(DISTINCT name) AS names FROM contact WHERE tenant_id = $1`;
    expect(await desk.api.sql.row(count, [tenant.id])).toEqual({ count: '2100', names: '2100' });
  });

  it('on whose rows our own code fails is tried three times, then ends and says so', async () => {
    const tenant = await desk.api.tenant();
    const rows = Array.from({ length: 600 }, (_, at) => `N${String(at)}`);
    const { body } = await desk.upload(tenant.client, `name\n${rows.join('\n')}\n`);
    const importId = String(body['id']);
    await tenant.client.post(`/v1/contacts/imports/${importId}/start`, {});
    const broken: typeof desk.rig.store = Object.create(desk.rig.store) as typeof desk.rig.store;
    let tries = 0;
    broken.write = async (owner, batch) => {
      if (!batch.isLast) return desk.rig.store.write(owner, batch);
      tries += 1;
      throw new Error('a fault of ours');
    };
    for (let ring = 0; ring < 5; ring += 1) await desk.rig.drainWith(broken, importId);
    expect(tries).toBe(3);
    expect((await tenant.client.get(`/v1/contacts/imports/${importId}`)).body).toMatchObject({
      ...{ state: 'failed', made: 499, reason: expect.stringMatching(/^Our own code fails/) },
    });
  });

  it('of a worker whose lease was taken over writes nothing', async () => {
    const tenant = await desk.api.tenant();
    const { body } = await desk.upload(tenant.client, 'name\nDana\n');
    const importId = String(body['id']);
    await tenant.client.post(`/v1/contacts/imports/${importId}/start`, {});
    const stopped: typeof desk.rig.store = Object.create(desk.rig.store) as typeof desk.rig.store;
    stopped.write = async (owner, batch) => {
      await desk.rig.runOut(importId);
      await desk.rig.drain(importId);
      const late = await desk.rig.store.write(owner, batch);
      expect(late).toBeNull();
      return late;
    };
    await desk.rig.drainAndDie(importId, stopped);
    expect(await contactsOf(tenant)).toHaveLength(1);
  });

  it('is cancelled between two batches, and can be undone as far as it got', async () => {
    const tenant = await desk.api.tenant();
    const rows = Array.from({ length: 1_100 }, (_, at) => `N${String(at)}`);
    const { body } = await desk.upload(tenant.client, `name\n${rows.join('\n')}\n`);
    const path = `/v1/contacts/imports/${String(body['id'])}`;
    await tenant.client.post(`${path}/start`, {});
    const leaving = await desk.rig.drainSlice(String(body['id']), (slice) => {
      slice.end();
    });
    expect(leaving).toMatchObject({ more: true });
    expect((await tenant.client.post(`${path}/cancel`)).status).toBe(202);
    await desk.rig.drain(String(body['id']));
    expect((await tenant.client.get(path)).body).toMatchObject({ state: 'cancelled', made: 499 });
    await tenant.client.post(`${path}/undo`);
    await desk.rig.drain(String(body['id']));
    expect((await tenant.client.get(path)).body).toMatchObject({
      state: 'undone',
      undone: 499,
      undoRefused: 0,
    });
    expect(await contactsOf(tenant)).toEqual([]);
  });

  it('that is undone puts back what it changed, and leaves alone what others changed since', async () => {
    const tenant = await desk.api.tenant();
    await desk.imported(tenant.client, FILE);
    const before = await contactsOf(tenant);
    const other =
      FILE.replace('Cohen, Dana', 'X').replace('0722776772', '026251234') + '4,New,,,,\r\n5,Newer,,,,\r\n';
    const done = await desk.imported(tenant.client, other);
    expect(countsOf(done)).toMatchObject({ made: 2, changed: 2, unchanged: 1 });
    const newer = (await contactsOf(tenant)).find(({ externalId }) => externalId === '5');
    await tenant.client.patch(`/v1/contacts/${String(newer?.['id'])}`, { company: 'Ours' });
    await tenant.client.post(`/v1/contacts/imports/${String(done['id'])}/undo`);
    await desk.rig.drain(String(done['id']));
    const undone = (await tenant.client.get(`/v1/contacts/imports/${String(done['id'])}`)).body;
    expect(undone).toMatchObject({ state: 'undone', undone: 3, undoRefused: 1 });
    const after = await contactsOf(tenant);
    expect(after.filter(({ externalId }) => externalId !== '5')).toEqual(before);
    expect(after.find(({ externalId }) => externalId === '5')).toMatchObject({
      name: 'Newer',
      company: 'Ours',
    });
  });

  it('is ordered in its states only', async () => {
    const tenant = await desk.api.tenant();
    const done = await desk.imported(tenant.client, FILE);
    const path = `/v1/contacts/imports/${String(done['id'])}`;
    for (const order of ['start', 'cancel']) {
      expect((await tenant.client.post(`${path}/${order}`, {})).body).toMatchObject({
        ...{ status: 409, code: 'import.not_now' },
      });
    }
    expect((await tenant.client.post(`${path}/undo`)).status).toBe(202);
    expect((await tenant.client.post(`${path}/undo`)).body).toMatchObject({ status: 409 });
  });

  it('needs columns that make a contact', async () => {
    const { client } = await desk.api.tenant();
    for (const columns of [['', ''], ['externalId', ''], ['name', 'name'], ['name', 'phone:'], ['nom']]) {
      const answer = await desk.imported(client, 'a,b\n1,2\n', { columns });
      expect(answer).toMatchObject({ status: 400, errors: [{ field: 'columns' }] });
    }
  });

  it('of no file, or of something else, is refused', async () => {
    const { client } = await desk.api.tenant();
    expect((await desk.upload(client, '')).body).toMatchObject({ status: 400 });
    expect((await client.post('/v1/contacts/imports', { a: 1 })).status).toBe(415);
    expect((await desk.upload(client, Buffer.from('504b030414000600', 'hex'))).body).toMatchObject({
      errors: [{ message: expect.stringMatching(/workbook/) }],
    });
    expect((await desk.upload(client, 'a\n', '?charset=klingon')).body).toMatchObject({ status: 400 });
    expect((await desk.upload(client, 'a\n', '?delimiter=x')).body).toMatchObject({ status: 400 });
    expect((await client.get('/v1/contacts/imports')).body.data).toEqual([]);
  });

  it('is nobody else’s', async () => {
    const owner = await desk.api.tenant();
    const done = await desk.imported(owner.client, FILE);
    const { client } = await desk.api.tenant();
    const path = `/v1/contacts/imports/${String(done['id'])}`;
    for (const answer of [
      await client.get(path),
      await client.get(`${path}/faults`),
      await client.post(`${path}/start`, {}),
      await client.post(`${path}/cancel`),
      await client.post(`${path}/undo`),
    ]) {
      expect(answer.status).toBe(404);
    }
    expect((await client.get('/v1/contacts/imports')).body.data).toEqual([]);
  });

  it('is forgotten after a month, and an upload that nobody finished after a day; contacts stay', async () => {
    const tenant = await desk.api.tenant();
    await desk.imported(tenant.client, FILE);
    const { body } = await desk.upload(tenant.client, FILE);
    await desk.api.sql.rows(`UPDATE import SET state = 'uploading' WHERE id = $1`, [body['id']]);
    const left = async () => (await tenant.client.get('/v1/contacts/imports')).body.data.length;
    await forgetImports(desk.api.world.url, Date.now());
    expect(await left()).toBe(2);
    await forgetImports(desk.api.world.url, Date.now() + 2 * DAY_MS);
    expect(await left()).toBe(1);
    await forgetImports(desk.api.world.url, Date.now() + 31 * DAY_MS);
    expect(await left()).toBe(0);
    expect(await contactsOf(tenant)).toHaveLength(3);
  });

  it('whose sender goes away leaves nothing behind', async () => {
    const tenant = await desk.api.tenant();
    const states = () => desk.api.sql.rows(`SELECT state FROM import WHERE tenant_id = $1`, [tenant.id]);
    const headers = { authorization: `Bearer ${tenant.client.key}`, 'content-type': 'text/csv' };
    const sending = request(`${desk.api.url}/v1/contacts/imports`, { method: 'POST', headers });
    sending.on('error', () => undefined);
    sending.write(Buffer.alloc(300_000, 'a,b\n'));
    await until('the file to be begun', async () => (await states()).length > 0);
    sending.destroy();
    await until('what came of it to be gone', async () => (await states()).length === 0);
  });
});
