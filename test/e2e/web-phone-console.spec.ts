/** An agent with the console open takes a customer's call in the page: the product's settings, a real edge, a real phone at the other end. */
import { chromium, type Page } from 'playwright-core';
import { Baresip, TONE_HZ } from '../harness/edge/baresip.js';
import { hasEdgePrograms } from '../harness/edge/edge-programs.js';
import { Edge } from '../harness/edge/edge.js';
import { Opened } from '../harness/edge/opened.js';
import { PHONE_FLAGS, mediaEars } from '../harness/edge/phone-pages.js';
import { CHROMIUM } from '../harness/live-pages.js';
import type { ProductProcess } from '../harness/product.js';
import { StandaloneHome } from '../harness/standalone-home.js';
import { until } from '../harness/until.js';

const DOMAIN = 'phones.example';
const SIP = { user: '101', password: 'correct-horse' };
const CUSTOMER = { user: '200', password: 'staple-battery' };
const HZ_OFF = 12;
const AUDIBLE = 1_000;

interface Id {
  id: string;
}

(hasEdgePrograms() ? describe : describe.skip)('the phone in the page of an agent', () => {
  const opened = new Opened();
  let home: StandaloneHome;
  let app: ProductProcess;
  let key: string;
  let edge: Edge;
  let customer: Baresip;
  let page: Page;

  beforeAll(async () => {
    const accounts = Object.fromEntries(
      [SIP, CUSTOMER].map(({ user, password }) => [`${user}@${DOMAIN}`, password]),
    );
    const [started, proxy, browser] = await Promise.all([
      opened.add(StandaloneHome.open()),
      opened.add(Edge.start({ accounts })),
      opened.add(chromium.launch({ executablePath: CHROMIUM, args: PHONE_FLAGS })),
    ]);
    [home, edge] = [started, proxy];
    app = await home.start();
    // In good order: its database is still writing while it is killed, into the folder that is taken away.
    await opened.add(Promise.resolve({ close: () => app.stop() }));
    key = await home.shownKey(app);
    await home.setUp(app, key);
    const { user, password } = CUSTOMER;
    customer = await opened.add(
      Baresip.start({
        account: `${user}@${DOMAIN}`,
        registers: { password, proxy: edge.sip },
      }),
    );
    const link = await makeAgent();
    const context = await browser.newContext({ locale: 'en-GB', permissions: ['microphone'] });
    page = await context.newPage();
    await page.addInitScript(mediaEars());
    const { pathname, hash } = new URL(link);
    await page.goto(app.url(pathname + hash));
    await page.getByLabel('Your name').fill('Roni Bar');
    await page.locator('input[name=newPassword]').fill('correct horse battery');
    await page.getByRole('button', { name: 'Accept' }).click();
  }, 120_000);
  afterAll(() => opened.close());

  /** An agent whose extension has a phone that registers at the edge. @returns the invitation */
  async function makeAgent(): Promise<string> {
    const tenant = (await ask<{ data: Id[] }>('GET', '/v1/tenants')).data[0]?.id ?? '';
    const agent = await ask<Id>('POST', '/v1/agents', { name: 'Roni' }, tenant);
    const { data } = await ask<{ data: Id[] }>('GET', '/v1/connections', undefined, tenant);
    const path = `/v1/connections/${data[0]?.id ?? ''}`;
    const extension = `${path}/extensions/${SIP.user}`;
    await ask('PUT', extension, { agentId: agent.id }, tenant);
    await ask('PUT', `${path}/web-phone`, { wsUrl: edge.wsUrl, domain: DOMAIN }, tenant);
    await ask('PUT', `${extension}/sip-account`, SIP, tenant);
    const invited = { email: 'roni@example.com', role: 'agent', agentId: agent.id };
    return (await ask<{ url: string }>('POST', '/v1/invitations', invited, tenant)).url;
  }

  async function ask<T>(method: string, path: string, body?: object, tenant?: string): Promise<T> {
    const answer = await fetch(app.url(path), {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(tenant !== undefined && { 'switchhook-tenant': tenant }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${String(answer.status)} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as T;
  }

  it('registers by itself, rings, and is answered: both hear each other', async () => {
    const phone = page.getByRole('region', { name: 'Phone in this page' });
    await phone.getByText('Ready').waitFor();
    customer.command('dial', `sip:${SIP.user}@${DOMAIN}`);
    await page.getByRole('button', { name: 'Answer' }).first().click();
    await customer.tells('CALL_ESTABLISHED');
    await until('the tone', async () => {
      const hz = await page.evaluate<number>('loudestHz()');
      return Math.abs(hz - TONE_HZ) < HZ_OFF;
    });
    await until('a recording that is not silent', () => customer.loudest() > AUDIBLE);
    await phone.getByRole('button', { name: 'Hang up' }).click();
    await customer.tells('CALL_CLOSED');
    await phone.getByRole('button', { name: 'Hang up' }).waitFor({ state: 'detached' });
  });
});
