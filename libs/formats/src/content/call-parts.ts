import type { CallLegView, CallView } from '#domain';

/** One end of a call in our house: the call itself, or a leg of it with its own extension, state and outcome. */
export type CallPart = Pick<
  CallView,
  | 'direction'
  | 'result'
  | 'vendorType'
  | 'vendorStatus'
  | 'from'
  | 'to'
  | 'did'
  | 'extension'
  | 'answeredAt'
  | 'raw'
>;

/**
 * The extensions that a call is at, each once: those of its legs that pass, or the call's own. There is always one part, so
 * that a call without an extension is told as well.
 */
export function callParts(call: CallView, passes: (leg: CallLegView) => boolean): [CallPart, ...CallPart[]] {
  const [first, ...others] = legsByExtension(call, passes).values();
  return first === undefined ? [call] : [first, ...others];
}

/** Where an extension has several legs, as one that rang again, the one that answered stands for it, or else the last. */
export function legsByExtension(
  { legs }: CallView,
  passes: (leg: CallLegView) => boolean = () => true,
): Map<string, CallLegView> {
  const found = new Map<string, CallLegView>();
  for (const leg of legs) {
    if (leg.extension === null || !passes(leg)) continue;
    const known = found.get(leg.extension);
    if (known === undefined || !tookCall(known) || tookCall(leg)) found.set(leg.extension, leg);
  }
  return found;
}

/** At this phone, where a voicemail may have taken it in somebody's stead. */
function tookCall(leg: Pick<CallPart, 'answeredAt' | 'result'>): boolean {
  return hasAnswered(leg) && leg.result !== 'voicemail';
}

/** Whether this end received the call, or made it. Of an internal call VoipNow's own word tells, if it is one. */
export function isCalled({ direction, vendorType }: Pick<CallPart, 'direction' | 'vendorType'>): boolean {
  return direction === 'internal' ? vendorType.toUpperCase() === 'IN' : direction === 'inbound';
}

export function hasAnswered({ answeredAt, result }: Pick<CallPart, 'answeredAt' | 'result'>): boolean {
  return answeredAt !== null || result === 'answered';
}
