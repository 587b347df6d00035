import type { AgentId, ConnectionId, TenantId } from '#domain';
import type { Page, PageAsk, Repositories } from '#db';
import { stableNumber } from '../vendor-api/stable-number.js';

export interface DirectoryPhone {
  number: number;
  /** The PBX's word. */
  extension: string;
  aliases: readonly string[];
  label: string | null;
  agentId: AgentId | null;
}

/** A connection's phones, people and queues, with the integers that clients know them by. */
export interface VendorDirectory {
  connectionId: ConnectionId;
  dialect: string;
  timeZone: string;
  account: number;
  organisation: number;
  phones: readonly DirectoryPhone[];
  agents: ReadonlyMap<AgentId, { number: number; name: string }>;
  /** Labels by the vendor's id. */
  queues: ReadonlyMap<string, string>;
}

type Parts = Pick<Repositories, 'connections' | 'extensions' | 'agents' | 'labels' | 'vendorNumbers'>;

const PAGE = 500;

/** @returns undefined where there is no such connection any more */
export async function readDirectory(
  { connections, extensions, agents, labels, vendorNumbers }: Parts,
  tenant: TenantId,
  connectionId: ConnectionId,
): Promise<VendorDirectory | undefined> {
  const connection = await connections.get(tenant, connectionId);
  if (connection === undefined) return undefined;
  const phones = await all((ask) => extensions.list(tenant, connectionId, ask));
  const people = await all((ask) => agents.list(tenant, ask));
  const queues = await all((ask) => labels.list(tenant, { connectionId, kind: 'queue' }, ask));
  // The same as the request API tells, so that a client finds an extension of the one in the other.
  const numbersOf = (kind: 'extension' | 'agent', subjects: string[]) =>
    vendorNumbers.of(tenant, connectionId, kind, subjects);
  const phoneNumbers = await numbersOf(
    'extension',
    phones.map(({ number }) => number),
  );
  const agentNumbers = await numbersOf(
    'agent',
    people.map(({ id }) => id),
  );
  return {
    connectionId,
    dialect: connection.dialect,
    timeZone: connection.timeZone,
    account: stableNumber('connection', connectionId),
    organisation: stableNumber('tenant', tenant),
    phones: phones.map(({ number, aliases, label, agentId }) => ({
      number: phoneNumbers.get(number) ?? 0,
      extension: number,
      aliases,
      label,
      agentId,
    })),
    agents: new Map(people.map(({ id, name }) => [id, { number: agentNumbers.get(id) ?? 0, name }])),
    queues: new Map(queues.map(({ key, label }) => [key, label])),
  };
}

/** All pages, the oldest first: they come with the newest first. */
async function all<T>(list: (ask: PageAsk) => Promise<Page<T>>): Promise<T[]> {
  const found: T[] = [];
  let after: string | null = null;
  do {
    const page: Page<T> = await list({ limit: PAGE, after });
    found.push(...page.items);
    after = page.next;
  } while (after !== null);
  return found.reverse();
}
