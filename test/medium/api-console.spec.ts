import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { projectRoot } from '#platform';
import { openApi, type TestApi } from '../harness/api.js';

const ASSETS = readdirSync(join(projectRoot(), 'dist/console/assets'));
const SCRIPT = ASSETS.find((name) => /^base-.*\.js$/.test(name)) ?? '';

describe('where the API serves the console', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await openApi();
  });
  afterAll(() => api.close());

  it.each([
    '/',
    '/sign-in',
    '/setup',
    '/invitation',
    '/reset',
    '/operator',
    '/t/any/calls',
    '/t/any/calls/one',
  ])('answers %s with the page, in nobody’s frame and with our own scripts alone', async (path) => {
    const answer = await fetch(api.url + path);
    expect(answer.status).toBe(200);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src 'self'; ");
    expect(policy).toContain("frame-ancestors 'none'");
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? 'none';
    const text = await answer.text();
    expect(text).toContain(`nonce="${nonce}"`);
    expect(text).not.toContain('%NONCE%');
    expect(await (await fetch(api.url + path)).text()).not.toContain(nonce);
  });

  it('leaves the paths of others to them', async () => {
    for (const path of ['/v1/nothing', '/nothing', '/recordings/nothing', '/docs/nothing']) {
      const answer = await fetch(api.url + path, { headers: { accept: 'text/html' } });
      expect(await answer.text()).not.toContain('id="root"');
    }
  });

  it.each([
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['identity', undefined],
  ])('packs scripts for who takes %s, and lets them be kept for ever', async (accepted, encoding) => {
    const { headers, status } = await head(`${api.url}/assets/${SCRIPT}`, accepted);
    expect(status).toBe(200);
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(headers['vary']).toBe('accept-encoding');
  });

  it('says of a file of before an update that it is gone', async () => {
    const answer = await fetch(`${api.url}/assets/index-of-before.js`);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([404, 'no-store']);
  });
});

it('is not served where it is switched off', async () => {
  const api = await openApi({ CONSOLE: 'off' });
  try {
    expect((await fetch(`${api.url}/`)).status).toBe(404);
    expect((await fetch(`${api.url}/assets/${SCRIPT}`)).status).toBe(404);
    expect(await (await fetch(`${api.url}/sign-in`)).text()).toContain('/sign-in/page.js');
  } finally {
    await api.close();
  }
});

/** `fetch` would unpack and hide what it was sent. */
function head(url: string, accepted: string) {
  return new Promise<{ status: number | undefined; headers: Record<string, string | string[] | undefined> }>(
    (resolve, reject) => {
      request(url, { headers: { 'accept-encoding': accepted } }, (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode, headers: answer.headers });
      })
        .on('error', reject)
        .end();
    },
  );
}
