import type { Stage, Day } from './stage.js';

const MERGED = ['Avi Cohen', 'A. Cohen'];
/** As an office of the country saves it: its own encoding, semicolons, a number that nobody can read. */
const FILE = Buffer.concat([
  Buffer.from('Name;Mobile;Firma;Segment\r\n'),
  // "דנה לוי" in windows-1255.
  Buffer.from([0xe3, 0xf0, 0xe4, 0x20, 0xec, 0xe5, 0xe9]),
  Buffer.from(';054-7222568;Acme;gold\r\nNoa Bar;nothing;Acme;silver\r\nTom Gal;0523258111;;\r\n'),
]);

interface Made {
  id: string;
}

async function press({ page }: Stage, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

/** Presses a button that asks first, and says yes. */
async function pressTwice({ page }: Stage, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name }).click();
  await page.getByRole('dialog').getByRole('button', { name }).click();
}

export const contactsDay: Day = {
  'makes a contact with numbers and fields of one’s own, and finds it by a number as it is typed': async (
    stage,
  ) => {
    const { page, tenant, go, seen } = stage;
    await go(`${tenant}/contacts`);
    await page.getByRole('link', { name: 'New contact' }).click();
    await page.getByLabel('Name', { exact: false }).first().fill('Noga Sela');
    await page.getByLabel('Company').first().fill('Acme');
    await page.getByLabel('Number').first().fill('054 987 6543');
    await page.getByLabel('Country of numbers').fill('IL');
    await press(stage, 'Add a field');
    await page.getByLabel('Field').last().fill('segment');
    await page.getByLabel('Value').last().fill('gold');
    await press(stage, 'Save');
    await page.getByRole('heading', { name: 'Noga Sela' }).waitFor();
    await page.getByText('+972549876543').first().waitFor();
    seen['contact'] = page.url();
    await go(`${tenant}/contacts`);
    await page.getByLabel('Search').fill('0549876');
    await page.getByRole('row').filter({ hasText: 'Noga Sela' }).waitFor();
    seen['contacts'] = `${tenant}/contacts`;
  },

  'says what somebody else changed meanwhile, and saves on top of it': async (stage) => {
    const { page, seen, go, ask } = stage;
    await go(seen['contact'] ?? '');
    await press(stage, 'Edit');
    await page.getByLabel('E-mail').fill('dana@example.com');
    await ask('PATCH', `/v1/contacts/${/[^/]+$/.exec(seen['contact'] ?? '')?.[0] ?? ''}`, {
      url: 'https://crm.example/7',
    });
    await press(stage, 'Save');
    await page.getByText('What they changed: Link').waitFor();
    await press(stage, 'Save mine on top');
    await page.getByRole('link', { name: 'dana@example.com' }).waitFor();
    await page.getByRole('link', { name: 'https://crm.example/7' }).waitFor();
  },

  'merges two that are one person, and takes it back': async (stage) => {
    const { page, tenant, go, ask, seen } = stage;
    for (const name of MERGED) await ask('POST', '/v1/contacts', { name });
    await go(`${tenant}/contacts`);
    for (const name of MERGED) await page.getByLabel(`Choose ${name}`).check();
    await page.getByRole('button', { name: 'Merge 2 contacts' }).click();
    await page
      .getByLabel(MERGED[0] ?? '', { exact: false })
      .last()
      .check();
    await page.getByRole('dialog').getByRole('button', { name: 'Merge 2 contacts' }).click();
    await page
      .getByRole('row')
      .filter({ hasText: MERGED[1] ?? '' })
      .waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Merges' }).click();
    await pressTwice(stage, 'Take back');
    await page.getByText('Taken back').waitFor();
    seen['merges'] = page.url();
  },

  'imports a file after saying what its columns hold and trying it, and undoes it as a whole': async (
    stage,
  ) => {
    const { page, tenant, go, seen } = stage;
    await go(`${tenant}/contacts/import`);
    await page.getByLabel('Country of numbers').fill('IL');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'contacts.csv', mimeType: 'text/csv', buffer: FILE });
    await page.getByText('דנה לוי').waitFor();
    await page.getByLabel('What Segment holds').selectOption({ label: 'A field of your own …' });
    seen['import'] = page.url();
    await press(stage, 'Try it: count, change nothing');
    await page.getByText('This is what an import would do').waitFor();
    await pressTwice(stage, 'Import');
    await page.getByText('Imported', { exact: true }).first().waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'What could not be read, as a file' }).click();
    await download;
    await go(`${tenant}/contacts?q=${encodeURIComponent('דנה')}`);
    await page.getByRole('row').filter({ hasText: '+972547222568' }).waitFor();
    await go(seen['import']);
    await pressTwice(stage, 'Undo the import');
    await page.getByText('Undone', { exact: true }).first().waitFor();
  },

  'leaves a file that waits to be looked at where it can be taken up again': async ({
    page,
    tenant,
    go,
    seen,
  }) => {
    await go(`${tenant}/contacts/import`);
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'again.csv', mimeType: 'text/csv', buffer: FILE });
    await page.getByText('What the columns hold').waitFor();
    seen['import'] = page.url();
  },

  'counts what is kept about a number before it is erased': async ({ page, tenant, go, ask, seen }) => {
    const { id } = await ask<Made>('POST', '/v1/contacts', {
      name: 'Forget Me',
      phones: [{ number: '+972541112233' }],
    });
    await go(`${tenant}/contacts/${id}`);
    await page.getByRole('button', { name: /^Erase/ }).click();
    await page.getByText('Counted, waits for you').waitFor();
    seen['erasure'] = page.url();
  },
};
