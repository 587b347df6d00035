import type { CrmSink } from '../simulator/index.js';
import type { DemoClient } from './demo-client.js';

/** One tenant of the demo, ready to be called. */
export interface DemoTenant {
  name: string;
  client: DemoClient;
  /** Where its PBX sends CDRs. */
  ingressUrl: string;
  /** Name of its CRM in the sink. */
  crm: string;
}

/** Short, so that nobody waits for a demo. */
const DEMO_SCHEDULE_MS = [0, 300, 600, 1_000, 2_000, 5_000];

/**
 * Makes the demo's tenants through the REST API: one whose CRM is well, and one whose CRM fails twice before it takes the
 * first call.
 */
export async function setDemoStage(
  operator: DemoClient,
  { sink, publicUrl, url }: { sink: CrmSink; publicUrl: string | undefined; url: string },
): Promise<{ steady: DemoTenant; stormy: DemoTenant }> {
  sink.setScript('stormy', { answers: [503, 503] });
  const steady = await makeTenant(operator, sink, { name: 'Steady Dental', crm: 'steady' });
  const stormy = await makeTenant(operator, sink, { name: 'Stormy Logistics', crm: 'stormy' });
  // The demo's PBX runs on this machine, wherever the product is reached from outside.
  for (const tenant of [steady, stormy]) {
    if (publicUrl !== undefined) tenant.ingressUrl = tenant.ingressUrl.replace(publicUrl, url);
  }
  return { steady, stormy };
}

async function makeTenant(
  operator: DemoClient,
  sink: CrmSink,
  { name, crm }: { name: string; crm: string },
): Promise<DemoTenant> {
  const { id } = await operator.post<{ id: string }>('/v1/tenants', { name });
  const client = operator.actingFor(id);
  const connection = await client.post<{ ingressUrls: { route: string; url: string }[] }>('/v1/connections', {
    name: 'Simulated PBX',
    dialect: 'voicenter',
  });
  const { secret } = await client.post<{ secret: string }>('/v1/endpoints', {
    name: 'Simulated CRM',
    url: sink.url(crm),
    eventTypes: ['*'],
    scheduleMs: DEMO_SCHEDULE_MS,
  });
  sink.setSecret(crm, secret);
  return {
    name,
    client,
    crm,
    ingressUrl: connection.ingressUrls.find(({ route }) => route === 'cdr')?.url ?? '',
  };
}
