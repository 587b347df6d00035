import type { Page } from 'playwright-core';
import { looksOf } from '../console-pages.js';
import { HttpsFront } from '../https-front.js';
import type { Day, Stage } from './stage.js';

/** A new link, as our own page or a frame opens it. */
async function link({ ask, app }: Stage, order: object, lang = ''): Promise<string> {
  const { url } = await ask<{ url: string }>('POST', '/v1/portal-links', order);
  const { pathname, search, hash } = new URL(url);
  return app.url(`${pathname}${search}${lang}${hash}`).replace('127.0.0.1', 'localhost');
}

const HEADINGS: Readonly<Record<string, Readonly<Record<'en' | 'he', string>>>> = {
  agent: { en: 'My calls', he: 'השיחות שלי' },
  calls: { en: 'Calls', he: 'שיחות' },
};

let page: Page;

/** What a page of a host shows in its frame, and what the frame told it. @returns an empty heading where the frame was refused */
async function framed(
  stage: Stage,
  front: HttpsFront,
  host: string,
): Promise<{ heading: string; heard: string }> {
  const context = await stage.pages.guest({ ignoreHTTPSErrors: true });
  const parent = await context.newPage();
  const refused = parent.waitForEvent('requestfailed', (request) => request.url().includes('/portal'));
  await parent.goto(`https://${host}:${front.port}/`);
  // Until it knows what is in it, it is headed as a portal.
  const title = parent
    .frameLocator('#portal')
    .getByRole('heading', { level: 1 })
    .filter({ hasNotText: /^Portal$/ });
  const isShown = await Promise.race([title.waitFor().then(() => true), refused.then(() => false)]);
  refused.catch(() => undefined);
  title.waitFor().catch(() => undefined);
  const heading = isShown ? await title.innerText() : '';
  if (isShown) await parent.waitForFunction("heard.some(({ type }) => type === 'height')");
  const heard = await parent.evaluate<string>('JSON.stringify(heard)');
  await context.close();
  return { heading, heard };
}

export const PORTAL_DAY: Day = {
  'is shown in a frame of a page that was named, tells it how high it is and how long it lasts, and is refused to a stranger':
    async (stage) => {
      let address = '';
      const front = await HttpsFront.open({ host: 'hook.example', port: stage.app.port }, () => address);
      try {
        await stage.ask('PUT', '/v1/portal-settings', { origins: [`https://crm.example:${front.port}`] });
        for (const [host, expected] of Object.entries({ 'crm.example': 'Calls', 'stranger.example': '' })) {
          const { pathname, search, hash } = new URL(await link(stage, { areas: ['calls'] }));
          address = `https://hook.example:${front.port}${pathname}${search}${hash}`;
          const { heading, heard } = await framed(stage, front, host);
          if (heading !== expected) throw new Error(`${host} shows "${heading}".`);
          const tells = heard.includes('"height"') && heard.includes('"endsAt"');
          if (tells !== (expected !== '')) throw new Error(`${host} heard ${heard}.`);
        }
      } finally {
        front.close();
      }
    },

  'shows calls and deliveries, and nothing else, and keeps nothing': async (stage) => {
    await stage.call({ caller: '0541234321' });
    const url = await link(stage, { areas: ['calls', 'deliveries'], readOnly: true });
    // A page whose complaints nobody keeps: it is refused the names of endpoints.
    page = await (await stage.pages.guest()).newPage();
    await page.goto(url);
    await page.getByRole('heading', { name: 'Calls' }).waitFor();
    await page.getByText('0541234321').first().waitFor();
    const offered = await page.getByRole('navigation').getByRole('link').allTextContents();
    if (offered.join() !== 'Calls,Deliveries,Replays') throw new Error(`It offers ${offered.join()}.`);
    await page.getByRole('link', { name: 'Deliveries' }).click();
    await page.getByRole('heading', { name: 'Deliveries' }).waitFor();
    if (page.url().includes('#')) throw new Error('The code is in the address still.');
    const kept = await page.evaluate<string>('document.cookie + JSON.stringify({ ...localStorage })');
    if (kept !== '{}') throw new Error(`It keeps ${kept}.`);
  },

  'is left for good': async () => {
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.getByText('This portal has ended.').waitFor();
    await page.context().close();
  },

  'speaks the language of the page around it, in the colours of that': async (stage) => {
    const look = { accent: '#0a7d4f', background: '#fffaf0' };
    const url = await link(stage, { areas: ['calls'], look }, '&lang=he');
    const context = await stage.pages.guest();
    const own = await stage.pages.tabOf(context);
    await own.goto(url);
    await own.locator('html[dir=rtl]').waitFor();
    await own.getByRole('heading', { level: 1, name: 'שיחות' }).waitFor();
    const body = await own.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    if (body !== 'rgb(255, 250, 240)') throw new Error(`It is ${body}.`);
    await context.close();
  },

  'is the page of one agent, and bars nobody': async (stage) => {
    const { id: agentId } = await stage.ask<{ id: string }>('POST', '/v1/agents', { name: 'Portal agent' });
    const context = await stage.pages.guest();
    const own = await stage.pages.tabOf(context);
    for (const variant of looksOf(0)) {
      const { language, colours, width } = variant;
      const kinds = {
        agent: { areas: ['agent', 'contacts'], agentId },
        calls: { areas: ['calls', 'deliveries'] },
      };
      for (const [name, order] of Object.entries(kinds)) {
        await own.setViewportSize({ width: width === 390 ? 320 : width, height: 800 });
        await own.emulateMedia({ colorScheme: colours });
        // The one after the other, with no page between them: a new link begins anew.
        await own.goto(await link(stage, order, `&lang=${language}`), { waitUntil: 'commit' });
        await own
          .getByRole('heading', { level: 1, name: HEADINGS[name]?.[language] ?? '', exact: true })
          .waitFor();
        await own.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
        await stage.pages.shot(own, `portal-${name}-${language}-${colours}-${String(width)}`);
        const barriers = await stage.pages.barriers(own);
        if (barriers.length > 0) throw new Error(`${name}: ${barriers.join('\n')}`);
        const sideways = await own.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        if (sideways > 0) throw new Error(`${name} scrolls sideways by ${String(sideways)} px.`);
      }
    }
    await context.close();
  },
};
