import type { DemoClient } from './demo-client.js';

/** What callers of the demo hear where a PBX asks: two menus, and whatever is pressed leads on to a phone. */
const MENUS = {
  start: 'welcome',
  language: 'en',
  menus: {
    welcome: { recording: 'welcome', maxDigits: 1, digits: { any: 'department' } },
    department: {
      recording: 'which_department',
      maxDigits: 1,
      digits: {
        any: {
          do: 'dial',
          targets: [{ type: 'extension', target: '101' }],
          remember: { department: '{digits}' },
        },
      },
    },
  },
};

/** Keeps the menus as a flow, and leads every number of a connection to them. */
export async function makeDemoMenu(client: DemoClient, connectionId: string): Promise<void> {
  const { id: flowId } = await client.post<{ id: string }>('/v1/ivr-flows', {
    name: 'Welcome',
    document: MENUS,
  });
  await client.put(`/v1/connections/${connectionId}/ivr-routes/default`, { source: 'flow', flowId });
}
