import { setTimeout as delay } from 'node:timers/promises';
import type { Instant, TenantId } from '#domain';
import { ApiServer } from '../simulator/index.js';
import { DEMO_LEADS, HOME_ZONE, LISTED_NUMBER, demoWindows } from './demo-campaign-leads.js';
import { demoCampaignTable, type ShownLead } from './demo-campaign-table.js';
import type { DemoClient } from './demo-client.js';

const SPEED = 100;
const AGENTS = 2;
const LOOK_EVERY_MS = 250;
const WITHIN_MS = 12_000;
const URLS = ['api_url', 'history_url', 'monitor_url', 'login_url'];

export interface DemoCampaignParts {
  operator: DemoClient;
  /** Of the product, as the simulated PBX reaches it. */
  url: string;
  signal: AbortSignal;
  now: () => Instant;
  monotonicMs: () => number;
}

interface LeadAnswer extends Omit<ShownLead, 'name' | 'why'> {
  id: string;
  name: string | null;
  reason: string | null;
}
interface Answer {
  id: string;
}

/** A campaign of a tenant of its own dials by a simulated PBX. @returns the lines of its table; none when it was stopped */
export async function playDemoCampaign(parts: DemoCampaignParts): Promise<string[]> {
  const { id } = await parts.operator.post<{ id: TenantId }>('/v1/tenants', { name: 'Dialling Dental' });
  const client = parts.operator.actingFor(id);
  const connection = await client.post<Answer & { ingressUrls: { url: string }[] }>('/v1/connections', {
    name: 'Simulated PBX that dials',
    dialect: 'voicenter',
    settings: { holdOffSeconds: 1 },
  });
  const path = new URL(connection.ingressUrls[0]?.url ?? '').pathname.split('/').slice(0, -1).join('/');
  const pbx = new ApiServer({
    vendor: 'voicenter',
    now: parts.now,
    speed: SPEED,
    ingressUrl: `${parts.url}${path}`,
  });
  const pbxUrl = await pbx.listen();
  try {
    await giveAccount(client, connection.id, pbx, pbxUrl);
    const phones = await seatAgents(client, connection.id, pbx);
    const campaign = await startCampaign(client, connection.id, { phones, now: parts.now() });
    await settle(client, campaign, parts);
    return parts.signal.aborted ? [] : await table(client, campaign);
  } finally {
    await pbx.close();
  }
}

async function giveAccount(client: DemoClient, id: string, pbx: ApiServer, url: string): Promise<void> {
  const { settings, secrets } = pbx.account;
  const urls = Object.fromEntries(URLS.map((name) => [name, url]));
  await client.put(`/v1/connections/${id}/pbx-account`, { settings: { ...settings, ...urls }, secrets });
}

/** @returns their phones, in the PBX's words */
async function seatAgents(client: DemoClient, connectionId: string, pbx: ApiServer): Promise<string[]> {
  const phones: string[] = [];
  for (const { sip, extension, code } of pbx.desk.office.agents.slice(0, AGENTS)) {
    const agent = await client.post<Answer>('/v1/agents', { name: `Agent ${extension}`, code });
    await client.put(`/v1/connections/${connectionId}/extensions/${encodeURIComponent(sip)}`, {
      aliases: [extension],
      agentId: agent.id,
    });
    await client.put(`/v1/agents/${agent.id}/state`, { connectionId, standing: 'available', extension: sip });
    phones.push(sip);
  }
  return phones;
}

/** @returns its path */
async function startCampaign(
  client: DemoClient,
  connectionId: string,
  { phones, now }: { phones: string[]; now: Instant },
): Promise<string> {
  await client.post('/v1/do-not-call', { numbers: [{ number: LISTED_NUMBER, name: 'Asked not to' }] });
  const { id } = await client.post<Answer>('/v1/campaigns', {
    connectionId,
    name: 'Reminders',
    mode: 'progressive',
    settings: { wrapSeconds: 0, rules: { zone: HOME_ZONE, windows: demoWindows(now) } },
  });
  const path = `/v1/campaigns/${id}`;
  await client.put(`${path}/members`, { extensions: phones });
  await client.post(`${path}/leads/bulk`, { leads: DEMO_LEADS });
  await client.post(`${path}/start`, {});
  return path;
}

/** Until every lead was called or is held back, and no call goes on. */
async function settle(client: DemoClient, path: string, parts: DemoCampaignParts): Promise<void> {
  const until = parts.monotonicMs() + WITHIN_MS;
  while (!parts.signal.aborted && parts.monotonicMs() < until) {
    const leads = await leadsOf(client, path);
    if (leads.every(({ state, lastResult, reason }) => state !== 'dialling' && (lastResult ?? reason)))
      return;
    await delay(LOOK_EVERY_MS, undefined, { signal: parts.signal }).catch(() => undefined);
  }
}

async function table(client: DemoClient, path: string): Promise<string[]> {
  const shown: ShownLead[] = [];
  for (const { id, name, number, state, lastResult, reason } of (await leadsOf(client, path)).reverse()) {
    // Of one that is over, what ended it says more than that it is over.
    const why =
      state === 'waiting' ? (await client.get<{ reason: string }>(`${path}/leads/${id}/why`)).reason : reason;
    shown.push({ name: name ?? '', number, state, lastResult, why });
  }
  return demoCampaignTable(shown, (await client.get<{ why: string }>(`${path}/why`)).why);
}

async function leadsOf(client: DemoClient, path: string): Promise<LeadAnswer[]> {
  return (await client.get<{ data: LeadAnswer[] }>(`${path}/leads`)).data;
}
