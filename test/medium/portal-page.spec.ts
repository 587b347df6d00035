import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { portalCode } from '../builders/portal.js';
import { openApi, type TestApi, type TestTenant } from '../harness/api.js';
import { LivePages, hasChromium } from '../harness/live-pages.js';

/** What a page shows is drawn a moment after it was loaded. */
const SHOWN = { timeout: 10_000 };

(hasChromium() ? describe : describe.skip)(
  'the page of a portal where there is no console, in a real browser',
  () => {
    let api: TestApi;
    let pages: LivePages;
    let tenant: TestTenant;

    beforeAll(async () => {
      api = await openApi({ CONSOLE: 'off' });
      pages = await LivePages.open();
      tenant = await api.tenant();
    });
    afterAll(async () => {
      await pages.close();
      await api.close();
    });

    it('says what it was opened for, keeps no code and no cookie, and is left for good', async () => {
      const look = { language: 'he', accent: '#0a7d4f' };
      const code = await portalCode(tenant.client, { areas: ['calls'], readOnly: true, look });
      const address = `${api.url}/portal?t=${tenant.id}`;
      const page = await pages.page();
      const complaints: string[] = [];
      page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(`${address}#${code}`);
      await page.locator('#facts').waitFor(SHOWN);
      expect(await page.locator('#facts').innerText()).toContain('calls');
      expect(await page.locator('#about').innerText()).toContain('change nothing');
      expect(page.url()).toBe(address);
      expect(await page.evaluate('document.documentElement.lang')).toBe('he');
      expect(await page.context().cookies()).toEqual([]);
      expect(await page.evaluate('localStorage.length + sessionStorage.length')).toBe(0);
      expect((await tenant.client.get('/v1/portal-sessions')).body.data).toHaveLength(1);
      await page.locator('#leave').click();
      await page.getByText('You have left this portal.').waitFor(SHOWN);
      expect((await tenant.client.get('/v1/portal-sessions')).body.data).toEqual([]);
      expect(complaints).toEqual([]);
    });

    it('is not opened a second time', async () => {
      const code = await portalCode(tenant.client, { areas: ['calls'] });
      for (const [seen, waits] of [
        ['first', '#facts'],
        ['second', 'text=used already'],
      ] as const) {
        const page = await pages.page();
        await page.goto(`${api.url}/portal?t=${tenant.id}#${code}`);
        await page.locator(waits).waitFor(SHOWN);
        expect([seen, await page.locator('#facts').isVisible()]).toEqual([seen, seen === 'first']);
      }
    });
  },
);
