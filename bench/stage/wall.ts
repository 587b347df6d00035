/** A browser with a wallboard in it, as somebody has it on a wall for days. */
import { chromium, type CDPSession, type Page } from 'playwright-core';
import type { Api } from './tenants.js';
import type { Unwind } from './unwind.js';

const CHROMIUM = '/usr/bin/chromium';
const MEGA = 1024 * 1024;
const PASSWORD = 'correct horse battery';

/** What a page keeps, after everything that it does not need any more was thrown away. */
export interface Kept {
  heapMb: number;
  /** Nodes of the document, those that are not shown any more but kept included. */
  nodes: number;
  listeners: number;
}

export class Wall {
  /** What the page complained of. */
  readonly complaints: string[] = [];

  private constructor(
    private readonly page: Page,
    private readonly devtools: CDPSession,
  ) {}

  /** Signs a supervisor in, and opens the board of the tenant. */
  static async open(api: Api, tenant: string, unwind: Unwind): Promise<Wall> {
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    unwind.add('the browser', () => browser.close());
    const page = await browser.newPage({ locale: 'en-GB' });
    const wall = new Wall(page, await page.context().newCDPSession(page));
    page.on('pageerror', ({ message }) => wall.complaints.push(message));
    await signIn(page, api, tenant);
    await page.goto(`${api.apiUrl}/t/${tenant}/live?tv=1`);
    await page.locator('tbody tr').first().waitFor();
    return wall;
  }

  /** How many agents are shown to be in a call. */
  inCalls(): Promise<number> {
    return this.page.locator('tbody .tone-talking, tbody .tone-ringing').count();
  }

  isOld(): Promise<boolean> {
    return this.page.locator('.wallboard[data-old]').isVisible();
  }

  async kept(): Promise<Kept> {
    // What the first one lets go of may hold what only the second one finds.
    for (let turn = 0; turn < 2; turn += 1) await this.devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.devtools.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await this.devtools.send('Memory.getDOMCounters');
    return { heapMb: usedSize / MEGA, nodes, listeners: jsEventListeners };
  }
}

async function signIn(page: Page, { apiUrl, adminKey }: Api, tenant: string): Promise<void> {
  const answer = await fetch(`${apiUrl}/v1/invitations`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${adminKey}`,
      'switchhook-tenant': tenant,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ email: 'wall@example.com', role: 'supervisor' }),
  });
  if (!answer.ok) throw new Error(`Nobody can be invited: ${String(answer.status)} ${await answer.text()}`);
  const { pathname, hash } = new URL(((await answer.json()) as { url: string }).url);
  await page.goto(`${apiUrl}${pathname}${hash}`);
  await page.getByLabel('Your name').fill('Wall');
  await page.locator('input[name=newPassword]').fill(PASSWORD);
  await page.locator('button[type=submit]').click();
  await page.waitForURL(/\/t\//);
}
