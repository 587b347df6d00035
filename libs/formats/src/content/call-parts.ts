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
  const byExtension = new Map<string, CallPart>();
  for (const leg of call.legs) {
    if (leg.extension !== null && passes(leg)) byExtension.set(leg.extension, leg);
  }
  const [first, ...others] = byExtension.values();
  return first === undefined ? [call] : [first, ...others];
}
