import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CampaignId } from '#domain';
import { newId } from '#platform';
import type { ApiClient, Json, TestTenant } from '../harness/api.js';
import { ImportDesk } from '../harness/import-desk.js';
import { makeConnection } from '../harness/tenant.js';
import { until } from '../harness/until.js';

let desk: ImportDesk;
beforeAll(async () => {
  desk = await ImportDesk.open();
});
afterAll(() => desk.close());

interface Office {
  tenant: TestTenant;
  client: ApiClient;
  campaignId: CampaignId;
  path: string;
}

async function office(tenant?: TestTenant): Promise<Office> {
  const owner = tenant ?? (await desk.api.tenant());
  const { sql } = desk.api;
  const connection = await makeConnection(sql, owner.id);
  const campaignId = newId<CampaignId>();
  await sql.rows(
    `INSERT INTO campaign (id, tenant_id, connection_id, name, mode, state, code_hash, sealed_code, created_at, updated_at, state_at)
     VALUES ($1, $2, $3, 'Spring', 'progressive', 'running', $4, '', now(), now(), now())`,
    [campaignId, owner.id, connection.id, randomBytes(32)],
  );
  return { tenant: owner, client: owner.client, campaignId, path: `/v1/campaigns/${campaignId}/imports` };
}

async function upload({ client, path }: Office, file: string | Uint8Array, query = '?country=IL') {
  const response = await fetch(`${desk.api.url}${path}${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${client.key}`, 'content-type': 'text/csv' },
    body: file as RequestInit['body'],
    duplex: 'half',
  } as RequestInit);
  return { status: response.status, body: (await response.json()) as Json };
}

/** Sends a file, starts it, and reads it to its end. */
async function imported(
  of: Office,
  file: string | Uint8Array,
  order: object = {},
  query = '?country=IL',
): Promise<Json> {
  const { body } = await upload(of, file, query);
  const path = `${of.path}/${String(body['id'])}`;
  const started = await of.client.post(`${path}/start`, order);
  if (started.status !== 202) return started.body;
  await desk.rig.drain(String(body['id']));
  return (await of.client.get(path)).body;
}

const leadsOf = ({ campaignId }: Office, more = '') =>
  desk.api.sql.rows<Json>(
    `SELECT phone, name, state, priority, custom_data AS custom, reason, zone, region, postal, caller_id, max_tries,
            not_before, consent_at, retry_at IS NOT NULL AND retry_at = next_at AS due
     FROM campaign_lead WHERE campaign_id = $1 ${more} ORDER BY id`,
    [campaignId],
  );
const faultsOf = async ({ client, path }: Office, { id }: Json) =>
  (await client.ask('GET', `${path}/${String(id)}/faults`)).text;
const counts = ({ state, rows, made, invalid, duplicates, repeated, failed }: Json) => ({
  ...{ state, rows, made, invalid, duplicates, repeated, failed },
});
const none = { invalid: 0, duplicates: 0, repeated: 0, failed: 0 };
const numbers = (count: number, from = 100_000) =>
  Array.from({ length: count }, (_, at) => `0502${String(from + at)}`);

describe('a file of leads', () => {
  it('becomes leads, with columns that are guessed by their names and all others as custom data', async () => {
    const of = await office();
    const file = [
      'Phone;Full Name;Priority;Caller ID;Scheduled At;Consent Date;State;Zip;Time Zone;Max Tries;Segment;Notes',
      '050-234-5678;דנה כהן;7;0722776772;2026-12-24 10:30;01/02/2026;FL;33101;Asia/Jerusalem;3;gold;"two',
      'lines; and more"',
      '+1 212 555 2368;Bob;;;;;;;;;;',
      '',
    ].join('\r\n');
    const { body } = await upload(of, file);
    expect(body).toMatchObject({
      ...{ delimiter: ';', hasHeader: true, state: 'waiting', campaignId: of.campaignId },
      columns: [
        ...[
          'phone',
          'name',
          'priority',
          'callerId',
          'notBefore',
          'consentAt',
          'region',
          'postal',
          'zone',
          'maxTries',
        ],
        ...['custom:Segment', 'custom:Notes'],
      ],
    });
    await of.client.post(`${of.path}/${String(body['id'])}/start`, {});
    await desk.rig.drain(String(body['id']));
    const done = (await of.client.get(`${of.path}/${String(body['id'])}`)).body;
    expect(counts(done)).toEqual({ state: 'done', rows: 2, made: 2, ...none });
    const [dana, bob] = await leadsOf(of);
    expect(dana).toMatchObject({
      ...{ phone: '+972502345678', name: 'דנה כהן', state: 'waiting', priority: 7, caller_id: '0722776772' },
      ...{ zone: 'Asia/Jerusalem', region: 'FL', postal: '33101', max_tries: 3, due: true },
      custom: { Segment: 'gold', Notes: 'two\nlines; and more' },
      not_before: new Date('2026-12-24T08:30:00Z'),
      consent_at: new Date('2026-01-31T22:00:00Z'),
    });
    expect(bob).toMatchObject({ phone: '+12125552368', name: 'Bob', custom: {}, priority: 0, due: true });
  });

  it('wakes the dialer', async () => {
    const of = await office();
    await imported(of, 'phone\n0502345678\n');
    const due = 'SELECT due_at <= now() AS is FROM campaign WHERE id = $1';
    expect(await desk.api.sql.row(due, [of.campaignId])).toEqual({ is: true });
    expect(desk.rig.rung).toContain(of.campaignId);
  });

  it('adds a number once, however it is written, and none that is on a list already', async () => {
    const of = await office();
    const first = await imported(of, 'phone\n0502345678\n972502345678\n+972-50-234-5678\n0502345679\n');
    expect(counts(first)).toEqual({ state: 'done', rows: 4, made: 2, ...none, repeated: 2 });
    const again = await imported(of, 'phone\n0502345678\n0502345670\n');
    expect(counts(again)).toEqual({ state: 'done', rows: 2, made: 1, ...none, duplicates: 1 });
    await desk.api.sql.rows(`UPDATE campaign_lead SET state = 'done' WHERE campaign_id = $1`, [
      of.campaignId,
    ]);
    const campaign = await imported(of, 'phone\n0502345678\n', { duplicates: 'campaign' });
    expect(counts(campaign)).toMatchObject({ made: 0, duplicates: 1 });
    const other = await office(of.tenant);
    const inOther = await imported(other, 'phone\n0502345678\n', { duplicates: 'tenant' });
    expect(counts(inOther)).toMatchObject({ made: 0, duplicates: 1 });
    expect(counts(await imported(other, 'phone\n0502345678\n'))).toMatchObject({ made: 1 });
    expect(counts(await imported(of, 'phone\n0502345678\n'))).toMatchObject({ made: 1 });
  });

  it('adds a number once though its lead was dialled while the rest was read', async () => {
    const of = await office();
    const rows = [...numbers(4_000), '0502345678', '0502100000'];
    const { body } = await upload(of, `phone\n${rows.join('\n')}\n`);
    await of.client.post(`${of.path}/${String(body['id'])}/start`, {});
    await desk.rig.drainSlice(String(body['id']), (slice) => {
      slice.end();
    });
    const settle = `UPDATE campaign_lead SET state = 'done', next_at = NULL, retry_at = NULL WHERE campaign_id = $1`;
    await desk.api.sql.rows(settle, [of.campaignId]);
    await desk.rig.drain(String(body['id']));
    const done = (await of.client.get(`${of.path}/${String(body['id'])}`)).body;
    expect(counts(done)).toEqual({ state: 'done', rows: 4_002, made: 4_001, ...none, repeated: 1 });
  });

  it('loses a row and no other one by what is wrong in it, and says so in a file', async () => {
    const of = await office();
    const file = [
      'phone,name,priority,zone,call at,note',
      '101,Short,1,,,',
      ',Nobody,,,,',
      '0502345670,Dana,much,Mars/Base,,',
      '0502345671,David,,,soon,',
      `0502345672,Long,,,,${'x'.repeat(5_000)}`,
      '0502345673',
      '0502345674,More,1,,,a,b,c,d',
      '0502345675,"quote "in" it",1,,,',
      '',
    ].join('\n');
    const done = await imported(of, file);
    expect(counts(done)).toEqual({ state: 'done', rows: 8, made: 5, ...none, failed: 3 });
    const text = await faultsOf(of, done);
    const lines = text.trim().split('\r\n');
    expect(lines[0]).toBe('line,imported,column,code,message,phone,name,priority,zone,call at,note');
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 4).join(','))).toEqual([
      '2,false,phone,phone.unreadable',
      '3,false,,phone.missing',
      '4,true,priority,priority.unreadable',
      '4,true,zone,zone.unreadable',
      '5,false,call at,notBefore.unreadable',
      '6,true,note,row.too_long',
    ]);
    expect((await leadsOf(of)).map(({ name }) => name)).toEqual([
      ...['Dana', 'Long', null, 'More', '"quote "in" it"'],
    ]);
  });

  it('loses the line alone in which a quote is opened and never closed', async () => {
    const of = await office();
    const done = await imported(of, 'phone,name\n0502345670,"Dana\n0502345671,David\n0502345672,Eve\n');
    expect(counts(done)).toEqual({ state: 'done', rows: 3, made: 2, ...none, failed: 1 });
    expect((await leadsOf(of)).map(({ name }) => name)).toEqual(['David', 'Eve']);
    const [, fault] = (await faultsOf(of, done)).split('\r\n');
    expect(fault).toMatch(/^2,false,,row\.open_quote,.*,0502345670,"""Dana"$/);
  });

  it('adds a number once though somebody else adds it while the batch is written', async () => {
    const of = await office();
    const { body } = await upload(of, `phone\n${numbers(50).join('\n')}\n`);
    const importId = String(body['id']);
    await of.client.post(`${of.path}/${importId}/start`, {});
    let draining: Promise<void> | undefined;
    await desk.api.world.hot.transaction(async (run) => {
      await run(
        'test.other',
        `INSERT INTO campaign_lead (id, tenant_id, campaign_id, phone, key, state, created_at, updated_at)
         SELECT gen_random_uuid(), $1, $2, n, n, 'waiting', now(), now() FROM unnest($3::text[]) n`,
        [of.tenant.id, of.campaignId, ['+972502100007', '+972502100030']],
      );
      draining = desk.rig.drain(importId);
      const waits = `SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%import_lead_rows%'`;
      await until('the import to meet them', async () => (await desk.api.sql.count(waits)) === 1);
    });
    await draining;
    const done = (await of.client.get(`${of.path}/${importId}`)).body;
    expect(counts(done)).toEqual({ state: 'done', rows: 50, made: 48, ...none, duplicates: 2 });
    expect(await leadsOf(of)).toHaveLength(50);
  });

  it('keeps those who cannot be dialled, with the reason, where that is wanted', async () => {
    const of = await office();
    const done = await imported(
      of,
      `phone,name\n101,Short\n${'9'.repeat(3_000)},Huge\n101,Again\n0502345678,Dana\n`,
      {
        keepInvalid: true,
      },
    );
    expect(counts(done)).toEqual({ state: 'done', rows: 4, made: 1, ...none, invalid: 2, repeated: 1 });
    const [short, huge] = await leadsOf(of, `AND state = 'invalid'`);
    expect(short).toMatchObject({
      phone: '101',
      reason: '"101" is no valid number of IL, nor in E.164.',
      due: false,
    });
    expect(String(huge?.['phone'])).toHaveLength(81);
    expect((await faultsOf(of, done)).match(/true,phone,phone\.unreadable/g)).toHaveLength(3);
  });

  it('is read in the charset in which it was written', async () => {
    const of = await office();
    const hebrew = encode1255('טלפון,שם\n0502345678,דנה\n');
    const done = await imported(of, hebrew);
    expect(done).toMatchObject({ charset: 'windows-1255', made: 1 });
    expect(await leadsOf(of)).toMatchObject([{ name: 'דנה' }]);
    const wrong = await imported(
      of,
      Buffer.from('phone,name\n0502345679,דנה\n'),
      {},
      '?country=IL&charset=windows-1252',
    );
    expect(wrong).toMatchObject({ charset: 'windows-1252', made: 1, failed: 0 });
    const wide = Buffer.from('\ufeffphone,name\n0502345670,דנה\n', 'utf16le');
    expect(await imported(of, wide)).toMatchObject({ charset: 'utf-16le', made: 1 });
    expect(await imported(of, 'phone\n\0\u0000502345671\ud83d\n')).toMatchObject({ rows: 1 });
  });

  it('can be tried first: a dry run counts what would happen, and adds nobody', async () => {
    const of = await office();
    await imported(of, 'phone\n0502345678\n');
    const rows = [...numbers(4_100), '0502345678', '0502100000', '101', 'x'];
    const file = `phone\n${rows.join('\n')}\n`;
    const checked = await imported(of, file, { dryRun: true, keepInvalid: true });
    const expected = { rows: 4_104, made: 4_100, invalid: 2, duplicates: 1, repeated: 1, failed: 0 };
    expect(counts(checked)).toEqual({ state: 'checked', ...expected });
    expect(await leadsOf(of)).toHaveLength(1);
    expect(await desk.api.sql.count('SELECT count(*) FROM import_key')).toBe(0);
    const path = `${of.path}/${String(checked['id'])}`;
    await of.client.post(`${path}/start`, { keepInvalid: true });
    await desk.rig.drain(String(checked['id']));
    expect(counts((await of.client.get(path)).body)).toEqual({ state: 'done', ...expected });
  });

  it('goes on where a killed worker left it, and adds each lead once', async () => {
    const of = await office();
    const rows = numbers(12_500);
    const { body } = await upload(of, `phone\n${rows.join('\n')}\n`);
    const importId = String(body['id']);
    await of.client.post(`${of.path}/${importId}/start`, {});
    const { store, leads } = desk.rig;
    const dying: typeof leads = Object.create(leads) as typeof leads;
    let writes = 0;
    dying.write = async (owner, batch) => {
      const state = await leads.write(owner, batch);
      writes += 1;
      if (writes === 2) throw new Error('killed after the commit');
      return state;
    };
    await desk.rig.drainAndDie(importId, store, dying);
    const half = (await of.client.get(`${of.path}/${importId}`)).body;
    expect(half).toMatchObject({ state: 'running', made: 7_999 });
    expect(Number(half['handledBytes'])).toBeLessThan(Number(half['bytes']));
    await desk.rig.drain(importId);
    const done = (await of.client.get(`${of.path}/${importId}`)).body;
    expect(counts(done)).toEqual({ state: 'done', rows: 12_500, made: 12_500, ...none });
    expect(done['handledBytes']).toBe(done['bytes']);
  });

  it('of a worker whose lease was taken over adds nobody', async () => {
    const of = await office();
    const { body } = await upload(of, 'phone\n0502345678\n');
    const importId = String(body['id']);
    await of.client.post(`${of.path}/${importId}/start`, {});
    const { store, leads } = desk.rig;
    const stopped: typeof leads = Object.create(leads) as typeof leads;
    const late: unknown[] = [];
    stopped.write = async (owner, batch) => {
      await desk.rig.runOut(importId);
      await desk.rig.drain(importId);
      const state = await leads.write(owner, batch);
      late.push(state);
      return state;
    };
    await desk.rig.drainAndDie(importId, store, stopped);
    expect(late).toEqual([null]);
    expect(await leadsOf(of)).toHaveLength(1);
  });

  it('is undone as far as nobody was dialled', async () => {
    const of = await office();
    await imported(of, 'phone\n0502345600\n');
    const done = await imported(of, `phone\n${numbers(700).join('\n')}\n101\n`, { keepInvalid: true });
    const set = (phone: string, values: string) =>
      desk.api.sql.rows(`UPDATE campaign_lead SET ${values} WHERE campaign_id = $1 AND phone = $2`, [
        of.campaignId,
        phone,
      ]);
    await set('+972502100000', `attempts = 1`);
    await set('+972502100001', `state = 'dialling'`);
    await set('+972502100002', `state = 'done'`);
    await set('+972502100003', `state = 'removed'`);
    const path = `${of.path}/${String(done['id'])}`;
    expect((await of.client.post(`${path}/undo`)).status).toBe(202);
    await desk.rig.drain(String(done['id']));
    const undone = (await of.client.get(path)).body;
    expect(undone).toMatchObject({ state: 'undone', undone: 698, undoRefused: 3 });
    expect((await leadsOf(of)).map(({ phone }) => phone)).toEqual([
      ...['+972502345600', '+972502100000', '+972502100001', '+972502100002'],
    ]);
  });

  it('is cancelled between two batches, and can be undone as far as it got', async () => {
    const of = await office();
    const { body } = await upload(of, `phone\n${numbers(8_100).join('\n')}\n`);
    const path = `${of.path}/${String(body['id'])}`;
    await of.client.post(`${path}/start`, {});
    await desk.rig.drainSlice(String(body['id']), (slice) => {
      slice.end();
    });
    expect((await of.client.post(`${path}/cancel`)).status).toBe(202);
    await desk.rig.drain(String(body['id']));
    expect((await of.client.get(path)).body).toMatchObject({ state: 'cancelled', made: 3_999 });
    await of.client.post(`${path}/undo`);
    await desk.rig.drain(String(body['id']));
    expect((await of.client.get(path)).body).toMatchObject({ state: 'undone', undone: 3_999 });
    expect(await leadsOf(of)).toEqual([]);
  });

  it('of a campaign that is deleted meanwhile ends, and leaves nobody to call', async () => {
    const of = await office();
    const { body } = await upload(of, 'phone\n0502345678\n');
    await of.client.post(`${of.path}/${String(body['id'])}/start`, {});
    await desk.api.sql.rows(`UPDATE campaign SET state = 'deleted' WHERE id = $1`, [of.campaignId]);
    await desk.rig.drain(String(body['id']));
    expect((await of.client.get(`${of.path}/${String(body['id'])}`)).body).toMatchObject({
      ...{ state: 'failed', made: 0, reason: 'The campaign was deleted.' },
    });
    expect(await leadsOf(of)).toEqual([]);
    expect((await upload(of, 'phone\n')).status).toBe(404);
  });

  it('needs one column with the number, and at most ten that are told with the call', async () => {
    const of = await office();
    const many = Array.from({ length: 11 }, (_, at) => `custom:c${String(at)}`);
    for (const columns of [['name'], ['phone', 'phone'], ['phone', 'externalId'], ['phone', ...many]]) {
      expect(await imported(of, 'a,b\n1,2\n', { columns })).toMatchObject({
        ...{ status: 400, errors: [{ field: 'columns' }] },
      });
    }
    const started = await imported(of, 'a,b\n1,2\n', { columns: ['phone'], timeZone: 'Mars/Base' });
    expect(started).toMatchObject({ status: 400, errors: [{ field: 'timeZone' }] });
    expect((await of.client.post(of.path, { a: 1 })).status).toBe(415);
  });

  it('is no import of contacts, of no other campaign and of no other tenant', async () => {
    const of = await office();
    const done = await imported(of, 'phone\n0502345678\n');
    const id = String(done['id']);
    const contacts = await desk.imported(of.client, 'name\nDana\n');
    const [sibling, stranger] = [await office(of.tenant), await office()];
    for (const [client, path] of [
      [of.client, `/v1/contacts/imports/${id}`],
      [of.client, `${sibling.path}/${id}`],
      [of.client, `${of.path}/${String(contacts['id'])}`],
      [stranger.client, `${of.path}/${id}`],
      [stranger.client, `${stranger.path}/${id}`],
    ] as const) {
      for (const answer of [
        await client.get(path),
        await client.get(`${path}/faults`),
        await client.post(`${path}/start`, {}),
        await client.post(`${path}/cancel`),
        await client.post(`${path}/undo`),
      ]) {
        expect(answer.status).toBe(404);
      }
    }
    const idsAt = async (client: ApiClient, path: string) =>
      (await client.get(path)).body.data.map(({ id: one }: Json) => one);
    expect(await idsAt(of.client, of.path)).toEqual([id]);
    expect(await idsAt(of.client, sibling.path)).toEqual([]);
    expect(await idsAt(of.client, '/v1/contacts/imports')).toEqual([contacts['id']]);
    expect(await idsAt(stranger.client, of.path)).toEqual([]);
    expect((await upload({ ...of, client: stranger.client }, 'phone\n')).status).toBe(404);
  });
});

/** Hebrew and ASCII in windows-1255: its letters follow each other from 0xe0 on. */
function encode1255(text: string): Buffer {
  return Buffer.from(
    [...text].map((letter) => {
      const code = letter.codePointAt(0) ?? 0;
      return code >= 0x5d0 ? code - 0x5d0 + 0xe0 : code;
    }),
  );
}
