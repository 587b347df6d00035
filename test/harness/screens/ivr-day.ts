import type { Day, Stage } from './stage.js';

const FLOW = {
  start: { when: 'office', open: 'main', closed: { do: 'hangup', recording: 'closed' } },
  hours: { office: { weekly: { mon: [['09:00', '17:00']] } } },
  menus: {
    main: {
      prompts: [{ say: 'recording', recording: 'welcome' }],
      digits: {
        '1': {
          do: 'dial',
          targets: [{ type: 'extension', target: 'SALES' }],
          ifFailed: { do: 'record', recording: 'leave-a-message' },
        },
        '2': 'opening',
      },
      invalid: { retries: 1, then: { do: 'hangup' } },
    },
    opening: { prompts: [{ say: 'recording', recording: 'hours' }], digits: { any: 'main' } },
  },
};

interface Kept {
  id: string;
  version: number;
  document: typeof FLOW;
  layout: { nodes?: Record<string, unknown> } | null;
}

async function press({ page }: Stage, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().click();
}

/** The flow that the address shows, as it is kept. */
async function kept({ page, ask }: Stage): Promise<Kept> {
  return ask<Kept>('GET', `/v1/ivr-flows/${/ivr\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''}`);
}

export const ivrDay: Day = {
  'makes a flow, adds a key from the outline, and undoes and redoes it': async (stage) => {
    const { page, tenant, go } = stage;
    await go(`${tenant}/ivr`);
    await page.getByText('No flows yet').waitFor();
    await press(stage, 'New flow');
    await page.getByLabel('Name').fill('Reception');
    await press(stage, 'Make it');
    await page.getByText('Outline', { exact: true }).click();
    await press(stage, 'Menu main');
    await press(stage, 'New key');
    await page.getByRole('button', { name: /^2 → Hang up/ }).waitFor();
    await press(stage, 'Undo');
    await page.getByRole('button', { name: /^2 → Hang up/ }).waitFor({ state: 'detached' });
    await press(stage, 'Redo');
    await page.getByRole('button', { name: /^2 → Hang up/ }).click();
  },

  'says what is wrong while one types, at the step that it is wrong in, and saves when it is mended': async (
    stage,
  ) => {
    const { page } = stage;
    await page.getByLabel('What happens', { exact: true }).selectOption({ label: 'Ring somebody' });
    await page.getByText('1 to mend before it can be saved').first().waitFor();
    await page.getByText('menus.main.digits.2.targets.0.target').waitFor();
    await page.getByLabel('Number or extension').fill('200');
    await page.getByText('Nothing is wrong with it.').waitFor();
    await press(stage, 'Save');
    await page.getByText('Saved.', { exact: true }).waitFor();
    const { version } = await kept(stage);
    if (version !== 2) throw new Error(`version ${version}`);
  },

  'draws the flow, keeps where a step was moved to without a new version, and tidies up': async (stage) => {
    const { page, seen, tenant, ask } = stage;
    const { id } = await ask<Kept>('POST', '/v1/ivr-flows', { name: 'Office', document: FLOW });
    await stage.go(`${tenant}/ivr/${id}`);
    seen['flow'] = `${tenant}/ivr/${id}?view=diagram&item=menus.main`;
    const step = page.locator('.react-flow__node').filter({ hasText: 'By the hours' });
    await step.waitFor();
    await page.locator('.react-flow__edge').nth(5).waitFor({ state: 'attached' });
    const from = await step.boundingBox();
    if (from === null) throw new Error('The step is nowhere.');
    const arranged = (): Promise<unknown> => page.waitForResponse(/\/layout$/);
    const moved = arranged();
    await page.mouse.move(from.x + 40, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + 60, { steps: 4 });
    await page.mouse.up();
    await moved;
    const after = await kept(stage);
    if (after.version !== 1 || after.layout?.nodes?.['start'] === undefined)
      throw new Error(JSON.stringify(after.layout));
    const tidied = arranged();
    await press(stage, 'Tidy');
    await tidied;
    seen['flow-outline'] = `${tenant}/ivr/${id}?view=outline&item=hours.office`;
    seen['flow-json'] = `${tenant}/ivr/${id}?view=json`;
    seen['flows'] = `${tenant}/ivr`;
  },

  'is called by a phone in the page at a time of its own, and lights the way': async (stage) => {
    const { page, seen, go } = stage;
    await go(`${seen['flow'] ?? ''}&try=true`);
    await page.getByLabel('When').fill('2026-11-29T22:00');
    await page.getByText('Plays: closed').waitFor();
    await page.getByLabel('When').fill('2026-11-30T10:00');
    await page.getByText('Menu main: Plays: welcome').waitFor();
    await page.getByRole('group', { name: 'Keypad' }).getByRole('button', { name: '1' }).click();
    await page.getByText('Rings: SALES').waitFor();
    await page.locator('.flow-node[data-last=true]').filter({ hasText: 'SALES' }).waitFor();
    seen['flow-phone'] = page.url();
  },

  'shows what somebody else saved meanwhile, and puts both together': async (stage) => {
    const { page, seen, go, ask } = stage;
    await go(seen['flow'] ?? '');
    const { id, version, document } = await kept(stage);
    await page.getByLabel('How often it is played again').fill('3');
    const theirs = structuredClone(document);
    theirs.menus.main.digits['1'].targets[0] = { type: 'extension', target: 'SUPPORT' };
    await ask('PATCH', `/v1/ivr-flows/${id}`, { version, document: theirs });
    await press(stage, 'Save');
    await page.getByText('menus.main.digits.1.targets').waitFor();
    await press(stage, 'Put both together');
    await press(stage, 'Save');
    await page.getByText('Saved.', { exact: true }).waitFor();
    const { menus } = (await kept(stage)).document;
    const both = [menus.main.invalid.retries, menus.main.digits['1'].targets[0]?.target];
    if (both.join() !== '3,SUPPORT') throw new Error(both.join());
  },

  'leads a number of a connection to the flow': async (stage) => {
    const { page, seen } = stage;
    // The one with the phone beside it is the same, and more.
    delete seen['flow'];
    await page.getByText('No number leads to this flow yet.').waitFor();
    await page.getByLabel('Number called').last().fill('0722776772');
    await press(stage, 'Lead this number here');
    await page.getByRole('dialog').getByRole('button', { name: 'Lead this number here' }).click();
    await page.getByRole('listitem').filter({ hasText: '0722776772' }).waitFor();
  },
};
