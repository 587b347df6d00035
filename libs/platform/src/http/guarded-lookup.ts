import type { LookupFunction } from 'node:net';
import { type Cidr, judgeAddress } from './address-guard.js';
import type { ResolveHost, ResolvedAddress } from './resolve-host.js';
import { TargetError } from './target-error.js';

export interface GuardedLookupOptions {
  resolve: ResolveHost;
  /** Subnets that the operator opened. */
  allow: readonly Cidr[];
  /** How long a name may take to resolve. */
  budgetMs: number;
}

export const DNS_BUDGET_MS = 5_000;

/**
 * A `lookup` for `net.connect` that resolves a name once, refuses it when any of its addresses is forbidden, and hands
 * over the very addresses that were judged. So the socket goes where we looked: a name server that answers differently
 * a moment later (DNS rebinding) changes nothing.
 *
 * Fails with a TargetError: `blocked` or `dns`. Literal addresses never come here; Node connects to them directly.
 */
export function guardedLookup(options: GuardedLookupOptions): LookupFunction {
  const underWay = new Map<string, Promise<ResolvedAddress[]>>();

  /** A burst of connections to one host asks the name server once. */
  function vetted(hostname: string): Promise<ResolvedAddress[]> {
    let answer = underWay.get(hostname);
    if (answer === undefined) {
      answer = resolveVetted(hostname, options).finally(() => underWay.delete(hostname));
      underWay.set(hostname, answer);
    }
    return answer;
  }

  return (hostname, { all }, callback) => {
    vetted(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (all === true || first === undefined) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : unresolved(hostname), '');
      },
    );
  };
}

async function resolveVetted(hostname: string, options: GuardedLookupOptions): Promise<ResolvedAddress[]> {
  const addresses = await withinBudget(hostname, options);
  if (addresses.length === 0) throw unresolved(hostname);
  for (const { address } of addresses) {
    const verdict = judgeAddress(address, options.allow);
    if (!verdict.allowed) {
      throw new TargetError('blocked', `An address of ${hostname} ${verdict.reason}, which is not allowed.`);
    }
  }
  return addresses;
}

async function withinBudget(
  hostname: string,
  { resolve, budgetMs }: GuardedLookupOptions,
): Promise<ResolvedAddress[]> {
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new TargetError('dns', `The name ${hostname} did not resolve within ${budgetMs / 1_000} s.`));
    }, budgetMs);
    // Whoever waits for the connection has a deadline of his own; this one must not keep a process from ending.
    timer.unref();
  });
  try {
    return await Promise.race([resolve(hostname), tooSlow]);
  } catch (error) {
    throw error instanceof TargetError ? error : unresolved(hostname);
  } finally {
    clearTimeout(timer);
  }
}

function unresolved(hostname: string): TargetError {
  return new TargetError('dns', `The name ${hostname} does not resolve.`);
}
