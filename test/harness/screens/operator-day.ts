import type { Day } from './stage.js';

/** Whoever runs the installation: who is in trouble, does it keep up, who may do what? */
export const operatorDay: Day = {
  'sees which tenant is in trouble, finds one by name, and knows for whom they act': async ({
    page,
    go,
    ask,
  }) => {
    // Of the other one the person who looks is a member, by another's day.
    await ask('POST', '/v1/tenants', { name: 'Gamma Movers' });
    await go('/operator');
    await page.getByText(/Nothing is wrong with any of|need somebody/).waitFor();
    await page.getByLabel('Name or id').fill('gam');
    await page.waitForURL(/search=gam/);
    await page.getByRole('link', { name: 'Gamma Movers' }).click();
    await page.getByText('You act for').waitFor();
    await page.getByRole('link', { name: 'Leave' }).click();
    await page.getByRole('heading', { level: 1, name: 'Tenants' }).waitFor();
  },

  'makes a tenant and goes on to its first PBX': async ({ page, seen }) => {
    await page.getByRole('button', { name: 'New tenant' }).click();
    await page.getByLabel('Name of the organisation').fill('Beta Dental');
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.waitForURL(/\/t\/[0-9a-f-]{36}\/connections\/new/);
    await page.getByRole('note').filter({ hasText: 'Beta Dental' }).waitFor();
    seen['overview-empty'] = page.url().replace('connections/new', 'overview');
  },

  'sees processes with their versions, the queue and the partitions': async ({ page, go, seen }) => {
    await go('/operator');
    await page.getByRole('tab', { name: 'Installation' }).click();
    await page.getByRole('cell', { name: 'standalone' }).waitFor();
    await page.getByText('All workers are on time').waitFor();
    await page.getByRole('heading', { name: 'Partitions' }).waitFor();
    seen['operator-installation'] = page.url();
  },

  'invites another operator': async ({ page, seen }) => {
    await page.getByRole('tab', { name: 'Operators' }).click();
    await page.getByLabel('E-mail address of a new operator').fill('noa@example.com');
    await page.getByRole('button', { name: 'Invite' }).click();
    await page.getByText('Link for noa@example.com').waitFor();
    await page.getByRole('cell', { name: 'noa@example.com' }).waitFor();
    seen['operator-people'] = page.url();
  },

  'makes a key for a program, and revokes it': async ({ page, seen }) => {
    await page.getByRole('tab', { name: 'Keys' }).click();
    await page.getByLabel('Name of the key').fill('Billing');
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByText('It is shown this once').waitFor();
    const row = page.getByRole('row').filter({ hasText: 'Billing' });
    await row.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await row.getByText('Revoked').waitFor();
    seen['operator-keys'] = page.url();
  },

  'reads who changed what': async ({ page, seen }) => {
    await page.getByRole('tab', { name: 'Audit' }).click();
    await page.getByText('api_key.revoked').first().waitFor();
    seen['operator-audit'] = page.url();
  },
};
