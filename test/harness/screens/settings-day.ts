import type { Page } from 'playwright-core';
import { totpCode } from '#platform';
import type { Day, Stage } from './stage.js';

const GUEST = { email: 'noa@example.com', name: 'Noa Ben', password: 'wrong horse battery' };
const TOTP_STEP_MS = 30_000;

/** In another browser: somebody who was invited. */
let guest: Page;

function tab({ tenant }: Stage, name: string): string {
  return `${tenant}/settings?tab=${name}`;
}

/** A link that was shown once, as the browser of whoever has it opens it. */
function opened(link: string, { app }: Stage): string {
  const { pathname, hash } = new URL(link);
  return app.url(pathname + hash).replace('127.0.0.1', 'localhost');
}

export const SETTINGS_DAY: Day = {
  'invites somebody by a link that is shown once': async (stage) => {
    const { page, go, pages } = stage;
    await go(tab(stage, 'users'));
    await page.getByLabel('E-mail address').fill(GUEST.email);
    await page.getByRole('button', { name: 'Make the invitation' }).click();
    const shown = page
      .getByRole('status')
      .filter({ hasText: 'Invitation for' })
      .getByText(/invitation#/);
    const link = (await shown.textContent()) ?? '';
    await page.getByRole('listitem').filter({ hasText: GUEST.email }).waitFor();
    guest = await pages.tabOf(await pages.guest());
    await guest.goto(opened(link, stage));
    await guest.getByLabel('Your name').fill(GUEST.name);
    await guest.locator('input[name=newPassword]').fill(GUEST.password);
    await guest.getByRole('button', { name: 'Accept' }).click();
    await guest.getByRole('heading', { name: 'Calls' }).waitFor();
  },

  'refuses to a supervisor what administrators set up': async (stage) => {
    const { app, tenant } = stage;
    const at = (path: string): string => app.url(path).replace('127.0.0.1', 'localhost');
    if ((await guest.getByRole('link', { name: 'Audit' }).count()) > 0) throw new Error('Audit is offered.');
    await guest.goto(at(tab(stage, 'keys')));
    await guest.getByText('Administrators of the tenant set this up.').waitFor();
    await guest.goto(at(`${tenant}/audit`));
    await guest.getByText('Administrators of the tenant see').waitFor();
  },

  'sets up a second factor by a secret, and shows recovery codes once': async ({ app }) => {
    await guest.goto(app.url('/account').replace('127.0.0.1', 'localhost'));
    await guest.getByLabel('Present password').last().fill(GUEST.password);
    await guest.getByRole('button', { name: 'Set it up' }).click();
    await guest.getByRole('img', { name: 'QR code' }).waitFor();
    const link = await guest.getByRole('link', { name: 'Open an app' }).getAttribute('href');
    const secret = new URL(link ?? '').searchParams.get('secret') ?? '';
    await guest
      .getByLabel('Code that the app shows now')
      .fill(totpCode(secret, Math.floor(Date.now() / TOTP_STEP_MS)));
    await guest.getByRole('button', { name: 'Switch on' }).click();
    await guest.getByText('Each works once in place of a code').waitFor();
    await guest.getByRole('button', { name: 'Switch off' }).waitFor();
    await guest.context().close();
  },

  'makes an API key that works until it is revoked': async (stage) => {
    const { page, go, app } = stage;
    await go(tab(stage, 'keys'));
    await page.getByLabel('Name').fill('Nightly report');
    await page.getByRole('button', { name: 'Make the key' }).click();
    const key = (await page.getByRole('status').getByText(/^sk_/).textContent()) ?? '';
    const statusOf = async (): Promise<number> =>
      (await fetch(app.url('/v1/calls'), { headers: { authorization: `Bearer ${key}` } })).status;
    if ((await statusOf()) !== 200) throw new Error('The key does not work.');
    const row = page.getByRole('listitem').filter({ hasText: 'Nightly report' });
    await row.getByRole('button', { name: 'Revoke' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await row.getByText('Revoked').waitFor();
    if ((await statusOf()) !== 401) throw new Error('The key works still.');
  },

  'counts what is kept of a number before it erases anything': async (stage) => {
    const { page, go } = stage;
    await stage.call({ caller: '0541119999' });
    await go(tab(stage, 'privacy'));
    await page.getByLabel('Phone number').fill('+972541119999');
    await page.getByRole('button', { name: 'Count what there is' }).click();
    await page.getByText('Counted: waits for you').waitFor();
    await page.getByRole('button', { name: 'Erase it' }).waitFor();
  },

  'makes a credential and a portal, and finds all of it in the audit': async (stage) => {
    const { page, go, seen, tenant } = stage;
    await go(tab(stage, 'credentials'));
    await page.getByLabel('Name').fill('Old dialler');
    await page.getByRole('button', { name: 'Make the credential' }).click();
    await page.getByText('The secret of').waitFor();
    await go(tab(stage, 'portals'));
    await page.getByRole('button', { name: 'Make the link' }).click();
    await page.getByText(/portal\?t=/).waitFor();
    await page.getByText('Not used yet').waitFor();
    await go(`${tenant}/audit?subjectType=api_key`);
    await page.getByText('api_key.revoked').waitFor();
    await page.getByText('person Dana Levi').first().waitFor();
    for (const name of [
      'tenant',
      'users',
      'keys',
      'credentials',
      'signOn',
      'portals',
      'privacy',
      'account',
    ]) {
      seen[`settings-${name}`] = tab(stage, name);
    }
    seen['audit'] = `${tenant}/audit`;
  },
};
