/** A CRM is connected, decided about, looked into and asked: what an administrator does there on the first day. */
import { RecordsServer } from '../../../apps/simulator/index.js';
import { deskTemplate } from '../../builders/desk-template.js';
import { ConsentingCrm } from '../consenting-crm.js';
import type { Day, Stage } from './stage.js';

const USER = { name: 'switchhook', password: 'a user of the CRM' };
const SHARED = '0545559090';
const E164 = '+972545559090';
/** Addresses of screens begin with a page's own. */
const CONNECTION = /\/connectors\/[0-9a-f-]{36}$/;

let crm: RecordsServer;
let url: string;
let connection: string;

const takes = (given: string | undefined): boolean =>
  given === `Basic ${Buffer.from(`${USER.name}:${USER.password}`).toString('base64')}`;

const onTab = async ({ page }: Stage, tab: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Parts of this connection' }).getByText(tab).click();
};

export const connectorsDay: Day = {
  'finds their CRM among all, and reads in its own words that a password is wrong': async (stage) => {
    crm = new RecordsServer({ takes });
    url = `http://127.0.0.1:${String(await crm.listen())}`;
    stage.after(() => crm.close());
    const { page, tenant, seen } = stage;
    await stage.go(`${tenant}/connectors`);
    await page.getByText('No CRM is connected yet').waitFor();
    await page.getByLabel('Find a CRM').fill('espo');
    await page.getByRole('link', { name: 'Connect EspoCRM' }).click();
    await page.getByRole('radio', { name: 'User name and password' }).check();
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('This is needed.').first().waitFor();
    seen['connector-new'] = `${tenant}/connectors/new/salesforce`;
    await page.getByLabel('Address of the CRM').fill(url);
    await page.getByLabel('User name', { exact: true }).fill(USER.name);
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByText('It does not let us in.').waitFor();
    await page.getByText('Unauthorized').waitFor();
  },

  'gives the right one, and sees whose it is': async ({ page, seen }) => {
    await page.getByRole('button', { name: 'Change them' }).click();
    await page.getByRole('radio', { name: 'User name and password' }).check();
    await page.getByLabel('User name', { exact: true }).fill(USER.name);
    await page.getByLabel('Password', { exact: true }).fill(USER.password);
    await page.getByRole('button', { name: 'Use these credentials' }).click();
    await page.getByText('It works: we are there as').waitFor();
    connection = new URL(page.url()).pathname;
    if (!CONNECTION.test(connection)) throw new Error(`This is no page of a connection: ${connection}`);
    Object.assign(seen, { connector: connection, connectors: connection.replace(/\/[^/]+$/, '') });
  },

  'decides that a person chooses where several contacts have a number': async (stage) => {
    const { page, seen } = stage;
    await onTab(stage, 'Policy');
    await page.getByRole('radio', { name: 'A person chooses' }).check();
    await page.getByRole('button', { name: 'Keep' }).click();
    await page.getByText('It holds for calls that end from now on').waitFor();
    await page.reload();
    if (!(await page.getByRole('radio', { name: 'A person chooses' }).isChecked())) {
      throw new Error('What was chosen is not kept.');
    }
    seen['connector-policy'] = page.url();
  },

  'says whose a call is that two contacts could have made': async (stage) => {
    const { page, seen } = stage;
    const noa = crm.records.addContact('Noa Cohen', E164);
    crm.records.addContact('נועם כהן', E164);
    await onTab(stage, 'Waiting for a choice');
    await page.getByText('No call waits').waitFor();
    await stage.call({ caller: SHARED });
    await page.getByText('Whose call is it?').waitFor();
    await page.getByRole('radio', { name: 'Noa Cohen' }).check();
    await page.getByRole('button', { name: 'It is theirs' }).click();
    const asked = page.getByRole('dialog');
    await asked.getByText('From now on the number is that of').waitFor();
    await asked.getByRole('button', { name: 'It is theirs' }).click();
    await asked.waitFor({ state: 'detached' });
    await onTab(stage, 'Records');
    const row = page.getByRole('row').filter({ hasText: 'Noa Cohen' });
    await row.getByRole('button', { name: 'Take the choice back' }).waitFor();
    seen['connector-log'] = page.url();
    if (crm.records.calls()[0] === undefined) throw new Error(`Nothing stands in the CRM for ${noa.id}.`);
  },

  'tries a call: what stands there, why, how it is worded and what was sent': async (stage) => {
    const { page, seen } = stage;
    await onTab(stage, 'Try a call');
    await page.getByRole('link', { name: E164 }).click();
    await page.getByRole('heading', { name: 'As it would be written' }).waitFor();
    await page
      .getByRole('cell', { name: `Incoming call from ${E164}` })
      .first()
      .waitFor();
    await page.getByText('/api/v1/Call').first().waitFor();
    seen['connector-try'] = page.url();
    await onTab(stage, 'What is written');
    await page.getByText('What is known later is changed in the same record').waitFor();
    seen['connector-written'] = page.url();
  },

  'asks the CRM who is calling, while phones ring and now': async (stage) => {
    const { page, tenant, seen } = stage;
    await onTab(stage, 'Who is calling');
    await page.getByRole('button', { name: 'Ask this CRM while phones ring' }).click();
    await page.getByLabel('Number', { exact: true }).fill(E164);
    await page.getByRole('button', { name: 'Ask now' }).click();
    await page.getByText('2 contacts').waitFor();
    seen['connector-source'] = page.url();
    await stage.go(`${tenant}/connectors?tab=sources`);
    await page.getByRole('button', { name: /^Ask .EspoCRM. earlier/ }).click();
    await page.getByRole('listitem').first().getByText('EspoCRM').waitFor();
    seen['connector-sources'] = page.url();
  },

  'connects a CRM of which there is only a template, on its own page, and comes back': async (stage) => {
    const { page, tenant, seen } = stage;
    const desk = await ConsentingCrm.open();
    stage.after(() => desk.stop());
    await stage.go(`${tenant}/connectors/new/generic`);
    await page.getByLabel('or paste it').fill(deskTemplate());
    await page.getByRole('button', { name: 'See what it does' }).click();
    await page.getByText('It can be used as it is.').waitFor();
    await page.getByText('The address of the CRM stands for').waitFor();
    await page.getByRole('button', { name: 'Use it' }).click();
    await page.getByText('Its requests stand below.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Desk');
    await page.getByLabel('Address of the CRM').fill(desk.url(''));
    await page.getByRole('radio', { name: 'OAuth 2, by somebody who agrees' }).check();
    const { auth } = desk.access();
    await page.getByLabel('Client id').fill(String(auth['clientId']));
    await page.getByLabel('Client secret').fill(String(auth['clientSecret']));
    await page.getByLabel('Address of the page').fill(desk.url('/authorise'));
    await page.getByLabel('Address for tokens').fill(desk.url('/token'));
    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByLabel('Who connects').fill('Dana, administrator');
    await page.getByRole('button', { name: 'Get a link' }).click();
    await page.getByRole('link', { name: 'Open the CRM’s page' }).click();
    await page.getByText('The CRM is connected.').waitFor();
    await page.getByText('Good', { exact: true }).waitFor();
    seen['connector-agreed'] = page.url();
    seen['connector-mapping'] = `${page.url().replace(/\?.*/, '')}?tab=written`;
  },
};
