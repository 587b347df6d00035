import { openApi, type Json, type TestApi, type TestTenant } from '../harness/api.js';

let api: TestApi;
let tenant: TestTenant;
beforeAll(async () => {
  api = await openApi();
  tenant = await api.tenant();
});
afterAll(() => api.close());

const make = async (dialect: string): Promise<Json> =>
  (await tenant.client.post('/v1/connections', { name: 'PBX', dialect })).body;
const socketOf = async ({ id }: Json) =>
  (await tenant.client.get(`/v1/connections/${String(id)}/health`)).body['socket'] as Json | null;

describe('a connection of a PBX that dials us', () => {
  it('says so, with the URL that the PBX opens, also in its guide; its trial is an ordinary request', async () => {
    const connection = await make('asterisk');
    expect(connection['kind']).toBe('socket');
    const [first] = connection['ingressUrls'] as { url: string }[];
    expect(first?.url).toMatch(/^wss?:\/\/[^/]+\/in\/[^/]+\/asterisk\/ari$/);
    const { body: guide } = await tenant.client.get(`/v1/connections/${String(connection['id'])}/guide`);
    expect((guide['routes'] as { url: string }[])[0]?.url).toBe(first?.url);
    expect((guide['trial'] as { url: string }).url).toMatch(/^https?:/);
    const webhooks = await make('voicenter');
    expect(webhooks['kind']).toBe('webhook');
    expect(await socketOf(webhooks)).toBeNull();
  });

  it('is guided by lines with its URL and a password that is another each time', async () => {
    const { id, ingressUrls } = await make('asterisk');
    const linesOf = async () => {
      const { body } = await tenant.client.get(`/v1/connections/${String(id)}/guide`);
      return (body['files'] as { text: string }[]).map(({ text }) => text).join('');
    };
    const passwordIn = (lines: string) => /^password = (pbx_[\w-]{43})$/m.exec(lines)?.[1];
    const [one, other] = [await linesOf(), await linesOf()];
    expect(one).toContain(`uri = ${(ingressUrls as { url: string }[])[0]?.url ?? ''}\n`);
    expect(one).toContain('tls_enabled = yes');
    expect(one).not.toContain('{');
    expect(passwordIn(one)).toEqual(expect.any(String));
    expect(passwordIn(other)).not.toBe(passwordIn(one));
  });

  it('is guided by lines without TLS where this installation has none', async () => {
    const here = await openApi({ PUBLIC_URL: 'http://10.0.0.5:3000' });
    try {
      const { client } = await here.tenant();
      const made = await client.post('/v1/connections', { name: 'PBX', dialect: 'asterisk' });
      const { text } = await client.get(`/v1/connections/${String(made.body['id'])}/guide`);
      expect(text).toContain('uri = ws://10.0.0.5:3000/in/');
      expect(text).toContain('tls_enabled = no');
      expect(text).not.toMatch(/tls_enabled = yes|ca_list_file|verify_server|wss:/);
    } finally {
      await here.close();
    }
  });

  it('shows how its socket is: never there, up, down, or held by a process that is gone', async () => {
    const connection = await make('asterisk');
    expect(await socketOf(connection)).toMatchObject({ state: 'never', since: null });
    await api.sql.rows(
      `INSERT INTO pbx_socket VALUES ($1, $2, 1, 'up', now(), now(), now(), '192.0.2.1', 'Asterisk PBX 22.5.0', -12)`,
      [connection['id'], tenant.id],
    );
    expect(await socketOf(connection)).toMatchObject({
      ...{ state: 'up', sourceIp: '192.0.2.1', remoteVersion: 'Asterisk PBX 22.5.0', clockAheadMs: -12 },
      reason: null,
    });
    await api.sql.rows(
      `UPDATE pbx_socket SET beat_at = now() - interval '1 minute' WHERE connection_id = $1`,
      [connection['id']],
    );
    expect(await socketOf(connection)).toMatchObject({ state: 'down', reason: expect.any(String) as string });
    await api.sql.rows(
      `UPDATE pbx_socket SET state = 'down', reason = 'It broke.' WHERE connection_id = $1`,
      [connection['id']],
    );
    expect(await socketOf(connection)).toMatchObject({ state: 'down', reason: 'It broke.' });
  });

  it('keeps its last URL to be known by when it was replaced at once, and shows it to nobody', async () => {
    const { id, ingressUrls } = await make('asterisk');
    const tokens = () =>
      api.sql.count('SELECT count(*) FROM connection_token WHERE connection_id = $1', [id]);
    for (let turn = 0; turn < 2; turn += 1) {
      const { text } = await tenant.client.post(`/v1/connections/${String(id)}/rotate`, { graceSeconds: 0 });
      expect(text).not.toContain((ingressUrls as { url: string }[])[0]?.url);
      expect(await tokens()).toBe(2);
    }
  });

  it('is warned of while its socket is not open: in its health, and among what the tenant should look after', async () => {
    const connection = await make('asterisk');
    const id = String(connection['id']);
    const warnedOf = async () => {
      const { body: health } = await tenant.client.get(`/v1/connections/${id}/health`);
      const { body: overview } = await tenant.client.get('/v1/overview');
      const codes = (health['warnings'] as { code: string }[]).map(({ code }) => code);
      const needs = overview['needs'] as { code: string; subject: { id: string } }[];
      expect(needs.filter(({ subject }) => subject.id === id).map(({ code }) => code)).toEqual(codes);
      return codes;
    };
    const downFor = (seconds: number) =>
      api.sql.rows(
        `UPDATE pbx_socket SET state = 'down', reason = 'It broke.', since = now() - $2 * interval '1 s' WHERE connection_id = $1`,
        [id, seconds],
      );
    expect(await warnedOf()).toEqual(['socket.never']);
    await api.sql.rows(
      `INSERT INTO pbx_socket VALUES ($1, $2, 1, 'up', now(), now(), now(), '192.0.2.1', 'Asterisk PBX 22.5.0', -12)`,
      [id, tenant.id],
    );
    expect(await warnedOf()).toEqual([]);
    const { body: open } = await tenant.client.get(`/v1/connections/${id}/health`);
    expect(open['clock']).toMatchObject({ standing: 'right', samples: 0 });
    await downFor(5);
    expect(await warnedOf()).toEqual([]);
    await downFor(60);
    expect(await warnedOf()).toEqual(['socket.down']);
  });

  it('shows both lines of a PBX that has two open, and is up as long as one is', async () => {
    const connection = await make('asterisk');
    const urls = (connection['ingressUrls'] as { url: string }[]).map(({ url }) => url.split('/').at(-1));
    expect(urls).toEqual(['ari', 'ari-2']);
    await api.sql.rows(
      `INSERT INTO pbx_socket (connection_id, tenant_id, line, fence, state, since, beat_at, alive_at, reason)
       VALUES ($1, $2, 1, 1, 'down', now(), now(), now(), 'It broke.'), ($1, $2, 2, 1, 'up', now(), now(), now(), NULL)`,
      [connection['id'], tenant.id],
    );
    expect(await socketOf(connection)).toMatchObject({
      ...{ state: 'up', reason: null },
      lines: [
        { line: 1, state: 'down', reason: 'It broke.' },
        { line: 2, state: 'up', reason: null },
      ],
    });
  });
});
