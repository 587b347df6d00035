import { expect } from '@jest/globals';
import { until } from '../until.js';
import type { Day } from './stage.js';

const FIRST = '0509000001';
const SHOWN = '+972509000001';

interface Listed {
  data: { id: string }[];
}

/** Finding a call, seeing what became of it, and keeping what one looks for. */
export const callsDay: Day = {
  'keeps new calls waiting for whoever reads further down, and lets them in when they say so': async ({
    go,
    page,
    tenant,
    call,
  }) => {
    await page.setViewportSize({ width: 1280, height: 420 });
    for (let number = 10; number < 24; number += 1) await call({ caller: `05090000${number}` });
    await go(`${tenant}/calls?number=&from=2020-01-01T00%3A00%3A00.000Z`);
    const list = page.getByRole('region', { name: 'Calls' });
    await page.getByRole('row').filter({ hasText: '+972509000023' }).waitFor();
    await list.hover();
    await page.mouse.wheel(0, 200);
    await until('the list to be scrolled', () =>
      page.evaluate('document.querySelector(".list-scroll").scrollTop > 100'),
    );
    const before = await page.getByRole('row').nth(6).innerText();
    await call({ caller: FIRST });
    await page.getByRole('button', { name: '1 new' }).waitFor();
    expect(await page.getByRole('row').nth(6).innerText()).toBe(before);
    await page.getByRole('button', { name: '1 new' }).click();
    await page.getByRole('row').filter({ hasText: SHOWN }).waitFor();
    await page.setViewportSize({ width: 1280, height: 800 });
  },

  'saves filters as a view of one’s own, finds it again, and forgets it': async ({
    go,
    page,
    tenant,
    seen,
  }) => {
    await go(`${tenant}/calls`);
    await page.getByLabel('Number').fill('050-900-0001');
    await page.getByRole('row').filter({ hasText: '+972509000023' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'My views' }).click();
    await page.getByLabel('Name of the view').fill('The first one');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('row').filter({ hasText: '+972509000023' }).waitFor();
    await page.getByRole('button', { name: 'My views' }).click();
    await page.getByRole('button', { name: 'The first one', exact: true }).click();
    await page.getByRole('row').filter({ hasText: '+972509000023' }).waitFor({ state: 'detached' });
    expect(await page.getByLabel('Number').inputValue()).toBe('050-900-0001');
    seen['calls-filtered'] = `${tenant}/calls?number=0509000001&result=answered`;
  },

  'shows times by another clock': async ({ go, page, tenant }) => {
    await go(`${tenant}/calls`);
    const time = page.getByRole('row').filter({ hasText: SHOWN }).locator('time');
    const theirs = await time.innerText();
    expect(await time.getAttribute('title')).toContain('\n20');
    await page.getByRole('button', { name: 'Dana Levi' }).click();
    await page.getByRole('menuitem', { name: 'UTC' }).click();
    // Drawn after the click was answered, so it is waited for.
    await time.filter({ hasNotText: theirs }).waitFor();
    await page.getByRole('button', { name: 'Dana Levi' }).click();
    await page.getByRole('menuitem', { name: 'The tenant' }).click();
    await time.filter({ hasText: theirs }).waitFor();
  },

  'walks the list by keys and opens a call': async ({ page }) => {
    await page.getByRole('region', { name: 'Calls' }).focus();
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /^Call with/ }).waitFor();
  },

  'says who was told and why, what the PBX sent, and keeps a note': async ({
    page,
    tenant,
    ask,
    go,
    seen,
  }) => {
    const { data } = await ask<Listed>('GET', `/v1/calls?number=${FIRST}`);
    const address = `${tenant}/calls/${data[0]?.id ?? ''}`;
    await go(address);
    await page.getByRole('tab', { name: 'Told' }).click();
    await page.getByText('It was delivered').first().waitFor();
    await page.getByRole('tab', { name: 'Raw' }).click();
    await page.getByRole('region', { name: 'Body' }).getByText('ivruniqueid').waitFor();
    await page.getByLabel('Note').fill('Wants to be called back');
    await page.getByLabel('Outcome').fill('sale');
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByText('Wants to be called back').first().waitFor();
    seen['call-told'] = `${address}?tab=told`;
    seen['call-raw'] = `${address}?tab=raw`;
  },

  'has a brush for a long timeline, which shows a stretch of it': async ({
    page,
    tenant,
    ask,
    call,
    go,
    seen,
  }) => {
    await call({ caller: '0509000099' });
    const { data } = await until('the call', async () => {
      const found = await ask<Listed>('GET', '/v1/calls?number=0509000099');
      return found.data.length > 0 ? found : undefined;
    });
    const address = `${tenant}/calls/${data[0]?.id ?? ''}`;
    for (let note = 0; note < 18; note += 1) {
      await ask('POST', `/v1/calls/${data[0]?.id ?? ''}/notes`, { text: `Note ${note}` });
    }
    await go(address);
    const slider = page.getByRole('slider', { name: 'Until' });
    await slider.waitFor();
    const rows = await page.getByRole('treeitem').count();
    await slider.focus();
    for (let step = 0; step < 6; step += 1) await page.keyboard.press('ArrowLeft');
    await page.getByRole('button', { name: 'Show all of it' }).waitFor();
    expect(await page.getByRole('treeitem').count()).toBeLessThan(rows);
    seen['call-long'] = address;
  },
};
