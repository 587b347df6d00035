import type { Clock } from '#platform';
import { failed, told, type CarryOut } from './asking.js';
import type { CallNames } from './call-names.js';
import type { Office } from './office.js';

export interface LiveParts {
  office: Pick<Office, 'extensions' | 'queues'>;
  names: Pick<CallNames, 'vendorCallIdsOf'>;
  clock: Pick<Clock, 'now'>;
}

/** Who is talking now: as the PBX's webhooks told, whatever the PBX can list itself. */
export function liveCalls({ office, names, clock }: LiveParts): CarryOut<'live_calls'> {
  return async ({ extension, callId }, asker) => {
    let found = await office.extensions(asker, true);
    if (extension !== undefined) found = found.filter((one) => isNamed(one, extension));
    if (extension !== undefined && found.length === 0) {
      return failed({ code: 'not_found', reason: `There is no extension ${extension}` });
    }
    if (callId !== undefined) {
      const ids = await names.vendorCallIdsOf(callId, asker);
      found = found
        .map((one) => ({ ...one, calls: one.calls.filter(({ call }) => ids.includes(call.vendorCallId)) }))
        .filter(({ calls }) => calls.length > 0);
    }
    return told({ kind: 'live_calls', extensions: found, at: clock.now() });
  };
}

export function liveQueues({ office, clock }: LiveParts): CarryOut<'live_queues'> {
  return async ({ queue }, asker) => {
    const queues = await office.queues(asker);
    const found =
      queue === undefined
        ? queues
        : queues.filter((one) => one.queue === queue || String(one.number) === queue);
    return told({ kind: 'live_queues', queues: found, at: clock.now() });
  };
}

export function extensionList({ office }: LiveParts): CarryOut<'extensions'> {
  return async (_, asker) => told({ kind: 'extensions', extensions: await office.extensions(asker, false) });
}

export function extensionState({ office }: LiveParts): CarryOut<'extension_state'> {
  return async ({ extension }, asker) => {
    const found = (await office.extensions(asker, true)).find((one) => isNamed(one, extension));
    return found
      ? told({ kind: 'extension_state', extension: found })
      : failed({ code: 'not_found', reason: `There is no extension ${extension}` });
  };
}

export function isNamed(
  { extension, aliases }: { extension: string; aliases: readonly string[] },
  word: string,
): boolean {
  const text = word.toLowerCase();
  return [extension, ...aliases].some((name) => name.toLowerCase() === text);
}
