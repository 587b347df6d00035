import { jsonMessage, Pbx } from '../pbx.js';
import type { Day, Stage } from './stage.js';

interface Connection {
  id: string;
  ingressUrls: { route: string; url: string }[];
}

async function connection({ ask }: Stage): Promise<Connection> {
  const { data } = await ask<{ data: { id: string; dialect: string }[] }>('GET', '/v1/connections');
  const ours = data.find(({ dialect }) => dialect === 'voicenter');
  return ask('GET', `/v1/connections/${ours?.id ?? ''}`);
}

async function agent({ ask }: Stage, name: string, extension: string): Promise<string> {
  const { id } = await connection({ ask } as Stage);
  const made = await ask<{ id: string }>('POST', '/v1/agents', { name });
  await ask('PUT', `/v1/connections/${id}/extensions/${extension}`, { agentId: made.id });
  return made.id;
}

async function rings(stage: Stage, status: 'Ringing' | 'Talking' | 'Hangup'): Promise<void> {
  const { ingressUrls } = await connection(stage);
  const url = ingressUrls.find(({ route }) => route === 'popup')?.url ?? '';
  const pbx = new Pbx(() => stage.app.url(new URL(url).pathname));
  const call = { phone: '972547222568', ivrid: 'wall-1', extenUser: '701', did: '0776707528' };
  const isAnswered = status !== 'Ringing';
  await pbx.send('wall-1', jsonMessage({ ...call, status, isAnswered, direction: 'Incoming' }));
  await pbx.close();
}

/** A supervisor keeps an eye on who waits and who talks. */
export const wallboardDay: Day = {
  'sees who is there, who has a break and what came of today’s calls, without asking anew': async (stage) => {
    const { page, go, tenant, ask, call } = stage;
    const { id } = await connection(stage);
    const dana = await agent(stage, 'Dana at the desk', '701');
    const omer = await agent(stage, 'Omer at the desk', '702');
    await ask('PUT', `/v1/connections/${id}/queues/12`, { label: 'Support' });
    await call({
      queueid: 12,
      queuename: 'Support',
      targetextension: '701',
      time: secondsNow(),
      duration: 60,
    });
    await ask('PUT', `/v1/agents/${omer}/state`, { connectionId: id, standing: 'paused', status: 5 });
    await ask('PUT', `/v1/agents/${dana}/state`, { connectionId: id, standing: 'available', status: 1 });
    await go(`${tenant}/live`);
    await page.getByRole('row', { name: /Omer at the desk.*On a break/ }).waitFor();
    await page.getByRole('row', { name: /Dana at the desk.*Free/ }).waitFor();
    await page
      .getByRole('row', { name: /Support/ })
      .first()
      .waitFor();
    // What is seen last has to have the shell around it: somebody signs out there.
    stage.seen['wallboard-tv'] = `${tenant}/live?tv=1`;
    stage.seen['wallboard'] = `${tenant}/live`;
  },
  'sees a phone ring, with whom, and the ringing one before all others': async (stage) => {
    const { page } = stage;
    await rings(stage, 'Ringing');
    await page.getByRole('row', { name: /Dana at the desk.*Ringing.*972547222568/ }).waitFor();
    await page.locator('tbody tr').filter({ hasText: 'at the desk' }).first().getByText('Ringing').waitFor();
    await rings(stage, 'Talking');
    await page.getByRole('row', { name: /Dana at the desk.*In a call/ }).waitFor();
  },
  'has it on the wall with nothing around it': async (stage) => {
    const { page } = stage;
    await page.getByRole('link', { name: 'For a screen on the wall' }).click();
    await page.getByRole('navigation').waitFor({ state: 'detached' });
    await page.getByRole('row', { name: /Dana at the desk.*In a call/ }).waitFor();
  },
};

function secondsNow(): number {
  return Math.floor(Date.now() / 1_000) - 120;
}
