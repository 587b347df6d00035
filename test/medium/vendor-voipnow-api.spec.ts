/** Software that was written for VoipNow's UnifiedAPI, served on its own PBX and on another vendor's. */
import { request } from 'node:http';
import type { Vendor } from '../../apps/simulator/index.js';
import { until } from '../harness/until.js';
import { VendorDesk, type VendorOffice } from '../harness/vendor-desk.js';

const VENDORS: Vendor[] = ['voipnow', 'globalex'];
const TARGET = '0501234500';

let desk: VendorDesk;
beforeAll(async () => {
  desk = await VendorDesk.open();
});
afterAll(() => desk.close());

interface PhoneCall {
  id: string;
  extension: string;
  nonce?: string;
  phoneCallView: { source: unknown; destination: unknown; status: number }[];
}
interface List<T> {
  totalResults: number;
  startIndex: number;
  itemsPerPage: number;
  entry: T[];
}

async function asked<T>(
  method: string,
  path: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: string } = {},
): Promise<{ status: number; body: T; text: string }> {
  const answer = await fetch(desk.api.url + path, { method, headers, ...(body !== undefined && { body }) });
  const text = await answer.text();
  return { status: answer.status, body: JSON.parse(text) as T, text };
}

const form = (fields: Record<string, string>) => ({
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: new URLSearchParams(fields).toString(),
});

async function clientOf(office: VendorOffice, more: object = {}) {
  const { clientId = '', clientSecret = '' } = await desk.credential(office, 'voipnow', more);
  const grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const traded = await asked<Record<string, string>>('POST', '/oauth/token.php', form(grant));
  expect([traded.status, traded.body]).toEqual([
    200,
    { access_token: expect.any(String) as string, token_type: 'Bearer', expires_in: 3_600 },
  ]);
  const token = traded.body['access_token'] ?? '';
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return {
    grant,
    token,
    ask: <T>(method: string, path: string, body?: object) =>
      asked<T>(method, path, { headers, ...(body && { body: JSON.stringify(body) }) }),
  };
}

const simple = ({ short }: VendorOffice, destination = TARGET) => ({
  extension: short[0],
  phoneCallView: [{ source: [short[0]], destination: [destination] }],
  nonce: 'n-1',
});

/** As they are written, which clients in JavaScript never see. */
function headerNames(url: string, headers: Record<string, string>, body: Buffer): Promise<string[]> {
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', headers }, (answer) => {
      answer.resume();
      resolve(answer.rawHeaders.filter((_, index) => index % 2 === 0));
    })
      .on('error', reject)
      .end(body);
  });
}

describe('4PSA’s own client in PHP', () => {
  it('shows its secret in a multipart form, and finds the type of the answer by its spelling alone', async () => {
    const office = await desk.office('voipnow');
    const { grant } = await clientOf(office);
    const form = new FormData();
    for (const [name, value] of Object.entries(grant)) form.set(name, value);
    const asking = new Request('http://localhost', { method: 'POST', body: form });
    const type = asking.headers.get('content-type') ?? '';
    const body = Buffer.from(await asking.arrayBuffer());
    const token = await asked<Record<string, string>>('POST', '/oauth/token.php', {
      headers: { 'content-type': type },
      body: body.toString(),
    });
    expect([token.status, token.body['token_type']]).toEqual([200, 'Bearer']);
    const names = await headerNames(`${desk.api.url}/oauth/token.php`, { 'content-type': type }, body);
    expect(names).toEqual(expect.arrayContaining(['Content-Type', 'Content-Length', 'Cache-Control']));
  });
});

describe.each(VENDORS)('VoipNow’s client on a PBX of %s', (vendor) => {
  it('places a call, lists it while it goes on, ends it, and finds it among the past ones', async () => {
    const office = await desk.office(vendor);
    const { ask } = await clientOf(office);
    const placed = await ask<PhoneCall[]>('POST', '/uapi/phoneCalls/@me/simple', simple(office));
    expect([placed.status, placed.body]).toMatchObject([200, [{ extension: office.short[0], nonce: 'n-1' }]]);
    const id = placed.body[0]?.id ?? '';
    expect(office.pbx.placedTo(TARGET)).toBe(1);
    if (vendor === 'voipnow') await desk.heard(office.connection);
    const own = encodeURIComponent(office.phones[0]);
    for (const path of [`@me/@self`, `@me/${own}`, `@me/@self/${encodeURIComponent(id)}`]) {
      const { body } = await ask<List<PhoneCall>>('GET', `/unifiedapi/phoneCalls/${path}/`);
      expect([path, body.totalResults, body.entry[0]?.id]).toEqual([path, 1, id]);
    }
    const other = await ask<List<PhoneCall>>(
      'GET',
      `/uapi/phoneCalls/@me/${encodeURIComponent(office.phones[1])}`,
    );
    expect(other.body.entry).toEqual([]);

    const path = `/uapi/phoneCalls/@me/${own}/${encodeURIComponent(id)}`;
    expect((await ask('DELETE', path)).status).toBe(200);
    expect(office.pbx.desk.liveCalls()).toEqual([]);
    await office.pbx.told();
    const past = await until('the call to be over', async () => {
      await desk.enricher.drain(office.connection);
      const { body } = await ask<List<PhoneCall>>('GET', '/uapi/cdr/@me?startDate=2020-01-01T00:00:00');
      return body.totalResults > 0 ? body : undefined;
    });
    expect(past.entry.map((one) => one.id)).toEqual([id]);
    expect((await ask('DELETE', path)).status).toBeGreaterThanOrEqual(400);
  });

  it('is told a refusal as an error with a message, and what is unclear too', async () => {
    const office = await desk.office(vendor, { tells: false });
    const { ask } = await clientOf(office);
    for (const digits of ['20', '33']) {
      const path = '/uapi/phoneCalls/@me/simple';
      const answer = await ask<{ error: { code: string; message: string } }>(
        'POST',
        path,
        simple(office, `05012345${digits}`),
      );
      expect([answer.status, answer.body]).toMatchObject([
        500,
        { error: { code: expect.any(String) as string, message: expect.stringMatching(/^[A-Z]/) as string } },
      ]);
    }
    expect(office.pbx.placedTo('0501234533')).toBe(1);
  });

  it('sees who is there', async () => {
    const office = await desk.office(vendor, { tells: false });
    const { ask } = await clientOf(office);
    const all = await ask<List<{ extension: string }>>('GET', '/uapi/extensions/@me/@self/presence');
    expect(all.body.entry.map(({ extension }) => extension).sort()).toEqual([...office.phones].sort());
    const [phone] = office.phones;
    const one = await ask<List<{ extension: string }>>(
      'GET',
      `/uapi/extensions/@me/${encodeURIComponent(phone)}/presence`,
    );
    expect(one.body.entry).toMatchObject([{ extension: phone }]);
    expect((await ask('GET', '/uapi/extensions/@me/999/presence')).status).toBeGreaterThanOrEqual(400);
  });

  it('pauses an agent in a queue, and reads that back', async () => {
    const office = await desk.office(vendor, { tells: false });
    const { ask } = await clientOf(office);
    const queue = vendor === 'voipnow' ? '0003*801' : '801';
    const path = `/uapi/extensions/@me/${encodeURIComponent(queue)}/queue/agents`;
    const agent = encodeURIComponent(office.phones[0]);
    expect((await ask('PUT', `${path}/${agent}`, { status: '2' })).status).toBe(200);
    const { body } = await ask<List<{ status: string }>>('GET', `${path}/${agent}`);
    expect(body.entry).toHaveLength(1);
    expect(String(body.entry[0]?.status)).toBe('2');
    const states = await office.tenant.client.get('/v1/agent-states');
    expect(states.body.data).toMatchObject([{ agentId: office.agents[0], standing: 'paused' }]);
    expect((await ask('PUT', `${path}/999`, { status: '1' })).status).toBeGreaterThanOrEqual(400);
  });
});

describe('call events', () => {
  it('are rows of the table that the tenant’s endpoint has, set and removed by whoever has the right', async () => {
    const office = await desk.office('voipnow');
    const { client } = office.tenant;
    const path = '/uapi/extensions/@me/0003*210/phoneCallEvents';
    const event = { type: '0', method: '0', url: 'https://crm.example/calls', status: '1' };
    const reader = await clientOf(office);
    expect((await reader.ask('POST', path, event)).status).toBe(401);
    const { ask } = await clientOf(office, { rights: ['read', 'events'] });
    expect((await ask('POST', path, event)).status).toBe(501);
    const made = await client.post('/v1/endpoints', {
      name: 'Call events',
      url: 'https://crm.example/',
      format: 'voipnow',
      eventTypes: ['call.*'],
    });
    expect(made.status).toBe(201);
    const created = await ask<{ id: string }>('POST', path, event);
    expect(created).toMatchObject({ status: 200, body: { type: '0', url: event.url } });
    const list = await ask<List<{ id: string }>>('GET', path);
    expect(list.body.entry.map(({ id }) => id)).toEqual([created.body.id]);
    const rows = await client.get(`/v1/endpoints/${String(made.body['id'])}/voipnow-rows`);
    expect(rows.body.data).toMatchObject([{ extension: '0003*210', kind: 0, url: event.url, active: true }]);
    expect((await ask('POST', path, { ...event, url: 'http://10.0.0.1/' })).status).toBe(400);
    expect((await ask('DELETE', `${path}/0/${created.body.id}`)).status).toBe(200);
    expect((await ask<List<unknown>>('GET', path)).body.totalResults).toBe(0);
  });
});

describe('a token', () => {
  it('is 401 where it is wrong, of nobody, or of a credential that was revoked', async () => {
    const office = await desk.office('globalex', { tells: false });
    const { token, grant } = await clientOf(office);
    const call = { body: JSON.stringify(simple(office)) };
    const status = async (authorization?: string) => {
      const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
      return (await asked('POST', '/uapi/phoneCalls/@me/simple', { ...call, headers })).status;
    };
    for (const wrong of [
      undefined,
      'Bearer x',
      `Bearer ${token.slice(0, -2)}xx`,
      `Bearer ${grant.client_secret}`,
    ]) {
      expect([wrong, await status(wrong)]).toEqual([wrong, 401]);
    }
    expect(office.pbx.requests).toEqual([]);
    expect(await status(`Bearer ${token}`)).toBe(200);
    const { client } = office.tenant;
    const [credential] = (await client.get('/v1/api-credentials')).body.data;
    await client.delete(`/v1/api-credentials/${String(credential?.['id'])}`);
    await until('it to be forgotten', async () => (await status(`Bearer ${token}`)) === 401);
  });

  it('is not given for a wrong secret, or another grant', async () => {
    const office = await desk.office('globalex', { tells: false });
    const { grant } = await clientOf(office);
    const trade = async (fields: object) => {
      const { status, body, text } = await asked<{ error: string }>(
        'POST',
        '/oauth/token.php',
        form({ ...grant, ...fields }),
      );
      expect(text).not.toContain(grant.client_secret);
      return [status, body.error];
    };
    expect(await trade({ client_secret: 'wr0ng-secret-of-n0body' })).toEqual([401, 'invalid_client']);
    expect(await trade({ grant_type: 'password' })).toEqual([400, 'unsupported_grant_type']);
    const basic = Buffer.from(`${grant.client_id}:${grant.client_secret}`).toString('base64');
    const { headers, body } = form({ grant_type: 'client_credentials' });
    const given = await asked('POST', '/oauth/token.php', {
      headers: { ...headers, authorization: `Basic ${basic}` },
      body,
    });
    expect(given.status).toBe(200);
  });

  it('sees no calls of other tenants, and may do what its credential may', async () => {
    const [office, other] = [await desk.office('voipnow'), await desk.office('voipnow')];
    const { ask } = await clientOf(office);
    const theirs = await clientOf(other, { rights: ['read'] });
    const { body } = await ask<PhoneCall[]>('POST', '/uapi/phoneCalls/@me/simple', simple(office));
    await desk.heard(office.connection);
    const id = encodeURIComponent(body[0]?.id ?? '');
    expect((await theirs.ask<List<PhoneCall>>('GET', '/uapi/phoneCalls/@me/@self')).body.entry).toEqual([]);
    const refused = await theirs.ask('DELETE', `/uapi/phoneCalls/@me/@self/${id}`);
    expect(refused.status).toBe(401);
    expect(office.pbx.desk.liveCalls()).toHaveLength(1);
  });
});
