import { until } from '../until.js';
import type { Day } from './stage.js';

interface Listed {
  data: { id: string }[];
}

/** Sending events again: counted first, watched, cancelled. */
export const replaysDay: Day = {
  'counts while one chooses, and sends when one says so': async ({ go, page, tenant, call, ask, seen }) => {
    await call({ caller: '0509200001' });
    await until('a delivered event', async () => {
      const { data } = await ask<Listed>('GET', '/v1/deliveries?state=delivered&number=0509200001');
      return data.length > 0;
    });
    await go(`${tenant}/replays`);
    await page.getByLabel('What', { exact: true }).selectOption({ label: 'Events, whatever became of them' });
    await page.getByLabel('Endpoint').selectOption({ label: 'CRM' });
    await page.getByLabel('Number').fill('972509200001');
    await page.getByText('One delivery').waitFor();
    await page.getByRole('button', { name: 'Send them again' }).click();
    await page.getByText('1 of 1 made').waitFor();
    await page.getByText('Delivered 1').waitFor();
    seen['replay'] = page.url();
    seen['replays'] = `${tenant}/replays?kind=events`;
  },

  'cancels what has not been made yet': async ({ page, ask, call, go, tenant, seen }) => {
    await call({ caller: '0509200002' });
    const { data } = await until('the call', async () => {
      const found = await ask<Listed>('GET', '/v1/calls?number=0509200002');
      return found.data.length > 0 ? found : undefined;
    });
    // Each is an event, and they are made one a second.
    const notes = Array.from({ length: 30 }, (_, number) => `Note ${String(number)}`);
    const path = `/v1/calls/${data[0]?.id ?? ''}/notes`;
    await Promise.all(notes.map((text) => ask('POST', path, { text })));
    const from = new Date(Date.now() - 3_600_000).toISOString();
    const order = { kind: 'events', from, number: '972509200002', ratePerMinute: 60 };
    const { id } = await ask<{ id: string }>('POST', '/v1/replays', order);
    seen['replay-cancelled'] = `${tenant}/replays/${id}`;
    await go(`${tenant}/replays/${id}`);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').getByText('Nothing more is made').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).last().click();
    await page.getByText('Cancelled', { exact: true }).waitFor();
    await go(`${tenant}/replays`);
    await page.getByRole('row').filter({ hasText: 'Cancelled' }).waitFor();
  },
};
