import { unknown } from '../conversation.js';
import type { DriverAnswer, DriverIo, PbxPastCall, WantedCall } from '../driver.js';
import { askAri } from './ari.js';
import { channelIn } from './channel.js';

/**
 * ARI has no history. What can be told: whether the call's channel is there now, and later, that it is not. Whatever had
 * happened to it was told through the same socket before this answer, so our own records are the history.
 */
export async function findCall(
  { correlator, vendorCallId, order, to }: WantedCall,
  io: DriverIo,
): Promise<DriverAnswer<{ call: PbxPastCall | null }>> {
  const id = vendorCallId ?? correlator;
  const found = await askAri({ method: 'GET', path: `channels/${encodeURIComponent(id)}` }, io);
  if (found.kind === 'said') {
    const channel = channelIn(found.value);
    if (channel === null) return unknown("The PBX's answer does not tell of a channel.");
    const of = (kind: 'extension' | 'number') =>
      [order.first, order.second].find((party) => party?.kind === kind)?.value ?? null;
    const call = {
      vendorCallId: channel.callId,
      extension: of('extension'),
      number: of('number'),
      startedAt: channel.createdAt,
      answered: channel.state === 'Up',
    };
    return { kind: 'done', call };
  }
  if (found.status !== 404) return found;
  // It may still be on its way to the PBX.
  if (io.now() < to) return unknown('The call does not go on at the PBX, which keeps no history.');
  return { kind: 'done', call: null };
}
