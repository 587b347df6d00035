import type { PortalArea } from '#domain';
import { ApiClient } from '../harness/api.js';
import { TestBrowser } from '../harness/browser.js';

export interface PortalOrder {
  areas: readonly PortalArea[];
  readOnly?: boolean;
  minutes?: number;
  agentId?: string;
  look?: object;
}

/** The code of a new link. @param client  of a tenant's admin key */
export async function portalCode(client: Pick<ApiClient, 'post'>, order: PortalOrder): Promise<string> {
  const agentId = order.areas.includes('agent') ? (order.agentId ?? (await newAgent(client))) : undefined;
  const { status, body, text } = await client.post('/v1/portal-links', { ...order, agentId });
  if (status !== 201) throw new Error(`Making a portal link was answered ${String(status)}: ${text}`);
  return new URL(String(body['url'])).hash.slice(1);
}

/** Whoever holds the token of a portal that was opened as its page opens it. */
export async function openPortal(
  url: string,
  client: Pick<ApiClient, 'post'>,
  order: PortalOrder,
): Promise<ApiClient> {
  const code = await portalCode(client, order);
  const { status, body, text } = await new TestBrowser(url).post('/v1/portal-session', { code });
  if (status !== 201) throw new Error(`Opening a portal was answered ${String(status)}: ${text}`);
  return new ApiClient(url, String(body['token']));
}

async function newAgent(client: Pick<ApiClient, 'post'>): Promise<string> {
  const { body } = await client.post('/v1/agents', { name: 'Dana Levi' });
  return String(body['id']);
}
