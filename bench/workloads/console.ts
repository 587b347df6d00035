import { percentiles, type Percentiles } from '../../apps/simulator/index.js';
import { fillLists } from '../console/fill-lists.js';
import { measureFirstScreen } from '../console/first-screen.js';
import { listQuestions, type Known } from '../console/list-questions.js';
import { Fill, type Party } from '../growth/fill.js';
import { ownerSession } from '../growth/owner-session.js';
import { measureRun } from '../measure/measure-run.js';
import { resultOf } from '../result.js';
import { openStage, type Stage, type Surroundings } from '../stage/stage.js';
import type { Workload } from './workload.js';

const CALLS = 100_000;
const ENDPOINTS = 10;
/** Each question so often. */
const TIMES = 20;
/** Webhooks a second meanwhile: people look at lists while calls come in. */
const RATE = 20;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The lists of the console over much that happened, with each of their filters, and how soon its first screen can be read. */
export const consoleLists: Workload = {
  name: 'CONSOLE',
  about: `every list with every filter over ${String(CALLS)} calls and ${String(CALLS * ENDPOINTS)} deliveries, ${String(RATE)} calls/s meanwhile; the first screen with a processor slowed four times`,
  rate: RATE,
  run: async (surroundings) => {
    const { options, say, signal } = surroundings;
    const alone = { ...options, tenants: 1, warmUpSeconds: 0, rate: RATE };
    const staged: Surroundings = { ...surroundings, options: alone };
    const stage = await openStage(
      { apps: ['ingress', 'enricher', 'forwarder', 'api'], fanOut: ENDPOINTS },
      staged,
    );
    const asker = new Asker(stage);
    const known = await fill(stage, staged, asker);
    const lists: Record<string, Percentiles> = {};
    const look = async (): Promise<void> => {
      for (const [name, path] of Object.entries(listQuestions(known))) {
        signal.throwIfAborted();
        const times: number[] = [];
        for (let time = 0; time < TIMES; time += 1) times.push((await asker.ask(path)).tookMs);
        lists[name] = percentiles(times);
      }
    };
    const { rate, seconds, lanes } = alone;
    const measured = await measureRun(stage, { loop: 'open', rate, seconds, lanes }, staged, look);
    say('the first screen, in a browser');
    const { url: link } = await asker.post<{ url: string }>('/v1/invitations', {
      email: 'bench@example.com',
      role: 'supervisor',
    });
    const screen = await measureFirstScreen(asker.inBrowser(link), asker.tenant).catch((error: unknown) => {
      say(`the browser: ${String(error)}`);
      return null;
    });
    if (screen === null) say('SKIPPED: the first screen was not measured');
    return {
      ...resultOf('CONSOLE', measured, { ...alone, loop: 'open' }),
      lists,
      ...(screen !== null && {
        firstScreen: {
          coldMs: percentiles(screen.coldMs),
          warmMs: percentiles(screen.warmMs),
          callOpenedMs: percentiles(screen.openedMs),
        },
      }),
    };
  },
};

async function fill(
  stage: Stage,
  { options, unwind, signal, say }: Surroundings,
  asker: Asker,
): Promise<Known> {
  const ask = ownerSession(stage.databaseUrl, unwind);
  const latest = performance.now() + options.fillMinutes * MINUTE_MS;
  const { databaseUrl } = stage;
  const parts = {
    ask,
    databaseUrl,
    say,
    assertGoingOn: () => {
      signal.throwIfAborted();
      if (performance.now() > latest)
        throw new Error('The tables were not filled in time: give more --fill-minutes.');
    },
  };
  say(`filling ${String(CALLS)} calls, ${String(CALLS * ENDPOINTS)} deliveries`);
  const rows = await ask(
    `SELECT e.tenant_id AS tenant, c.id AS connection, e.id AS endpoint
     FROM endpoint e JOIN connection c ON c.tenant_id = e.tenant_id WHERE e.tenant_id = $1 ORDER BY e.id`,
    [asker.tenant],
  );
  const [first, ...others] = rows as unknown as Party[];
  if (first === undefined) throw new Error('There is no endpoint.');
  const history = new Fill(parts);
  await history.tenants(1);
  await history.history(CALLS, [first, first].slice(0, 1));
  await fillLists(
    ask,
    asker.tenant,
    others.map(({ endpoint }) => endpoint),
  );
  return asker.known(first);
}

interface Page {
  data: { id: string; startedAt?: string; from?: { e164: string | null } }[];
  nextCursor: string | null;
}

/** Asks the API for the one tenant. */
class Asker {
  readonly tenant: string;
  private readonly url: string;
  private readonly headers: Record<string, string>;

  constructor({ product, tenants }: Stage) {
    const [tenant] = tenants;
    if (!product || !tenant) throw new Error('The floor has no lists.');
    this.tenant = tenant.id;
    this.url = product.url('api');
    this.headers = {
      authorization: `Bearer ${product.adminKey}`,
      'switchhook-tenant': tenant.id,
      'content-type': 'application/json',
    };
  }

  async ask<T>(path: string): Promise<{ answer: T; tookMs: number }> {
    return this.send<T>(path, { headers: this.headers });
  }

  async post<T>(path: string, body: object): Promise<T> {
    return (await this.send<T>(path, { method: 'POST', headers: this.headers, body: JSON.stringify(body) }))
      .answer;
  }

  /** A link of ours at the API that is measured. The cookie of a session is for one host, and a browser takes it without TLS from this one alone. */
  inBrowser(link: string): string {
    const { port } = new URL(this.url);
    const { pathname, search, hash } = new URL(link);
    return `http://localhost:${port}${pathname}${search}${hash}`;
  }

  /** What filters need to be told, from the middle of what there is. */
  async known({ endpoint, connection }: Party): Promise<Known> {
    const middle = new Date(Date.now() - 10 * DAY_MS);
    const nextDay = new Date(middle.getTime() + DAY_MS);
    const to = `&to=${middle.toISOString()}`;
    const { answer: calls } = await this.ask<Page>(`/v1/calls?limit=100${to}`);
    const { answer: deliveries } = await this.ask<Page>(`/v1/deliveries?limit=100${to}`);
    const [call] = calls.data;
    if (call === undefined) throw new Error('There is no call in the middle.');
    const { answer: whole } = await this.ask<{ party?: unknown } & Page['data'][number]>(
      `/v1/calls/${call.id}`,
    );
    return {
      endpointId: endpoint,
      connectionId: connection,
      callId: call.id,
      number: whole.from?.e164 ?? '+441630000001',
      middle: middle.toISOString(),
      nextDay: nextDay.toISOString(),
      deepCallsCursor: calls.nextCursor ?? '',
      deepDeliveriesCursor: deliveries.nextCursor ?? '',
    };
  }

  private async send<T>(path: string, init: RequestInit): Promise<{ answer: T; tookMs: number }> {
    const begun = performance.now();
    const response = await fetch(this.url + path, init);
    const text = await response.text();
    const tookMs = performance.now() - begun;
    if (!response.ok) throw new Error(`${path}: ${String(response.status)} ${text.slice(0, 300)}`);
    return { answer: JSON.parse(text) as T, tookMs };
  }
}
