/** The console in a real browser, on the real product: standalone, its own database, a PBX's webhooks and a CRM that breaks. */
import type { Page } from 'playwright-core';
import { cdr } from '../builders/cdr.js';
import { ConsolePages, looksOf } from '../harness/console-pages.js';
import { hasChromium } from '../harness/live-pages.js';
import { jsonMessage } from '../harness/pbx.js';
import type { ProductProcess } from '../harness/product.js';
import { DAYS } from '../harness/screens/days.js';
import type { Stage } from '../harness/screens/stage.js';
import { StandaloneHome } from '../harness/standalone-home.js';
import { until } from '../harness/until.js';

const PERSON = { email: 'dana@example.com', name: 'Dana Levi', password: 'correct horse battery' };
const NUMBERS = { first: '0502345678', second: '0523258000' };

(hasChromium() ? describe : describe.skip)('the console', () => {
  let home: StandaloneHome;
  let app: ProductProcess;
  let pages: ConsolePages;
  let page: Page;
  let key: string;
  /** Pages of a call and of a delivery, to be looked at in all variants. */
  const seen: Record<string, string> = {};
  const opened: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    // One person plays everybody's days within minutes, faster than anybody works.
    home = await StandaloneHome.open({ API_RATE_PER_MINUTE: '6000' });
    app = await home.start();
    key = await home.shownKey(app);
    await home.setUp(app, key);
    pages = await ConsolePages.open();
    page = await pages.tab();
  }, 120_000);
  afterAll(async () => {
    await pages.close();
    await Promise.all(opened.map((close) => close()));
    await home.close();
  });

  async function call(fields: Record<string, unknown>): Promise<void> {
    const pbx = home.pbx(() => app);
    await pbx.send('call', jsonMessage(cdr(fields)));
    await pbx.close();
  }

  it('lets the first operator in by the link that the first start prints, and shows the tenants', async () => {
    const setup = /(http\S+\/setup#\S+)/.exec(app.stderr)?.[1] ?? '';
    await page.goto(setup);
    await page.getByLabel('E-mail address').fill(PERSON.email);
    await page.getByLabel('Your name').fill(PERSON.name);
    await page.locator('input[name=newPassword]').fill(PERSON.password);
    await page.getByRole('button', { name: 'Begin' }).click();
    await page.getByRole('link', { name: 'Acme' }).click();
    await page.getByText('No calls yet').waitFor();
    expect(page.url()).toMatch(/\/t\/[0-9a-f-]{36}\/calls$/);
    expect(page.url()).not.toContain('#');
  }, 60_000);

  it('shows a call that comes in without being asked again', async () => {
    await page.getByText('● Live').waitFor();
    await call({ caller: NUMBERS.first });
    await page.getByRole('row').filter({ hasText: '+972502345678' }).waitFor();
  }, 60_000);

  it('keeps filters in the address, so that a link shows what its sender saw', async () => {
    await call({ caller: NUMBERS.second, status: 'NOANSWER', duration: 0 });
    const missed = page.getByRole('row').filter({ hasText: '+972523258000' });
    await missed.waitFor();
    await page.getByText('Missed', { exact: true }).first().click();
    await page.getByRole('row').filter({ hasText: '+972502345678' }).waitFor({ state: 'detached' });
    expect(page.url()).toContain('missed=true');
    await page.reload();
    await missed.waitFor();
    expect(await page.getByRole('row').filter({ hasText: '+972502345678' }).count()).toBe(0);
  }, 60_000);

  it('says of a CRM that breaks what it answered, and that it was told at last', async () => {
    home.crm.play({ answers: [503], otherwise: 200 });
    const one = cdr({ caller: '0547222568' });
    await call(one);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('row').filter({ hasText: '+972547222568' }).getByRole('link').click();
    const tree = page.getByRole('tree', { name: 'What happened to the call' });
    await tree.getByRole('treeitem').filter({ hasText: 'HTTP 503' }).waitFor();
    seen['call'] = page.url();
    await until(
      'the call to be delivered',
      () => home.crm.deliveredCalls.has(String(one['ivruniqueid'])),
      60_000,
    );
    await tree.getByRole('treeitem').filter({ hasText: 'HTTP 200' }).waitFor();
  }, 120_000);

  it('is walked by keys, and opens the delivery that was chosen', async () => {
    const items = page.getByRole('treeitem');
    await items.first().focus();
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Open the delivery' }).click();
    await page.getByRole('heading', { name: /^Delivery of .call.ended/ }).waitFor();
    await page.getByText('Try 1 · 503').click();
    await page.getByText('HTTP 503').waitFor();
    seen['delivery'] = page.url();
  }, 60_000);

  function stage(): Stage {
    const { origin } = new URL(seen['call'] ?? '');
    const go = async (path: string): Promise<void> => {
      await pages.visit(page, new URL(path, origin).href);
    };
    const tenant = /\/t\/[^/]+/.exec(seen['call'] ?? '')?.[0] ?? '';
    Object.assign(seen, {
      tenants: '/operator',
      calls: `${tenant}/calls`,
      deliveries: `${tenant}/deliveries`,
    });
    const ask = (method: string, path: string, body?: object): Promise<never> =>
      asked(app.url(path), { method, key, tenant: tenant.slice('/t/'.length), body });
    const after = (close: () => Promise<unknown>): void => void opened.push(close);
    return { home, app, pages, page, tenant, seen, go, call, ask, after };
  }

  for (const [name, day] of DAYS) {
    describe(name, () => {
      it.each(Object.entries(day))(
        '%s',
        async (__, play) => {
          try {
            await play(stage());
          } catch (error) {
            await pages.shot(page, `failed-${name}`);
            throw error;
          }
        },
        120_000,
      );
    });
  }

  it('bars nobody on any screen, in either language, light or dark, wide or narrow', async () => {
    const waiting = Object.entries(stage().seen).map(([name, address], index) => ({ name, address, index }));
    const faults: string[] = [];
    const look = async (tab: Page): Promise<void> => {
      await tab.goto(seen['call'] ?? '');
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { name, index } = next;
        const url = new URL(next.address, seen['call']).href;
        for (const variant of looksOf(index)) {
          faults.push(...(await pages.faultsOf(tab, url, { name, variant })));
        }
      }
    };
    await Promise.all([look(page), look(await pages.twin())]);
    expect(faults).toEqual([]);
  }, 400_000);

  it('lets nobody in who signed out, and takes them back to where they were when they sign in', async () => {
    await pages.as(page, { language: 'en', colours: 'light', width: 1280 });
    // Which screen the tab looked at last is a matter of chance, and one for a wall has no account.
    await page.goto(new URL(seen['calls'] ?? '', page.url()).href);
    await page.getByRole('button', { name: PERSON.name }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail address').waitFor();
    for (const variant of looksOf(0)) {
      await pages.as(page, variant);
      await page.reload();
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await pages.barriers(page)).toEqual([]);
      await pages.shot(page, `sign-in-${variant.language}-${variant.colours}-${variant.width}`);
    }
    await pages.as(page, { language: 'en', colours: 'light', width: 1280 });
    await page.goto(seen['delivery'] ?? '');
    await page.getByLabel('E-mail address').fill(PERSON.email);
    await page.locator('input[name=password]').fill('wrong horse battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await page.locator('input[name=password]').fill(PERSON.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: /^Delivery of .call.ended/ }).waitFor();
  }, 120_000);

  it('complains of nothing but what it was refused', () => {
    // Whether a connection has an account of its PBX, or of its phones, one sees by asking for it.
    const expected = /status of 4(00|01|09|12)|status of 404 .*\/(pbx-account|web-phone|sip-account)$/;
    expect(pages.complaints.filter((text) => !expected.test(text))).toEqual([]);
  });
});

async function asked(
  url: string,
  { method, key, tenant, body }: { method: string; key: string; tenant: string; body: object | undefined },
): Promise<never> {
  const answer = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      'switchhook-tenant': tenant,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as never;
}
