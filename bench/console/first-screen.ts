/** How long a person waits for the first screen, in a real browser whose processor is slowed. */
import { existsSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';

const CHROMIUM = '/usr/bin/chromium';
const PERSON = { name: 'Bench', password: 'correct horse battery' };
/** As slow as a cheap phone beside this machine. */
const SLOWED = 4;
const TIMES = 7;

export interface FirstScreen {
  /** Milliseconds from the start of the navigation until a row can be read, browsers' caches empty and full. */
  coldMs: number[];
  warmMs: number[];
  /** Until a call is open that was chosen in the list. */
  openedMs: number[];
}

/**
 * @param invitation  link for somebody who may see the tenant's calls
 * @returns null where there is no browser
 */
export async function measureFirstScreen(invitation: string, tenant: string): Promise<FirstScreen | null> {
  if (!existsSync(CHROMIUM)) return null;
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  try {
    const context = await browser.newContext({ locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(invitation);
    await page.getByLabel('Your name').fill(PERSON.name);
    await page.locator('input[name=newPassword]').fill(PERSON.password);
    await page.getByRole('button', { name: 'Accept' }).click();
    const calls = new URL(`/t/${tenant}/calls`, invitation).href;
    await rowOf(page).waitFor();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWED });
    const measured: FirstScreen = { coldMs: [], warmMs: [], openedMs: [] };
    for (let time = 0; time < TIMES; time += 1) {
      await devtools.send('Network.clearBrowserCache');
      measured.coldMs.push(await untilRow(page, calls));
      measured.warmMs.push(await untilRow(page, calls));
      measured.openedMs.push(await untilCall(page));
    }
    return measured;
  } finally {
    await browser.close();
  }
}

async function untilRow(page: Page, address: string): Promise<number> {
  await page.goto('about:blank');
  const begun = performance.now();
  await page.goto(address, { waitUntil: 'commit' });
  await rowOf(page).waitFor();
  return performance.now() - begun;
}

async function untilCall(page: Page): Promise<number> {
  const begun = performance.now();
  await rowOf(page).getByRole('link').click();
  await page.getByRole('treeitem').first().waitFor();
  return performance.now() - begun;
}

const rowOf = (page: Page): ReturnType<Page['locator']> => page.locator('.list-body [role=row]').first();
