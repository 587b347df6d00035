import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dialectNamed } from '#dialects';
import { ApiServer } from './api-server.js';
import type { Vendor } from '../voices/voice.js';

const NOW = Date.UTC(2026, 4, 3, 9, 30);

interface Told {
  url: string;
  body: string;
}

const closers: (() => Promise<unknown> | undefined)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** An ingress that keeps what it is told, and says yes to everything. */
async function ingress(): Promise<{ url: string; told: Told[] }> {
  const told: Told[] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      told.push({ url: request.url ?? '', body });
      response.end('{"err":0,"errdesc":"OK","STATUS":"OK","TOTAL":"0"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, told };
}

async function playing(vendor: Vendor, speed = Infinity) {
  const { url: ingressUrl, told } = await ingress();
  const server = new ApiServer({ vendor, now: () => NOW, ingressUrl: `${ingressUrl}/in/t/${vendor}`, speed });
  const url = await server.listen();
  closers.push(() => server.close());
  return { server, url, told };
}

async function clickToCall(url: string, server: ApiServer, more: Record<string, string>) {
  const [agent] = server.desk.office.agents;
  const { code = '' } = server.account.secrets;
  const query = new URLSearchParams({
    code,
    phone: agent?.sip ?? '',
    action: 'call',
    format: 'json',
    ...more,
  });
  const answer = await fetch(`${url}/ForwardDialer/click2call.aspx?${query.toString()}`);
  return (await answer.json()) as { ERRORCODE: number; ERRORMESSAGE: string; CALLID: string };
}

describe('a simulated Voicenter API', () => {
  it('tells of the call under the id that it gave, with the variables of the order', async () => {
    const { server, url, told } = await playing('voicenter');
    const { CALLID } = await clickToCall(url, server, { target: '0501234500', var_att: 'abc-1' });
    expect(CALLID).toHaveLength(32);
    await server.told();
    expect(told.length).toBeGreaterThan(3);
    for (const { url: to, body } of told) expect(decodeURIComponent(to + body)).toContain(CALLID);
    const cdrs = told.filter(({ url: to }) => to.endsWith('/cdr'));
    expect(cdrs).toHaveLength(2);
    for (const { body } of cdrs) expect(decodeURIComponent(body)).toContain('abc-1');
  });

  it('tells nothing, or everything twice, where the number says so', async () => {
    const { server, url, told } = await playing('voicenter');
    await clickToCall(url, server, { target: '0501234540' });
    await server.told();
    expect(told).toHaveLength(0);
    await clickToCall(url, server, { target: '0501234541' });
    await server.told();
    const once = new Set(told.map((one) => JSON.stringify(one)));
    expect(told).toHaveLength(2 * once.size);
    expect(once.size).toBeGreaterThan(3);
  });

  it('ends the calls of an extension when it is told to, and tells of that', async () => {
    const { server, url, told } = await playing('voicenter', 20);
    await clickToCall(url, server, { target: '0501234500' });
    expect(server.desk.liveCalls()).toHaveLength(1);
    expect(await clickToCall(url, server, { action: 'terminate' })).toMatchObject({ ERRORCODE: 0 });
    expect(server.desk.liveCalls()).toHaveLength(0);
    await server.told();
    // The customer's phone had not rung yet.
    const cdrs = told.filter(({ url: to }) => to.endsWith('/cdr'));
    expect(cdrs).toHaveLength(1);
    expect(decodeURIComponent(cdrs[0]?.body ?? '')).toContain('leg1');
  });

  it.each([
    [{ target: '0501234500', tagret: '1' }, 'Parameter tagret is unknown'],
    [{ target: '0501234500', code: 'wrong' }, 'Code is invalid'],
    [{ target: '+972501234500' }, 'target must not begin with a plus'],
    [{ target: '' }, 'Target is missing'],
    [{ action: 'cal', target: '0501234500' }, 'Action cal is unknown'],
    [{ target: '0501234500', maxduration: 'long' }, 'maxduration is not a number'],
  ])('refuses %j', async (more, ERRORMESSAGE) => {
    const { server, url } = await playing('voicenter');
    const answer = await clickToCall(url, server, more);
    expect(answer).toEqual({ ERRORCODE: 1, ERRORMESSAGE, CALLID: '' });
    expect(server.desk.calls).toHaveLength(0);
  });

  it('counts the calls of a number for whoever is in another process', async () => {
    const { server, url } = await playing('voicenter');
    await clickToCall(url, server, { target: '0501234500' });
    await clickToCall(url, server, { target: '972501234500' });
    const counted: unknown = await (await fetch(`${url}/_simulator`)).json();
    expect(counted).toEqual({ calls: 2, placed: { '0501234500': 2 } });
  });
});

describe('a simulated GlobalEx API', () => {
  const ask = async (url: string, params: Record<string, string>, method = 'GET') => {
    const known = { user: 'api', pass: 'simulated&Pass1', org: 'demo', Response: 'yes', RFormat: 'json' };
    const query = new URLSearchParams({ ...known, ...params });
    return (await fetch(`${url}/API/dialup.php?${query.toString()}`, { method })).text();
  };

  it('tells of the call under the id that it gave', async () => {
    const { server, url, told } = await playing('globalex');
    const answer = await ask(url, { dial1: '101', dial2: '0501234500', showUID: 'yes' });
    const { data } = JSON.parse(answer) as { data: { Response: string; Uniqueid1: string } };
    expect(data.Response).toBe('OK');
    await server.told();
    expect(told.map(({ url: to, body }) => decodeURIComponent(to + body)).join('\n')).toContain(
      data.Uniqueid1,
    );
  });

  it.each([
    [{ dial1: '101', dial2: '0501234500', pass: 'x' }, 'GET', 'You need to login first'],
    [{ dial1: '101', dial2: '0501234500', dial3: 'x' }, 'GET', 'bad event'],
    [{ dial1: '101', dial2: '0501234500' }, 'POST', 'bad event'],
    [{ dial1: '101', dial2: '+972501234500' }, 'GET', '"Response":"fail"'],
    [{ dial1: '999', dial2: '0501234500' }, 'GET', '"Response":"fail"'],
  ])('refuses %j by %s in its own words, with 200', async (params, method, words) => {
    const { server, url } = await playing('globalex');
    expect(await ask(url, params, method)).toContain(words);
    expect(server.desk.calls).toHaveLength(0);
  });

  it.each(['voicenter', 'globalex'] as const)(
    'tells the routes of its dialect, as %s does',
    async (vendor) => {
      const { told, server, url } = await playing(vendor);
      if (vendor === 'globalex') await ask(url, { dial1: '101', dial2: '0501234500' });
      else await clickToCall(url, server, { target: '0501234500' });
      await server.told();
      const dialect = dialectNamed(vendor);
      expect(dialect).toBeDefined();
      for (const { url: to } of told) {
        const route = to.split('?', 1)[0]?.split('/').at(-1) ?? '';
        expect(dialect?.routes).toContain(route);
      }
    },
  );
});
