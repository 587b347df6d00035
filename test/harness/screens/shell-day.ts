import type { Day } from './stage.js';

export const shellDay: Day = {
  'finds a call by a number in any spelling, without the mouse': async ({ page, go, tenant, call }) => {
    await go(`${tenant}/calls`);
    await call({ caller: '0545551234' });
    await page.getByRole('row').filter({ hasText: '+972545551234' }).waitFor();
    await page.keyboard.press('/');
    await page.getByPlaceholder('Go to a screen').fill('054-555-1234');
    await page.getByRole('option', { name: '+972545551234' }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /Call with .?\+972545551234/ }).waitFor();
  },

  'goes to screens by g and a letter, and says which keys there are': async ({ page }) => {
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.getByRole('heading', { name: 'Deliveries' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).getByText('g d').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  },

  'leaves letters alone for whoever switched them off': async ({ page }) => {
    await page.keyboard.press('?');
    await page.getByLabel('Single letters do something').uncheck({ force: true });
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('c');
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Go to a screen').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Deliveries' }).waitFor();
    await page.evaluate("localStorage.removeItem('switchhook.letters')");
  },
};
