import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Day, Stage } from './stage.js';

const FILE = [
  'phone,name,segment',
  '+972523258111,Omer,gold',
  '+972523258111,Again,gold',
  'nobody,Nobody,none',
].join('\n');
let campaign = '';

function at(stage: Stage, rest = ''): string {
  return `${campaign}${rest}`;
}

async function shown(stage: Stage, name: string, tab: string): Promise<void> {
  await stage.go(at(stage, `?tab=${tab}`));
  stage.seen[name] = stage.page.url();
}

/** An admin makes a campaign, fills it, sees why it does not dial, and pauses it. */
export const campaignsDay: Day = {
  'makes a campaign in a form that says what each field does, and is told by the server what is wrong':
    async (stage) => {
      const { page, go, tenant, seen } = stage;
      await go(`${tenant}/campaigns`);
      await page.getByRole('link', { name: 'New campaign' }).click();
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Renewals');
      await page.getByLabel('Connection', { exact: false }).first().selectOption({ label: 'PBX' });
      seen['campaign-new'] = page.url();
      await page.getByText('Most calls to one lead, answered or not.').waitFor();
      await page.getByLabel('Monday').fill('25:00-26:00');
      await page.getByRole('button', { name: 'Make the campaign' }).click();
      await page.getByRole('alert').waitFor();
      for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']) {
        await page.getByLabel(day).fill('00:00-24:00');
      }
      await page.getByRole('button', { name: 'Make the campaign' }).click();
      await page.getByText('It is shown this once').waitFor();
      await page.getByRole('link', { name: 'Open the campaign' }).click();
      await page.getByRole('heading', { name: 'Renewals', level: 1 }).waitFor();
      campaign = new URL(page.url()).pathname;
      seen['campaigns'] = `${tenant}/campaigns`;
    },
  'adds a lead, and finds it by its number': async (stage) => {
    const { page } = stage;
    await stage.go(at(stage, '?tab=leads'));
    await page.getByText('No leads yet.').waitFor();
    await page.getByRole('button', { name: 'Add a lead' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('textbox', { name: 'Number', exact: true }).fill('050-234-5678');
    await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Dana Levi');
    await form.getByRole('button', { name: 'Add', exact: true }).click();
    await form.getByText('It is on the list.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('row').filter({ hasText: '+972502345678' }).getByRole('link').click();
    await page.getByText('May it be called now?').waitFor();
    await page.getByText('Nobody has called yet.').waitFor();
    stage.seen['campaign-lead'] = page.url();
  },
  'imports a file of leads: columns guessed, tried first, then for good, and undone': async (stage) => {
    const { page } = stage;
    const folder = await mkdtemp(join(tmpdir(), 'switchhook-leads-'));
    const path = join(folder, 'leads.csv');
    await writeFile(path, FILE);
    await stage.go(at(stage, '?tab=import'));
    // The field is a button; the browser's own one is hidden beside it.
    await page.locator('input[type=file]').setInputFiles(path);
    await page.getByRole('button', { name: 'Send the file' }).click();
    await page.getByLabel('segment').waitFor();
    await rm(folder, { recursive: true });
    stage.seen['campaign-import'] = page.url();
    await page.getByRole('button', { name: 'Try it: only count' }).click();
    await page.getByText('Would be added').waitFor();
    await page.getByRole('heading', { name: /: Tried$/ }).waitFor();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { name: /: Done$/ }).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('heading', { name: /: Undone$/ }).waitFor();
  },
  'starts it, sees why it does not dial, asks why of one number, and pauses it': async (stage) => {
    const { page } = stage;
    await stage.go(campaign);
    await page.getByText('The campaign does not run').first().waitFor();
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('dialog').getByText('Leads that wait: 1.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click();
    await page.getByText('The PBX has no account to dial with').first().waitFor();
    await page.getByLabel('Why is this number not called?').fill('+972502345678');
    await page.getByRole('button', { name: 'Look up' }).click();
    await page.getByText('It may be called now.').waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('dialog').getByText('No new call is placed.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click();
    await page.getByText('No call goes on any more.').waitFor();
    stage.seen['campaign-board'] = campaign;
  },
  'keeps a number from being called, and sees which gate holds the lead': async (stage) => {
    const { page } = stage;
    await stage.go(at(stage, '?tab=numbers'));
    await page
      .getByLabel('A number a line; a name may follow after a comma')
      .fill('+972502345678, Dana asked');
    await page.getByRole('button', { name: 'Put on the list' }).click();
    await page.getByRole('cell', { name: 'Dana asked' }).waitFor();
    stage.seen['campaign-numbers'] = page.url();
    await page.getByLabel('Why is this number not called?').fill('+972502345678');
    await page.getByRole('button', { name: 'Look up' }).click();
    await page.getByRole('status').filter({ hasText: 'Campaign does not run' }).waitFor();
  },
  'changes its rules, its people and the words that are said about leads': async (stage) => {
    const { page } = stage;
    await shown(stage, 'campaign-rules', 'rules');
    await page.getByRole('checkbox', { name: /\(uk, / }).check();
    await page.getByLabel('Calls to a lead').fill('4');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    await shown(stage, 'campaign-people', 'people');
    await page.getByLabel('Add phones').fill('101, 102');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('cell', { name: '102' }).waitFor();
    await shown(stage, 'campaign-words', 'words');
    await page.getByRole('button', { name: 'Add a word' }).click();
    await page.getByLabel('Word', { exact: true }).fill('call back');
    await page.getByLabel('Then', { exact: true }).selectOption('retry');
    await page.getByLabel('After minutes').fill('90');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.', { exact: true }).waitFor();
    await shown(stage, 'campaign-settings', 'settings');
    await page.getByText('Waits after the first').waitFor();
    await stage.go(at(stage, '?tab=rules'));
    if ((await page.getByLabel('Calls to a lead').inputValue()) !== '4') throw new Error('It was not kept.');
  },
};
