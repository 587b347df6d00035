/** B9: a file of a million leads through the API, on PostgreSQL and the processes of the production build. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { DEFAULT_CAMPAIGN_SETTINGS } from '#domain';
import { ownBuild } from '../stage/build.js';
import { ownerPool, type OwnerPool } from '../growth/owner-session.js';
import { usageOf } from '../measure/process-usage.js';
import { startDatabase } from '../stage/database.js';
import { Product } from '../stage/product.js';
import { scratchFolder } from '../stage/scratch-folder.js';
import { makeTenants, type BenchTenant } from '../stage/tenants.js';
import { Unwind } from '../stage/unwind.js';
import { leadFile, type LeadFile } from './lead-file.js';

export interface B9Options {
  /** Rows of the file. */
  leads?: number;
  /** Of them, those with a number that one before has. */
  duplicateShare?: number;
  signal?: AbortSignal;
  say?: (line: string) => void;
}

export interface B9Result {
  /** Rows of the file. */
  leads: number;
  duplicates: number;
  /** From the first byte that was sent until the last lead was on the list. */
  seconds: number;
  leadsPerSecond: number;
  /** Numbers of the file that nobody is on the list with, and leads that are there twice. */
  lost: number;
  uploadSeconds: number;
  megabytes: number;
  /** CPU seconds for 100,000 rows: milliseconds move with whatever else the machine does. */
  apiCpuPer100k: number;
  forwarderCpuPer100k: number;
  postgresCpuPer100k: number;
}

const LOOK_EVERY_MS = 100;
const WITHIN_MS = 900_000;

export async function runB9({
  leads = 1_000_000,
  duplicateShare = 0.1,
  signal = new AbortController().signal,
  say = () => undefined,
}: B9Options = {}): Promise<B9Result> {
  const unwind = new Unwind(say);
  try {
    const file = leadFile(leads, duplicateShare);
    say(`${String(leads)} leads in ${(file.bytes.length / 1e6).toFixed(1)} MB`);
    const ground = await openGround(unwind, { signal, say });
    return await measure(ground, file, say);
  } finally {
    await unwind.run();
  }
}

interface Ground {
  product: Product;
  databasePid: number;
  database: OwnerPool;
  tenant: BenchTenant;
  campaignId: string;
}

async function openGround(
  unwind: Unwind,
  { signal, say }: Required<Pick<B9Options, 'signal' | 'say'>>,
): Promise<Ground> {
  const build = ownBuild();
  const { folder, remove } = await scratchFolder();
  unwind.add('the temporary folder', remove);
  const { url, pid } = await startDatabase(folder, { build, unwind, say });
  const product = await Product.plan({ build, databaseUrl: url, redisUrl: undefined, folder });
  unwind.add('the product', () => product.stopAll());
  await product.start('api', signal);
  await product.start('forwarder', signal);
  const api = { apiUrl: product.url('api'), adminKey: product.adminKey };
  const [tenant] = await makeTenants({ ...api, tenants: 1, fanOut: 0, sinkUrl: () => '' });
  if (tenant === undefined) throw new Error('No tenant was made.');
  const database = ownerPool(url, unwind);
  return { product, databasePid: pid, database, tenant, campaignId: await makeCampaign(database, tenant) };
}

/** Stopped, so that nobody is called. */
async function makeCampaign(database: OwnerPool, { id, connectionId }: BenchTenant): Promise<string> {
  const campaignId = randomUUID();
  await database.query(
    `INSERT INTO campaign (id, tenant_id, connection_id, name, mode, state, code_hash, sealed_code, settings, created_at, updated_at,
                           state_at)
     VALUES ($1, $2, $3, 'B9', 'progressive', 'stopped', $4, '', $5, now(), now(), now())`,
    [campaignId, id, connectionId, randomBytes(32), JSON.stringify(DEFAULT_CAMPAIGN_SETTINGS)],
  );
  return campaignId;
}

async function measure(ground: Ground, file: LeadFile, say: (line: string) => void): Promise<B9Result> {
  const cpuBefore = await cpuOf(ground);
  const startedAt = performance.now();
  const { id } = await ask(ground, 'POST', '?country=IL', file.bytes);
  const uploadMs = performance.now() - startedAt;
  say(`uploaded in ${(uploadMs / 1000).toFixed(1)} s`);
  await ask(ground, 'POST', `/${String(id)}/start`, '{}');
  let shown: Record<string, unknown> = { state: 'running' };
  while (shown['state'] === 'running' && performance.now() - startedAt < WITHIN_MS) {
    await after(LOOK_EVERY_MS);
    shown = await ask(ground, 'GET', `/${String(id)}`);
  }
  const ms = performance.now() - startedAt;
  const spent = await spentSince(ground, cpuBefore, file.rows);
  say(JSON.stringify(shown));
  if (shown['state'] !== 'done') throw new Error(`The import is ${String(shown['state'])}.`);
  return {
    leads: file.rows,
    duplicates: file.duplicates,
    seconds: Math.round(ms) / 1000,
    leadsPerSecond: Math.round((file.rows * 1000) / ms),
    lost: await lostOf(ground, file),
    uploadSeconds: Math.round(uploadMs) / 1000,
    megabytes: Math.round(file.bytes.length / 1e5) / 10,
    ...spent,
  };
}

type Cpu = Pick<B9Result, 'apiCpuPer100k' | 'forwarderCpuPer100k' | 'postgresCpuPer100k'>;

/** Seconds so far; a server's sessions are processes of their own. */
async function cpuOf({
  product,
  databasePid,
}: Ground): Promise<[api: number, forwarder: number, postgres: number]> {
  const [api, forwarder, postgres] = await Promise.all([
    usageOf(product.child('api').pid),
    usageOf(product.child('forwarder').pid),
    usageOf(databasePid, { family: true }),
  ]);
  return [api.cpuSeconds, forwarder.cpuSeconds, postgres.cpuSeconds];
}

async function spentSince(ground: Ground, before: readonly number[], rows: number): Promise<Cpu> {
  const now = await cpuOf(ground);
  const [apiCpuPer100k, forwarderCpuPer100k, postgresCpuPer100k] = now.map(
    (seconds, at) => Math.round(((seconds - (before[at] ?? 0)) * 1e7) / rows) / 100,
  ) as [number, number, number];
  return { apiCpuPer100k, forwarderCpuPer100k, postgresCpuPer100k };
}

async function lostOf({ database, campaignId }: Ground, { rows, duplicates }: LeadFile): Promise<number> {
  const { rows: found } = await database.query<{ all: number; different: number }>(
    'SELECT count(*)::int AS all, count(DISTINCT key)::int AS different FROM campaign_lead WHERE campaign_id = $1',
    [campaignId],
  );
  const { all = 0, different = 0 } = found[0] ?? {};
  return Math.abs(rows - duplicates - different) + (all - different);
}

async function ask(
  { product, tenant, campaignId }: Ground,
  method: 'GET' | 'POST',
  path: string,
  body?: string | Buffer,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${product.url('api')}/v1/campaigns/${campaignId}/imports${path}`, {
    method,
    headers: {
      authorization: `Bearer ${product.adminKey}`,
      'switchhook-tenant': tenant.id,
      ...(body !== undefined && {
        'content-type': typeof body === 'string' ? 'application/json' : 'text/csv',
      }),
    },
    ...(body !== undefined && { body: body as NonNullable<RequestInit['body']> }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} was answered ${String(response.status)}: ${text}`);
  return JSON.parse(text) as Record<string, unknown>;
}
