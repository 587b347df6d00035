import type { CallScript, Part } from '../../scripts/call-script.js';

/** A call under an id of its own; whoever is handed a customer goes on under a new one, which names the first. */
export interface ToldCall {
  id: string;
  parts: readonly Part[];
  /** The call that it was handed over from. */
  original: string | null;
}

/** Voicenter's calls of a script: one, or two where the customer is handed on. */
export function toldCalls({ parts }: CallScript, [first, second]: readonly [string, string]): ToldCall[] {
  const handedOn = (part: Part): boolean => part.step === 'transfer' || part.step === 'consult';
  const before: ToldCall = { id: first, parts: parts.filter((part) => !handedOn(part)), original: null };
  const after: ToldCall = { id: second, parts: parts.filter(handedOn), original: first };
  return after.parts.length > 0 ? [before, after] : [before];
}
