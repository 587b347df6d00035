import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { cdr } from '../../builders/cdr.js';
import { jsonMessage } from '../pbx.js';
import type { Day, Stage } from './stage.js';

/** Two hours ahead of UTC, all year. */
const ZONE = 'Africa/Maputo';

/** The vendor's own message, signed with the secret 12345. */
const PLACETEL = readFileSync(
  new URL(
    '../../../libs/dialects/src/generic/mappings/placetel/fixtures/3-incoming-hung-up.http',
    import.meta.url,
  ),
  'utf8',
);

/** The connection that the day makes. */
let made = { id: '', url: '' };

const at = ({ tenant }: Stage, tab?: string) =>
  `${tenant}/connections/${made.id}${tab === undefined ? '' : `?tab=${tab}`}`;
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const tick = (page: Page, name: string) =>
  page.getByRole('listitem').filter({ hasText: name }).getByRole('img');

/** A CDR of a call that has just ended, by a clock that shows UTC. */
function justEnded(): Record<string, unknown> {
  return cdr({ time: Math.floor(Date.now() / 1000) - 62, dialtime: 0 });
}

async function tell({ app }: Stage, body: object): Promise<void> {
  const { pathname } = new URL(made.url);
  const message = jsonMessage(body);
  await fetch(app.url(pathname), {
    method: 'POST',
    headers: { 'content-type': message.contentType },
    body: message.body,
  });
}

/** Connecting a PBX, from which one it is to its first call, and what there is to set of it. */
export const CONNECTIONS_DAY: Day = {
  'makes a connection and shows the URLs to paste': async (stage) => {
    const { page, go, tenant, seen, ask } = stage;
    const fields = { name: 'Warehouse', dialect: 'globalex' };
    const { id } = await ask<{ id: string }>('POST', '/v1/connections', fields);
    seen['connection-waiting'] = `${tenant}/connections/new?connection=${id}`;
    seen['connections'] = `${tenant}/connections`;
    await go(`${tenant}/connections`);
    await page.getByRole('row').filter({ hasText: 'PBX' }).getByText('All is well').waitFor();
    await page.getByRole('button', { name: 'Add a connection' }).click();
    await page.getByRole('radio', { name: 'Voicenter' }).check();
    await page.getByLabel('Name').fill('Branch in Haifa');
    await page.getByLabel('Time zone of the PBX').selectOption(ZONE);
    seen['connection-new'] = `${tenant}/connections/new`;
    await page.getByRole('button', { name: 'Make the connection' }).click();
    const url = page.getByRole('region', { name: 'Every call, once it is over' });
    await url.waitFor();
    made = {
      id: new URL(page.url()).searchParams.get('connection') ?? '',
      url: (await url.textContent()) ?? '',
    };
  },

  'can be left and taken up again, and offers a command to try': async ({ page, go, tenant }) => {
    await page.getByRole('img', { name: 'Waiting' }).first().waitFor();
    await go(`${tenant}/connections`);
    await page.getByText('Waits for its PBX').first().waitFor();
    await page.getByRole('link', { name: 'Branch in Haifa' }).click();
    await page.getByRole('button', { name: 'Nothing comes?' }).click();
    await page.getByRole('region', { name: 'Command to try' }).getByText('curl -i -X POST').waitFor();
  },

  'says of a webhook that nobody can read why': async (stage) => {
    await tell(stage, { hello: 'world' });
    await stage.page.getByText('Nobody could read it:').waitFor();
    await tick(stage.page, 'It can be read').and(stage.page.getByLabel('Wrong')).waitFor();
  },

  'ticks what the first call gets to while one looks, and says that the clock is wrong': async (stage) => {
    const { page } = stage;
    await tell(stage, justEnded());
    await tick(page, 'It can be read').and(page.getByLabel('Done')).waitFor();
    await tick(page, 'It is understood as a call').and(page.getByLabel('Done')).waitFor();
    await tick(page, 'The clock is right').and(page.getByLabel('Wrong')).waitFor();
    await page.getByText(/The call ended 2 hrs? before/).waitFor();
  },

  'puts the clock right on the spot, and is done': async (stage) => {
    const { page, seen } = stage;
    await page.getByLabel('What its times mean').selectOption('utc');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Seen when the end of a call comes').waitFor();
    await tell(stage, justEnded());
    await tick(page, 'The clock is right').and(page.getByLabel('Done')).waitFor();
    seen['connection-ready'] = page.url();
    await page.getByRole('button', { name: 'Open the connection' }).click();
    await page.getByText('1 webhook of the last 24 hours could not be read').waitFor();
    seen['connection-health'] = page.url();
  },

  'opens what could not be read, and works on it again, with the count': async ({ page, seen }) => {
    await page.getByRole('link', { name: 'See them' }).click();
    await page.getByRole('row').filter({ hasText: 'ivruniqueid' }).getByRole('link').click();
    await page.getByRole('region', { name: 'Body' }).getByText('"hello": "world"').waitFor();
    seen['connection-receipt'] = page.url();
    await page.getByRole('link', { name: 'All webhooks' }).click();
    await page.getByRole('button', { name: 'Replay 1 webhook' }).click();
    await page.getByText('1 webhook is worked on again').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Replay 1 webhook' }).click();
    await page.getByText('1 is worked on again.').waitFor();
    seen['connection-receipts'] = page.url();
    // The list changes while it is worked on.
    await page.goto(seen['connection-receipt']);
    await page.getByRole('button', { name: 'Work on it again' }).click();
  },

  'names the people, the phones and the numbers': async (stage) => {
    const { page, go, seen } = stage;
    await go(at(stage, 'people'));
    await page.getByRole('button', { name: 'Add an agent' }).click();
    await field(page, 'Name').fill('Dana Levi');
    await page.getByLabel('Code at the PBX').fill('7421');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('cell', { name: '7421' }).waitFor();
    await page.getByRole('button', { name: 'Add an extension' }).click();
    await field(page, 'Number').fill('SIPSIP');
    await page.getByLabel('Agent', { exact: true }).selectOption('Dana Levi');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('row', { name: /SIPSIP Dana Levi/ }).waitFor();
    await page.getByRole('button', { name: 'Name a queue' }).click();
    await field(page, 'Id').fill('17');
    await field(page, 'What people call it').fill('Support');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('cell', { name: 'Support' }).waitFor();
    seen['connection-people'] = at(stage, 'people');
    await page.getByRole('link', { name: 'Numbers' }).click();
    await page.getByRole('button', { name: 'Name a number' }).click();
    await field(page, 'Number').fill('072-277-6772');
    await field(page, 'What people call it').fill('Sales');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: /^Remove/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No number has a name yet.').waitFor();
  },

  'commands the PBX: the form is what its driver asks for, and a test says in words what is wrong': async (
    stage,
  ) => {
    const { page, go, seen } = stage;
    await go(at(stage, 'pbx'));
    await field(page, 'code').fill('not-a-code-of-anybody');
    await page.getByText('Further settings').click();
    await field(page, 'monitor_url').fill('http://127.0.0.1:9');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.getByText('It does not work').waitFor();
    expect(await field(page, 'code').inputValue()).toBe('');
    expect(await page.content()).not.toContain('not-a-code-of-anybody');
    seen['connection-pbx'] = at(stage, 'pbx');
  },

  'says where the phones of agents register, and gives an extension its SIP account': async (stage) => {
    const { page, go, seen } = stage;
    await go(at(stage, 'phones'));
    await field(page, 'WebSocket').fill('wss://pbx.example:7443/ws');
    await field(page, 'SIP domain').fill('pbx.example');
    await field(page, 'STUN and TURN servers').fill('turn:turn.example:3478');
    await field(page, 'Secret of the TURN servers').fill('horse battery staple');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Set. Leave it empty to keep it.').waitFor();
    await page.getByLabel('Extension', { exact: true }).selectOption('SIPSIP');
    await page.getByText('It has no SIP account.').waitFor();
    await field(page, 'SIP password').fill('correct horse');
    await page.getByRole('button', { name: 'Save' }).last().click();
    await page.getByText(/It registers as .*SIPSIP/).waitFor();
    expect(await page.content()).not.toContain('correct horse');
    seen['connection-phones'] = at(stage, 'phones');
  },

  'sets how recordings are fetched, who answers a number, and the connection itself': async (stage) => {
    const { page, go, seen } = stage;
    await go(at(stage, 'recordings'));
    await page.getByLabel('What the PBX’s server wants').selectOption('basic');
    await field(page, 'User').fill('recordings');
    await field(page, 'Password').fill('horse battery staple');
    await page.getByLabel('Servers that are shown the credentials').fill('pbx.example.com');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    seen['connection-recordings'] = at(stage, 'recordings');
    await page.getByRole('link', { name: 'Call menus' }).last().click();
    await page.getByRole('button', { name: 'Add a route' }).click();
    await field(page, 'URL').fill('https://ivr.example.com/answer');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Secret that signs its questions').waitFor();
    await page.getByRole('cell', { name: 'Every other number' }).waitFor();
    seen['connection-ivr'] = at(stage, 'ivr');
    await page.getByRole('link', { name: 'Settings' }).last().click();
    await page.getByLabel(/waits for a further leg/).fill('5');
    await page.getByLabel('errSpelling').selectOption('string');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    seen['connection-settings'] = at(stage, 'settings');
  },

  'gives the connection new URLs, and says how long the old ones work': async (stage) => {
    const { page, go, seen } = stage;
    await go(at(stage, 'setup'));
    const url = page.getByRole('region', { name: 'Every call, once it is over' });
    await url.getByText(made.url).waitFor();
    await page.getByRole('button', { name: 'New URLs' }).click();
    await page.getByText('They work on: 1 day.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'New URLs' }).click();
    await page.getByText('Old URLs that still work').waitFor();
    await url.getByText(made.url).waitFor({ state: 'detached' });
    seen['connection-setup'] = at(stage, 'setup');
  },

  'connects another PBX by a mapping that comes with Switchhook, and keeps the secret of its signature':
    async (stage) => {
      const { page, go, tenant, seen } = stage;
      await go(`${tenant}/connections/new`);
      await page.getByRole('radio', { name: 'Any other PBX' }).check();
      await page.getByLabel('How it tells of calls').selectOption('Placetel');
      await page.getByText('Checked on 2026-11-30 against').waitFor();
      seen['connection-new-other'] = `${tenant}/connections/new`;
      await page.getByLabel('Name').fill('Berlin');
      await page.getByRole('button', { name: 'Make the connection' }).click();
      await page.getByText('Tick the notification for each phone number.').waitFor();
      await page.getByLabel('Secret: ').fill('12345');
      await page.getByRole('button', { name: 'Save the secrets' }).click();
      await page.getByPlaceholder('Is set. Leave it empty to keep it.').waitFor();
      expect(await page.content()).not.toContain('12345');
      seen['connection-mapped'] = page.url();
      await page.getByRole('link', { name: 'See the mapping' }).click();
      await page.getByRole('region', { name: 'The mapping' }).getByText('x-placetel-signature').waitFor();
    },

  'tries a message of the PBX, and sees the call, the fields and whose it is': async (stage) => {
    const { page, seen } = stage;
    const message = page.getByRole('textbox', { name: 'Message' });
    await message.fill(PLACETEL);
    await page.getByText('Signature: Right').waitFor();
    await page.getByRole('cell', { name: 'call_id' }).waitFor();
    await page.getByRole('heading', { name: 'The call it makes' }).waitFor();
    await message.fill(PLACETEL.replace('HungUp', 'CallAccepted'));
    await page.getByText('Wrong: the message would be refused').waitFor();
    seen['connection-mapping'] = page.url();
  },

  'writes a mapping of its own, is led to a fault, and keeps it when it is mended': async (stage) => {
    const { page, seen } = stage;
    await page.getByRole('button', { name: 'Write my own from this' }).click();
    const editor = page.getByRole('textbox', { name: 'The mapping' });
    const sound = await editor.inputValue();
    await editor.fill(sound.replace('"call": "call_id"', '"call": 7'));
    await page.getByText('fault to mend').waitFor();
    expect(await page.getByRole('button', { name: 'Save', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: /^Line \d+$/ }).click();
    await page.keyboard.press('Delete');
    await page.keyboard.type('8');
    expect(await editor.inputValue()).toContain('"call": 8');
    await editor.fill(sound.replace('"title": "Placetel"', '"title": "Our own Placetel"'));
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Our own Placetel').first().waitFor();
    await page.getByText('Saved.', { exact: true }).waitFor();
    await page.getByPlaceholder('Is set. Leave it empty to keep it.').waitFor();
    seen['connection-mapping-own'] = page.url();
  },

  'lets an Asterisk dial us: its lines to copy, and how the socket does': async (stage) => {
    const { page, go, tenant, seen } = stage;
    await go(`${tenant}/connections/new`);
    await page.getByRole('radio', { name: 'Asterisk' }).check();
    await page.getByLabel('Name').fill('Cellar');
    await page.getByRole('button', { name: 'Make the connection' }).click();
    await page.getByRole('heading', { name: 'Waiting for the PBX to dial us' }).waitFor();
    const lines = page.getByRole('region', { name: '/etc/asterisk/websocket_client.conf', exact: true });
    await lines.getByText(/uri = wss?:/).waitFor();
    await page.getByText('The PBX has dialled us').waitFor();
    seen['connection-asterisk'] = page.url();
    const id = new URL(page.url()).searchParams.get('connection') ?? '';
    await go(`${tenant}/connections/${id}`);
    await page.getByText('The PBX has not dialled yet').waitFor();
    seen['connection-socket'] = `${tenant}/connections/${id}`;
  },
};
