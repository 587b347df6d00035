import type { Day } from './stage.js';
import { until } from '../until.js';

/** A supervisor looks in: how was the week, what needs me, and what do I press? */
export const overviewDay: Day = {
  'sees the week in four numbers, with what came before': async ({ page, go, tenant, seen, call }) => {
    const time = Math.floor(Date.now() / 1_000) - 3_600;
    await call({ caller: '0502223344', status: 'NOANSWER', duration: 0, time });
    await call({ caller: '0502223355', time });
    await call({ caller: '0502223366', time: time - 2 * 86_400 });
    await go(`${tenant}/overview`);
    await page.getByRole('heading', { name: 'Calls this week' }).waitFor();
    await page.getByRole('heading', { name: 'Delivery success', exact: true }).waitFor();
    await page.getByRole('img', { name: /^Calls by result/ }).waitFor();
    seen['overview'] = page.url();
  },

  'reads a chart by keys, as a table, and takes it away as CSV': async ({ page }) => {
    const chart = page.getByRole('figure').filter({ hasText: 'Calls by result' });
    await chart.getByRole('img').focus();
    await page.keyboard.press('End');
    await chart.getByText(/^Total \d/).waitFor();
    await page.keyboard.press('+');
    await chart.getByRole('button', { name: 'Show all' }).click();
    await chart.getByRole('button', { name: 'Show all' }).waitFor({ state: 'detached' });
    await chart.getByRole('button', { name: '“Calls by result” as a table' }).click();
    await chart.getByRole('columnheader', { name: 'Answered' }).waitFor();
    const saved = page.waitForEvent('download');
    await chart.getByRole('button', { name: 'Download “Calls by result” as CSV' }).click();
    const file = await saved;
    expect(file.suggestedFilename()).toBe('Calls by result.csv');
    await chart.getByRole('button', { name: '“Calls by result” as a chart' }).click();
  },

  'looks at one day, and a link shows the same': async ({ page, seen }) => {
    await page.getByText('24 hours', { exact: true }).click();
    await page.waitForURL(/span=day/);
    await page.reload();
    await page.getByRole('img', { name: /^How long endpoints took/ }).waitFor();
    seen['overview-day'] = page.url();
  },

  'is told of an endpoint that is off, and switches it on where it is told': async ({
    page,
    ask,
    seen,
    tenant,
    go,
    home,
  }) => {
    const off = async (name: string): Promise<{ id: string }> => {
      const draft = { name, url: home.crm.url(), eventTypes: ['endpoint.test'] };
      const made = await ask<{ id: string }>('POST', '/v1/endpoints', draft);
      await ask('POST', `/v1/endpoints/${made.id}/disable`, {});
      return made;
    };
    const made = await off('Old helpdesk');
    await off('Reports');
    await go(`${tenant}/overview`);
    const need = page.getByRole('listitem').filter({ hasText: 'Old helpdesk' });
    await need.getByText('Off, and what it is owed is held').waitFor();
    seen['overview-needs'] = page.url();
    await need.getByRole('button', { name: 'Enable' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Enable' }).click();
    await need.waitFor({ state: 'detached' });
    await until('the endpoint to be on', async () => {
      const { state } = await ask<{ state: string }>('GET', `/v1/endpoints/${made.id}`);
      return state === 'enabled';
    });
  },
};
