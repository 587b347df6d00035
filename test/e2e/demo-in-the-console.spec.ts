/** The demo as a stranger sees it: a link, a live call, a CRM that breaks, a delivery that waits, and one that goes. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '#platform';
import { ConsolePages } from '../harness/console-pages.js';
import { freePort } from '../harness/free-port.js';
import { hasChromium } from '../harness/live-pages.js';
import { until } from '../harness/until.js';

const STARTED_WITHIN_MS = 90_000;
const TREE = { name: 'What happened to the call' };

(hasChromium() ? describe : describe.skip)('the demo', () => {
  let demo: ChildProcess;
  let said = '';
  let pages: ConsolePages;
  let page: Page;
  let crm: Page;

  /** What the demo printed behind some words. */
  const printed = (words: string): string => new RegExp(`${words} +(http\\S+)`).exec(said)?.[1] ?? '';

  beforeAll(async () => {
    demo = spawn(
      process.execPath,
      ['--enable-source-maps', join(projectRoot(), 'dist/apps/standalone/demo.js'), '--no-campaign'],
      {
        env: { PATH: process.env['PATH'], PORT: String(await freePort()) },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    for (const stream of [demo.stdout, demo.stderr]) {
      stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    }
    pages = await ConsolePages.open();
    page = await pages.tab();
    crm = await pages.tab();
    await until('the demo to print its links', () => said.includes('by hand'), STARTED_WITHIN_MS);
  }, STARTED_WITHIN_MS + 30_000);

  afterAll(async () => {
    const ended = new Promise((resolve) => demo.once('close', resolve));
    demo.kill('SIGTERM');
    await Promise.all([pages.close(), ended]);
  }, 60_000);

  it('prints a link that signs one in, and its calls are on the screen while they happen', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(printed('console, signed in'));
    await page.getByText('● Live').waitFor();
    await page.getByRole('link', { name: 'Calls', exact: true }).click();
    const rows = page.getByRole('row');
    await rows.nth(3).waitFor();
    await pages.shot(page, 'demo-calls');
    await rows.nth(1).getByRole('link').click();
    await page.getByRole('tree', TREE).getByRole('treeitem').first().waitFor();
    await pages.shot(page, 'demo-timeline');
  }, 60_000);

  it('shows a delivery that waits while the CRM is broken, and goes when it is mended', async () => {
    await crm.goto(printed('break its CRM'));
    await crm.getByRole('button', { name: 'Break this CRM' }).click();
    await crm.getByText('It is broken').waitFor();
    await page.getByRole('link', { name: 'Deliveries', exact: true }).click();
    const waiting = page.getByRole('row').filter({ hasText: 'Waiting' }).filter({ hasText: '503' }).first();
    await waiting.waitFor();
    await pages.shot(page, 'demo-deliveries');
    await waiting.getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: /^Delivery of/ }).waitFor();
    await page.getByText('HTTP 503').first().waitFor();
    await pages.shot(page, 'demo-waits');
    await crm.getByRole('button', { name: 'Mend this CRM' }).click();
    await crm.getByText('It takes what comes').waitFor();
    await page.getByText('Delivered', { exact: true }).first().waitFor({ timeout: 60_000 });
    await pages.shot(page, 'demo-goes');
  }, 120_000);

  it('complains of nothing', () => {
    expect(pages.complaints).toEqual([]);
  });
});
