import { describe, expect, it } from '@jest/globals';
import type { EndpointId } from '#domain';
import { verify } from '#platform';
import { oweDelivery } from '../builders/delivery.js';
import { CrmDesk } from '../harness/crm-desk.js';
import type { Json } from '../harness/api.js';

/** Who checks: each of these alone must do. */
type Keys = Record<string, unknown>;

describe('an endpoint’s signatures', () => {
  const desk = CrmDesk.open({ EGRESS_ALLOW: '127.0.0.0/8' });

  const made = async (signatures?: string[]): Promise<Json> => {
    const draft = { name: 'CRM', url: desk.crm.url(), eventTypes: ['*'], ...(signatures && { signatures }) };
    return (await desk.client.post('/v1/endpoints', draft)).body;
  };
  const rotated = async ({ id }: Json, order: object): Promise<Json> =>
    (await desk.client.post(`/v1/endpoints/${String(id)}/rotate-secret`, order)).body;

  /** Sends one event. @returns its kinds of signature, and which of the keys check it */
  async function sent({ id }: Json, keys: Keys): Promise<{ kinds: string[]; checkedBy: string[] }> {
    const endpoint = { id: String(id) as EndpointId, tenantId: desk.tenantId, secret: '' };
    await oweDelivery(desk.api.sql, endpoint);
    await desk.rig.drain(endpoint);
    const [request] = desk.crm.requests.splice(0);
    const { headers = {}, body = '' } = request ?? {};
    const timestampSeconds = Number(headers['webhook-timestamp']);
    const signature = headers['webhook-signature'] ?? '';
    const message = { id: headers['webhook-id'] ?? '', timestampSeconds, body, signature };
    const checks = ([, key]: [string, unknown]) =>
      verify({ ...message, secrets: [String(key)], nowSeconds: timestampSeconds }).ok;
    return {
      kinds: signature.split(' ').map((part) => part.split(',')[0] ?? ''),
      checkedBy: Object.entries(keys)
        .filter(checks)
        .map(([name]) => name),
    };
  }

  it('are made with a shared secret unless something else is asked for', async () => {
    const endpoint = await made();
    expect(endpoint).toMatchObject({ signatures: ['v1'], publicKey: null });
    const { secret } = endpoint;
    expect(await sent(endpoint, { secret })).toEqual({ kinds: ['v1'], checkedBy: ['secret'] });
  });

  it('are made with a key whose public half is shown again, and whose other half never is', async () => {
    const endpoint = await made(['v1a']);
    expect(endpoint).toMatchObject({ signatures: ['v1a'], secret: null });
    const { publicKey } = endpoint;
    expect(publicKey).toMatch(/^whpk_/);
    expect(await sent(endpoint, { publicKey })).toEqual({ kinds: ['v1a'], checkedBy: ['publicKey'] });
    const got = await desk.client.get(`/v1/endpoints/${String(endpoint['id'])}`);
    expect(got.body['publicKey']).toBe(publicKey);
    const audit = await desk.client.get('/v1/audit?subjectType=endpoint');
    expect(JSON.stringify(endpoint) + got.text + audit.text).not.toContain('whsk_');
  });

  it('are of both kinds where both are asked for', async () => {
    const endpoint = await made(['v1a', 'v1']);
    const { secret, publicKey } = endpoint;
    const { kinds, checkedBy } = await sent(endpoint, { secret, publicKey });
    expect([kinds.sort(), checkedBy]).toEqual([
      ['v1', 'v1a'],
      ['secret', 'publicKey'],
    ]);
  });

  it('are made with the old and the new keys for the grace, and then with the new ones only', async () => {
    const endpoint = await made(['v1', 'v1a']);
    const next = await rotated(endpoint, { graceSeconds: 3600 });
    const keys = {
      oldSecret: endpoint['secret'],
      oldKey: endpoint['publicKey'],
      newSecret: next['secret'],
      newKey: next['publicKey'],
    };
    expect((await sent(endpoint, keys)).checkedBy).toEqual(Object.keys(keys));
    await desk.api.sql.rows(
      `UPDATE endpoint_secret SET expires_at = expires_at - interval '1 h' WHERE endpoint_id = $1`,
      [endpoint['id']],
    );
    expect((await sent(endpoint, keys)).checkedBy).toEqual(['newSecret', 'newKey']);
  });

  it('change their kind when they are rotated, without a gap', async () => {
    const endpoint = await made();
    const next = await rotated(endpoint, { signatures: ['v1a'] });
    expect(next).toMatchObject({ secret: null });
    const keys = { secret: endpoint['secret'], publicKey: next['publicKey'] };
    expect((await sent(endpoint, keys)).checkedBy).toEqual(['secret', 'publicKey']);
    const got = await desk.client.get(`/v1/endpoints/${String(endpoint['id'])}`);
    expect(got.body).toMatchObject({ signatures: ['v1a'], publicKey: next['publicKey'] });
    const back = await rotated(endpoint, { signatures: ['v1'], graceSeconds: 0 });
    expect((await sent(endpoint, { ...keys, back: back['secret'] })).checkedBy).toEqual(['back']);
    expect((await desk.client.get(`/v1/endpoints/${String(endpoint['id'])}`)).body['publicKey']).toBeNull();
  });

  it.each([[[]], [['v2']], ['v1'], [['v1', 'v1', 'v1']]])('cannot be %j', async (signatures) => {
    const draft = { name: 'CRM', url: desk.crm.url(), eventTypes: ['*'], signatures };
    expect((await desk.client.post('/v1/endpoints', draft)).status).toBe(400);
  });

  it('are not changed in passing, which would leave the receiver without a key', async () => {
    const endpoint = await made();
    const path = `/v1/endpoints/${String(endpoint['id'])}`;
    expect((await desk.client.patch(path, { signatures: ['v1a'] })).status).toBe(400);
  });
});
