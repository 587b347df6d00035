import { request, type ClientRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openApi, type TestApi, type TestTenant } from '../harness/api.js';
import { until } from '../harness/until.js';

/** What every other request has to be there in. */
const REQUEST_SECONDS = 1;
const BETWEEN_MS = 400;
const PIECES = 8;

let api: TestApi;
let tenant: TestTenant;
beforeAll(async () => {
  api = await openApi({ REQUEST_SECONDS: String(REQUEST_SECONDS) });
  tenant = await api.tenant();
});
afterAll(() => api.close());

interface Sending {
  sending: ClientRequest;
  /** The status, or how the connection ended. */
  answer: Promise<number | 'cut'>;
}

function begin(path: string, type: string): Sending {
  const headers = { authorization: `Bearer ${tenant.client.key}`, 'content-type': type };
  const sending = request(`${api.url}${path}`, { method: 'POST', headers, agent: false });
  const answer = new Promise<number | 'cut'>((resolve) => {
    sending.once('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sending.on('error', () => {
      resolve('cut');
    });
  });
  return { sending, answer };
}

describe('a file over a slow line', () => {
  it('takes as long as it takes', async () => {
    const { sending, answer } = begin('/v1/contacts/imports', 'text/csv');
    sending.write('name\n');
    for (let piece = 0; piece < PIECES; piece += 1) {
      await delay(BETWEEN_MS);
      sending.write(`N${String(piece)}\n`);
    }
    sending.end();
    expect(await answer).toBe(201);
    const [kept] = (await tenant.client.get('/v1/contacts/imports')).body.data;
    expect(kept).toMatchObject({ state: 'waiting', bytes: 'name\n'.length + PIECES * 'N0\n'.length });
  });

  it('whose sender falls silent is cut off, and nothing of it is left', async () => {
    const { sending, answer } = begin('/v1/contacts/imports', 'text/csv');
    sending.write(Buffer.alloc(300_000, 'a,b\n'));
    expect(await answer).toBe('cut');
    const uploading = () => api.sql.count(`SELECT count(*) FROM import WHERE state = 'uploading'`);
    await until('it to be gone', async () => (await uploading()) === 0);
  });

  it('is no reason to wait for other requests', async () => {
    const { sending, answer } = begin('/v1/contacts', 'application/json');
    sending.write('{');
    expect([408, 'cut']).toContain(await answer);
    sending.destroy();
  });

  it('is sent once, however often it is sent with one key', async () => {
    const again = tenant.client.with({ 'idempotency-key': 'one-file', 'content-type': 'text/csv' });
    const first = await again.post('/v1/contacts/imports?fileName=once.csv', 'name\nDana\n');
    const second = await again.post('/v1/contacts/imports?fileName=once.csv', 'name\nDana\n');
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body['id']).toBe(first.body['id']);
  });
});
