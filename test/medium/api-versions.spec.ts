import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FLOW } from '../builders/ivr.js';
import { openApi, type ApiClient, type TestApi } from '../harness/api.js';

let api: TestApi;
beforeAll(async () => {
  api = await openApi();
});
afterAll(() => api.close());

/** Everything that has a version: how it is made, and a change of it that also needs `version`. */
const THINGS: [path: string, draft: object, needsVersion: boolean][] = [
  ['/v1/contacts', { name: 'Ruth' }, false],
  ['/v1/endpoints', { name: 'CRM', url: 'https://crm.example/', eventTypes: ['call.*'] }, false],
  ['/v1/connections', { name: 'Head office', dialect: 'voicenter' }, false],
  ['/v1/agents', { name: 'Dana' }, false],
  ['/v1/ivr-flows', { name: 'Main', document: FLOW }, true],
];

async function made(client: ApiClient, path: string, draft: object): Promise<{ at: string; etag: string }> {
  const { status, body } = await client.post(path, draft);
  expect([path, status]).toEqual([path, 201]);
  const at = `${path}/${String(body['id'])}`;
  return { at, etag: await etagOf(client, at) };
}

async function etagOf(client: ApiClient, at: string): Promise<string> {
  const etag = (await client.get(at)).headers.get('etag');
  expect([at, etag]).toEqual([at, expect.stringMatching(/^"[0-9a-z]+"$/)]);
  return etag ?? '';
}

describe.each(THINGS)('what is changed under %s', (path, draft, needsVersion) => {
  const change = (name: string, version: number) => ({ name, ...(needsVersion && { version }) });

  it('with If-Match is changed only while it is what the caller has seen', async () => {
    const { client } = await api.tenant();
    const { at, etag } = await made(client, path, draft);
    const mine = await client.with({ 'if-match': etag }).patch(at, change('mine', 1));
    expect([mine.status, mine.body['name']]).toEqual([200, 'mine']);
    const next = mine.headers.get('etag') ?? '';
    expect(next).toBe(await etagOf(client, at));
    const late = await client.with({ 'if-match': etag }).patch(at, change('theirs', 2));
    expect([late.status, late.body['code']]).toEqual([412, 'resource.changed']);
    expect((await client.get(at)).body['name']).toBe('mine');
    const either = await client.with({ 'if-match': `${etag}, ${next}` }).patch(at, change('again', 2));
    expect(either.status).toBe(200);
    const any = await client.with({ 'if-match': '*' }).patch(at, change('any', 3));
    expect(any.status).toBe(200);
    expect((await client.patch(at, change('without', 4))).status).toBe(200);
  });

  it('is deleted on the same condition, and refuses what is no ETag', async () => {
    const { client } = await api.tenant();
    const { at, etag } = await made(client, path, draft);
    expect((await client.with({ 'if-match': 'nonsense' }).delete(at)).body['code']).toBe('if_match.invalid');
    expect((await client.with({ 'if-match': `W/${etag}` }).delete(at)).status).toBe(412);
    expect((await client.with({ 'if-match': '"0"' }).delete(at)).status).toBe(412);
    const stranger = (await api.tenant()).client;
    expect((await stranger.with({ 'if-match': '"0"' }).delete(at)).status).toBe(404);
    expect((await client.with({ 'if-match': etag }).delete(at)).status).toBe(204);
  });

  it('at once by several who have seen the same is changed by one of them', async () => {
    const { client } = await api.tenant();
    const { at, etag } = await made(client, path, draft);
    const careful = client.with({ 'if-match': etag });
    const statuses = await Promise.all(
      ['a', 'b', 'c', 'd'].map(async (name) => (await careful.patch(at, change(name, 1))).status),
    );
    expect(statuses.sort()).toEqual([200, 412, 412, 412]);
  });
});
