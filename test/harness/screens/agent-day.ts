import type { Page } from 'playwright-core';
import { SCRIPTED_PBX, playPbx } from './scripted-pbx.js';
import type { Day, Stage } from './stage.js';

const PASSWORD = 'correct horse battery';
const CALLER = '972541112233';
const E164 = `+${CALLER}`;

/** Two tabs of the same agent, who is Roni at the extension 201. */
let tabs: readonly [Page, Page];
let popupUrl = '';

interface Id {
  id: string;
}

/** Somebody who is an agent, with a phone; whoever follows the link signs in. */
async function makeAgent(
  { ask }: Stage,
  { name, extension, email }: { name: string; extension: string; email: string },
): Promise<string> {
  const agent = await ask<Id>('POST', '/v1/agents', { name });
  const { data } = await ask<{ data: Id[] }>('GET', '/v1/connections');
  const id = data[0]?.id ?? '';
  const connection = await ask<{ ingressUrls: { url: string }[] }>('GET', `/v1/connections/${id}`);
  const paths = connection.ingressUrls.map(({ url }) => new URL(url).pathname);
  popupUrl = paths.find((path) => path.endsWith('/popup')) ?? '';
  await ask('PUT', `/v1/connections/${id}/extensions/${extension}`, { agentId: agent.id });
  const link = await ask<{ url: string }>('POST', '/v1/invitations', {
    email,
    role: 'agent',
    agentId: agent.id,
  });
  return link.url;
}

/** Lets the extension be a phone in the page. */
async function makePhone({ ask }: Stage, extension: string): Promise<void> {
  const { data } = await ask<{ data: Id[] }>('GET', '/v1/connections');
  const at = `/v1/connections/${data[0]?.id ?? ''}`;
  await ask('PUT', `${at}/web-phone`, SCRIPTED_PBX);
  await ask('PUT', `${at}/extensions/${extension}/sip-account`, { user: extension, password: PASSWORD });
}

/** What the PBX tells of a phone of a call. */
async function tells({ app }: Stage, fields: Record<string, unknown>): Promise<void> {
  const response = await fetch(app.url(popupUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ phone: CALLER, ...fields }),
  });
  if (response.status !== 200) throw new Error(`The popup was answered ${String(response.status)}`);
}

const cardIn = (page: Page, text: string | RegExp) => page.getByRole('article').filter({ hasText: text });

export const AGENT_DAY: Day = {
  'takes an agent, once invited, to their own page': async (stage) => {
    const { ask, app, pages } = stage;
    for (const name of ['Jane Roe', 'John Roe']) {
      await ask('POST', '/v1/contacts', { name, company: 'Roe Ltd', phones: [{ number: E164 }] });
    }
    const link = await makeAgent(stage, { name: 'Roni', extension: '201', email: 'roni@example.com' });
    const browser = await pages.guest();
    const first = await pages.tabOf(browser);
    const { pathname, hash } = new URL(link);
    await first.goto(app.url(pathname + hash).replace('127.0.0.1', 'localhost'));
    await first.getByLabel('Your name').fill('Roni Bar');
    await first.locator('input[name=newPassword]').fill(PASSWORD);
    await first.getByRole('button', { name: 'Accept' }).click();
    await first.getByRole('heading', { name: 'My calls' }).waitFor();
    const second = await pages.tabOf(browser);
    await second.goto(first.url());
    tabs = [first, second];
    for (const tab of tabs) await tab.getByText('● Live').waitFor();
  },

  'shows a call while it rings in both tabs, and takes it from both when somebody else has it': async (
    stage,
  ) => {
    await tells(stage, { ivrid: 'day-1', extenUser: '201', status: 'Ringing' });
    for (const tab of tabs) await cardIn(tab, 'Rings').waitFor();
    await tells(stage, { ivrid: 'day-1', extenUser: '299', status: 'Talking', isAnswered: true });
    await tells(stage, { ivrid: 'day-1', extenUser: '201', status: 'Hangup', cause: 'Answered elsewhere' });
    for (const tab of tabs) await cardIn(tab, 'Somebody else has it').waitFor();
    await tabs[1].getByRole('button', { name: 'Put away' }).click();
    for (const tab of tabs) await tab.getByText('No call now').waitFor();
  },

  'asks who it is where several people have the number, and sends what was noted to the CRM': async (
    stage,
  ) => {
    const [tab, other] = tabs;
    await tells(stage, { ivrid: 'day-2', extenUser: '201', status: 'Ringing' });
    await cardIn(tab, '2 people have this number').waitFor();
    await tells(stage, { ivrid: 'day-2', extenUser: '201', status: 'Talking', isAnswered: true });
    await cardIn(tab, 'You are talking').waitFor();
    await tab.getByRole('button', { name: 'Jane Roe' }).click();
    for (const one of tabs) await one.getByRole('heading', { name: 'Jane Roe' }).waitFor();
    await tells(stage, { ivrid: 'day-2', extenUser: '201', status: 'Hangup' });
    await stage.call({ ivruniqueid: 'day-2', caller: CALLER, targetextension: '201' });
    await cardIn(tab, 'Over').waitFor();
    await tab.getByLabel('Outcome').fill('interested');
    await tab.getByLabel('Note').fill('Calls back on Monday.');
    await tab.getByRole('button', { name: 'Save and put away' }).click();
    for (const one of [tab, other]) await one.getByText('No call now').waitFor();
    await other.getByText('Calls back on Monday.').waitFor();
  },

  'counts what was missed until it was seen': async (stage) => {
    const [tab] = tabs;
    await tells(stage, { ivrid: 'day-3', extenUser: '201', status: 'Ringing' });
    await cardIn(tab, 'Rings').waitFor();
    await stage.call({
      ivruniqueid: 'day-3',
      caller: CALLER,
      targetextension: '201',
      status: 'NOANSWER',
      duration: 0,
    });
    await tab.getByRole('tab', { name: 'Missed (1)' }).click();
    await tab.getByRole('button', { name: 'Call back' }).waitFor();
    await tab.getByRole('button', { name: 'All seen' }).click();
    await tab.getByText('You have missed nothing').waitFor();
  },

  'says whether one may be called for, and stays quiet where that was asked': async () => {
    const [tab, other] = tabs;
    await tab.getByLabel('My state').selectOption({ index: 1 });
    await tab.getByRole('switch', { name: 'Quiet' }).check();
    await other.getByRole('switch', { name: 'Quiet' }).and(other.locator(':checked')).waitFor();
    // A page whose complaints nobody keeps: that nothing can be dialled without a PBX's account is one.
    const refused = await tab.context().newPage();
    await refused.goto(tab.url());
    await refused.getByLabel('Number or extension').fill('0501234567');
    await refused.getByRole('button', { name: 'Call', exact: true }).click();
    await refused.getByRole('alert').waitFor();
    await tab.context().close();
  },

  'is left open, for whoever looks at it in all variants, with a call that rings': async (stage) => {
    const { page, pages, seen, go } = stage;
    const link = await makeAgent(stage, { name: 'Dana', extension: '202', email: 'dana@example.com' });
    const { pathname, hash } = new URL(link);
    await go(pathname + hash);
    await page.locator('input[name=password]').fill(PASSWORD);
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByRole('heading', { name: 'Tenants' }).waitFor();
    for (const [ivrid, status] of [
      ['day-4', 'Talking'],
      ['day-5', 'Ringing'],
    ]) {
      await tells(stage, { ivrid, extenUser: '202', status, isAnswered: status === 'Talking' });
    }
    await makePhone(stage, '202');
    await pages.always((tab) => playPbx(tab, { id: 'day-5', from: CALLER }));
    await go('/agent');
    const card = cardIn(page, 'Rings');
    await page.getByText('● Ready').waitFor();
    await card.getByRole('button', { name: 'Answer' }).waitFor();
    Object.assign(seen, {
      agent: '/agent',
      'agent-missed': '/agent?view=missed',
      'agent-leads': '/agent?view=leads',
    });
  },
};
