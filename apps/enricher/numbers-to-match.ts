import { isDecided, numberOutside, type CallLeg } from '#domain';
import type { EnrichmentContext, KnownCalls } from '#db';
import type { ReadReceipt } from './read-receipts.js';

/** A number whose contact is to be looked for. */
export interface NumberToMatch {
  e164: string;
  /** The calls with it that go on: what a source of contacts says of it while they do still reaches a screen. */
  running: RunningCall[];
}

export interface RunningCall {
  vendorCallId: string;
  did: string | null;
  extension: string | null;
}

/**
 * E.164 of those outside whose contact is to be looked for, each once: of calls of which nobody is known yet, and of those that are
 * to be looked at again. None for a tenant that never had a contact or a source of contacts.
 */
export function numbersToMatch(
  read: readonly ReadReceipt[],
  known: KnownCalls,
  { knowsContacts, country }: Pick<EnrichmentContext, 'knowsContacts' | 'country'>,
): NumberToMatch[] {
  if (!knowsContacts) return [];
  const numbers = new Map<string, RunningCall[]>();
  const add = (e164: string | null | undefined, call?: RunningCall) => {
    if (e164 == null) return;
    const running = numbers.get(e164) ?? [];
    numbers.set(e164, running);
    if (call && !running.some(({ vendorCallId }) => vendorCallId === call.vendorCallId)) running.push(call);
  };
  for (const entry of read) {
    if (entry.ok !== true) continue;
    if (entry.said?.word.kind === 'look_again') {
      for (const { call } of known.calls.get(entry.said.vendorCallId) ?? [])
        add(numberOutside(call, country));
    }
    for (const { vendorCallId, leg } of entry.legs) {
      const had = known.calls.get(vendorCallId) ?? [];
      // Which of several it is nobody knows yet: one look-up too many is better than a caller without a name.
      if (had.length > 0 && had.every(({ call }) => isDecided(call.match))) continue;
      add(numberOutside(leg, country), isRunning(leg) ? runningCall(vendorCallId, leg) : undefined);
    }
  }
  return [...numbers].map(([e164, running]) => ({ e164, running }));
}

function isRunning({ heard }: CallLeg): boolean {
  return heard.live !== null && heard.ended === null;
}

function runningCall(vendorCallId: string, { did, extension }: CallLeg): RunningCall {
  return { vendorCallId, did: did?.e164 ?? did?.original ?? null, extension };
}
