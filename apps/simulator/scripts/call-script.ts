/**
 * What really happens in a call, whoever's PBX it is: which phones ring when, who talks to whom, where the caller waits. Each
 * vendor's voice tells of it what that vendor can say. Times are whole seconds since the call's start.
 */
import type { Direction } from '#domain';
import type { Agent, Queue } from '../pbx/office.js';

/**
 * Why a phone is part of the call: it was called or calls (`first`), is rung so that its owner can be joined with a
 * customer (`agent`) who is then called (`customer`), is asked by a colleague (`consult`), or is handed the caller
 * (`transfer`).
 */
export type Step = 'first' | 'agent' | 'customer' | 'consult' | 'transfer';

/** `elsewhere`: a colleague took the call. `gaveUp`: whoever called hung up while it rang. */
export type PartEnd = 'talked' | 'unanswered' | 'elsewhere' | 'gaveUp' | 'busy';

/** One extension's part in the call, from the first ring to the end. One that rings again has a further part. */
export interface Part {
  agent: Agent;
  /** `in`: its phone rings. `out`: it calls. */
  side: 'in' | 'out';
  /** Who is at the other end. */
  with: 'outside' | Agent;
  step: Step;
  from: number;
  answered: number | null;
  until: number;
  end: PartEnd;
}

export interface Press {
  at: number;
  digits: string;
}

export interface CallScript {
  scenario: string;
  direction: Direction;
  /** The party outside in the local spelling; empty for an internal call. */
  outside: string;
  /** The office's number that was called, or is shown to whom it calls; empty for an internal call. */
  did: string;
  /** In the order in which they begin. */
  parts: readonly Part[];
  queue: Queue | null;
  /** `steered`: every step of the menu is asked of the tenant (External IVR); else the PBX's own menu asks at each press. */
  menu: { steered: boolean; presses: readonly Press[]; layerId: number; layerName: string } | null;
  /** When a voicemail box took the call. */
  voicemailFrom: number | null;
  until: number;
  /** Given with the order to call. */
  customData: Readonly<Record<string, string>>;
}

/** The part in which somebody of ours first spoke with the party outside, or in an internal call with whom he called. */
export function talkingPart(parts: readonly Part[]): Part | undefined {
  return parts.find(({ step, answered }) => step !== 'agent' && answered !== null);
}
