import type { Page } from 'playwright-core';
import { until } from '../until.js';
import type { Day, Stage } from './stage.js';

/** Whoever looks after the endpoints of a tenant: one that fares badly, a new one, its secret, its filter, its pauses. */
export const endpointsDay: Day = {
  'shows how each endpoint fares, and pauses one from the list': async ({ page, go, tenant, seen }) => {
    await go(`${tenant}/endpoints`);
    const row = page.getByRole('row').filter({ hasText: 'CRM' });
    await row.getByRole('img', { name: /got through/ }).waitFor();
    seen['endpoints'] = `${tenant}/endpoints`;
    await row.getByRole('button', { name: 'Pause' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('nothing is lost').waitFor();
    await dialog.getByLabel('Reason, for whoever finds it like this').fill('CRM is being updated');
    await dialog.getByRole('button', { name: 'Pause' }).click();
    await row.getByText('Paused').waitFor();
  },

  'says that it is paused and why, and enables it with a word about what was held': async (stage) => {
    const { page, seen } = stage;
    await page.getByRole('row').filter({ hasText: 'CRM' }).getByRole('link').click();
    const need = page.getByRole('listitem').filter({ hasText: 'It is paused' });
    await need.getByText('CRM is being updated').waitFor();
    await need.getByRole('button', { name: 'Enable' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('held.').waitFor();
    await dialog.getByRole('button', { name: 'Enable' }).click();
    await page.getByText('Nothing. What is sent gets through.').waitFor();
    seen['endpoint-overview'] = page.url();
    await seeTab(stage, 'History', page.getByText('CRM is being updated').first());
    await seeTab(stage, 'Deliveries', page.getByRole('row').nth(1));
  },

  'explains of a call why it was told': async (stage) => {
    const { page } = stage;
    await page.getByRole('tab', { name: 'Explain' }).click();
    const calls = page.getByLabel('Or one of the last calls');
    await until('calls to choose', async () => (await calls.locator('option').count()) > 1);
    await calls.selectOption({ index: 1 });
    await page.getByText('It was delivered').first().waitFor();
    stage.seen['endpoint-explain'] = page.url();
  },

  'makes an endpoint with what will be sent before the eyes, refused at the field that is wrong': async (
    stage,
  ) => {
    const { page, go, tenant } = stage;
    await go(`${tenant}/endpoints`);
    await page.getByRole('link', { name: 'New endpoint' }).click();
    await page.getByText('"type": "call.ended"').waitFor();
    await page.getByText(/of your last .* would be sent/).waitFor();
    stage.seen['endpoint-new'] = page.url();
    await page.getByRole('button', { name: 'Make the endpoint' }).click();
    await page.getByText(/fields above cannot be taken/).waitFor();
    await page.getByLabel('Name', { exact: false }).first().fill('Reports');
    await page.getByRole('textbox', { name: 'URL' }).fill(stage.home.crm.url());
    await filterMissedOut(page);
    await page.getByText('It would not be sent').waitFor();
    await page.getByLabel('Extensions, with commas').fill('');
    await page.getByText('Own', { exact: true }).click();
    await page.getByLabel('Waits before each try').fill('0, 10s, 1m');
    await page.getByText('3 tries over 1.2 min').waitFor();
    await page.getByRole('button', { name: 'Make the endpoint' }).click();
    await page.getByText(/^whsec_/).waitFor();
  },

  'shows its secret once with code to check it, and the answer of a live test': async ({ page, pages }) => {
    await page.getByRole('tab', { name: 'Go' }).click();
    await page.getByText('func IsGenuine').waitFor();
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByText('It was taken.').waitFor();
    await page.getByText(/^Answered 200/).waitFor();
    await pages.shot(page, 'endpoint-made');
    await page.getByRole('link', { name: 'To the endpoint' }).click();
  },

  'keeps what was changed, and refuses what somebody else changed meanwhile': async (stage) => {
    const { page, ask } = stage;
    await page.getByRole('tab', { name: 'Settings' }).click();
    const name = page.getByLabel('Name', { exact: false }).first();
    await name.fill('Reports of the day');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    const id = /endpoints\/([^/?]+)/.exec(page.url())?.[1] ?? '';
    await name.fill('Mine');
    await ask('PATCH', `/v1/endpoints/${id}`, { name: 'Theirs' });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Reload' }).click();
    await until('what it is now', async () => (await name.inputValue()) === 'Theirs');
    stage.seen['endpoint-settings'] = page.url();
  },

  'gives it credentials and a header, never shown again': async (stage) => {
    const { page } = stage;
    await page.getByRole('tab', { name: 'Access' }).click();
    await page.getByLabel('Credentials').selectOption('basic');
    await page.getByRole('textbox', { name: 'User' }).fill('switchhook');
    await page.getByRole('button', { name: 'Add a header' }).click();
    await page.getByLabel('Name of header 1').fill('X-Api-Key');
    await page.getByLabel('Value of header 1').fill('k-123');
    await page.getByRole('button', { name: 'Replace' }).click();
    await page
      .getByText(/password/i)
      .last()
      .waitFor();
    await page.getByRole('textbox', { name: 'Password' }).fill('secret of the CRM');
    await page.getByRole('button', { name: 'Replace' }).click();
    await page.getByText('x-api-key').waitFor();
    stage.seen['endpoint-access'] = page.url();
  },

  'keeps the requests of a VoipNow endpoint': async (stage) => {
    const { page, ask, go, tenant, home } = stage;
    const { id } = await ask<{ id: string }>('POST', '/v1/endpoints', {
      name: 'Old CRM',
      url: home.crm.url(),
      format: 'voipnow',
      eventTypes: ['call.*'],
    });
    await go(`${tenant}/endpoints/${id}?tab=requests`);
    await page.getByText('No requests yet').waitFor();
    await page.getByRole('button', { name: 'Add a request' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('URL').fill(home.crm.url());
    await dialog.getByLabel('Note').fill('opens the card');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByLabel('Select request 1').check();
    await page.getByRole('button', { name: 'Switch off' }).click();
    await page.getByText('Switched off').waitFor();
    stage.seen['endpoint-requests'] = page.url();
  },
};

async function seeTab(
  { page, seen }: Stage,
  name: string,
  shown: { waitFor: () => Promise<void> },
): Promise<void> {
  await page.getByRole('tab', { name }).click();
  await shown.waitFor();
  seen[`endpoint-${name.toLowerCase()}`] = page.url();
}

async function filterMissedOut(page: Page): Promise<void> {
  await page.getByLabel('Extensions, with commas').fill('999');
}
