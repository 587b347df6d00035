import { Resolver } from 'node:dns/promises';

export interface ResolvedAddress {
  address: string;
  family: 4 | 6;
}

/** Resolves a host name to all its addresses; an empty list or a rejection means that it does not resolve. */
export type ResolveHost = (hostname: string) => Promise<ResolvedAddress[]>;

const LOCALHOST = /^(.+\.)?localhost\.?$/;
/** Two tries of this length fit into the budget of a guarded lookup (5 s). */
const QUERY_TIMEOUT_MS = 2_000;

/**
 * Asks the name servers directly. Node's ordinary lookup runs on a pool of four threads shared by the whole process, so
 * four tenants with dead name servers would stop everybody's connections. What we give up: /etc/hosts and search
 * domains; a name must be complete.
 */
export function dnsResolveHost(): ResolveHost {
  const resolver = new Resolver({ timeout: QUERY_TIMEOUT_MS, tries: 2 });
  return async (hostname) => {
    // RFC 6761: never sent to a name server. Whether loopback is allowed is for the guard to say.
    if (LOCALHOST.test(hostname)) return [{ address: '127.0.0.1', family: 4 }];
    const [v4, v6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    if (v4.status === 'rejected' && v6.status === 'rejected') throw v4.reason;
    return [...addressesOf(v4, 4), ...addressesOf(v6, 6)];
  };
}

function addressesOf(answer: PromiseSettledResult<string[]>, family: 4 | 6): ResolvedAddress[] {
  return answer.status === 'fulfilled' ? answer.value.map((address) => ({ address, family })) : [];
}
