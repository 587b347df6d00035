import type { TenantId } from '#domain';
import { VENDORS, type CrmSink, type Vendor } from '../simulator/index.js';
import type { DemoClient } from './demo-client.js';
import type { DemoRecords } from './demo-records.js';
import { makeDemoMenu } from './demo-menu.js';

/** One tenant of the demo, ready to be called. */
export interface DemoTenant {
  id: TenantId;
  name: string;
  client: DemoClient;
  /** Where its PBXs send what they have to say: URLs without the route, by vendor. */
  ingress: ReadonlyMap<Vendor, string>;
  /** Name of its CRM in the sink. */
  crm: string;
}

/** Short, so that nobody waits for a demo; long enough in all for somebody who breaks a CRM and looks around meanwhile. */
const DEMO_SCHEDULE_MS = [0, 300, 600, 1_000, 2_000, ...Array<number>(15).fill(5_000), 60_000, 3_600_000];
const DEMO_HOLD_OFF_SECONDS = 1;

interface Stage {
  sink: CrmSink;
  /** The CRM in which the first tenant's calls are logged. */
  records: Pick<DemoRecords, 'open'>;
  /** The product as the demo's PBXs reach it: they run on this machine. */
  url: string;
}

/** Those that send webhooks. An Asterisk dials us: there is a real one with `--asterisk`. */
const SENDERS: readonly Vendor[] = VENDORS.filter((vendor) => vendor !== 'asterisk');

/**
 * Makes the demo's tenants through the REST API: one with a PBX of every vendor, whose CRM is well, and one with the last of
 * these PBXs, whose CRM fails twice before it takes the first call.
 */
export async function setDemoStage(
  operator: DemoClient,
  stage: Stage,
): Promise<{ steady: DemoTenant; stormy: DemoTenant }> {
  stage.sink.setScript('stormy', { answers: [503, 503] });
  const steady = await makeTenant(operator, stage, {
    name: 'Steady Dental',
    crm: 'steady',
    vendors: SENDERS,
  });
  await stage.records.open(steady);
  return {
    steady,
    stormy: await makeTenant(operator, stage, {
      name: 'Stormy Logistics',
      crm: 'stormy',
      vendors: SENDERS.slice(-1),
    }),
  };
}

async function makeTenant(
  operator: DemoClient,
  { sink, url }: Stage,
  { name, crm, vendors }: { name: string; crm: string; vendors: readonly Vendor[] },
): Promise<DemoTenant> {
  const { id } = await operator.post<{ id: TenantId }>('/v1/tenants', { name });
  const client = operator.actingFor(id);
  const ingress = new Map<Vendor, string>();
  for (const dialect of vendors) {
    const connection = await client.post<{ id: string; ingressUrls: { url: string }[] }>('/v1/connections', {
      name: `Simulated ${dialect}`,
      dialect,
      settings: { holdOffSeconds: DEMO_HOLD_OFF_SECONDS },
    });
    const path = new URL(connection.ingressUrls[0]?.url ?? '').pathname.split('/').slice(0, -1).join('/');
    ingress.set(dialect, `${url}${path}`);
    if (dialect === 'voicenter') await makeDemoMenu(client, connection.id);
  }
  const { secret } = await client.post<{ secret: string }>('/v1/endpoints', {
    name: 'Simulated CRM',
    url: sink.url(crm),
    eventTypes: ['*'],
    scheduleMs: DEMO_SCHEDULE_MS,
  });
  sink.setSecret(crm, secret);
  return { id, name, client, crm, ingress };
}
