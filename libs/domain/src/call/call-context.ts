/**
 * What was remembered of a call beside what the PBX says of it: custom data of IVR answers, variables of calls that we
 * placed. It is kept by the PBX's id of the call, may be there before the call's first message, and changes while it goes on.
 */
import type { Instant } from '../ids.js';
import { LONGEST_CUSTOM_DATA, MOST_CUSTOM_DATA } from '../ivr/action-shapes.js';
import { isEmpty } from './is-empty.js';

export interface CallContext {
  /** When it was last added to. No two states of one call's context have the same time, and the later holds the earlier. */
  at: Instant;
  data: Record<string, unknown>;
}

/** The later of two states, whichever came first: a join, like everything else that is folded into a call. */
export function laterContext(a: CallContext | null, b: CallContext | null): CallContext | null {
  if (a === null || b === null) return a ?? b;
  return a.at >= b.at ? a : b;
}

/** Custom data of a call: what the PBX itself reports is believed before what was remembered. */
export function overContext(
  context: CallContext | null,
  reported: Record<string, unknown>,
): Record<string, unknown> {
  if (context === null) return reported;
  const members = new Map(Object.entries(context.data));
  for (const [name, value] of Object.entries(reported)) {
    if (!isEmpty(value) || !members.has(name)) members.set(name, value);
  }
  return Object.fromEntries(members);
}

/** As much as is remembered of what somebody gave: the first members, their beginnings, and nothing empty. */
export function contextData(given: Readonly<Record<string, string>>): Record<string, string> {
  const members = Object.entries(given)
    .filter(([name, value]) => name !== '' && value !== '')
    .slice(0, MOST_CUSTOM_DATA)
    .map(([name, value]) => [beginning(name), beginning(value)]);
  return Object.fromEntries(members) as Record<string, string>;
}

/** Whole characters only. */
function beginning(text: string): string {
  return text.length <= LONGEST_CUSTOM_DATA
    ? text
    : text.slice(0, LONGEST_CUSTOM_DATA).replace(/[\ud800-\udbff]$/, '');
}
