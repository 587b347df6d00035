/** The popup of a call on an agent's screen: one for each call and agent. */
import type { AgentId } from '../ids.js';
import type { Call } from '../call/call.js';
import { readLeg } from '../call/read-leg.js';
import type { People } from '../people/people.js';

/**
 * `elsewhere`: it rang here and does not any more, and the call goes on: somebody else has it, or it rings at others. It may ring
 * here again, as a queue goes round. `ended` is for good.
 */
export const POPUP_STATES = ['ringing', 'answered', 'elsewhere', 'ended'] as const;
export type PopupState = (typeof POPUP_STATES)[number];

/** Of one call, by agent. */
export type PopupStates = Readonly<Record<AgentId, PopupState>>;

export const NO_POPUPS: PopupStates = Object.freeze({});

/**
 * The popups of a call as it is now. Whose a phone is the directory says at the moment at which it rings; a popup stays with whom
 * it was shown to. It ends with the call, which nothing opens again, and a call that was over when we first heard of it has none.
 * Source: design "Contacts", items 2 and 21, and "Popup".
 *
 * @param before  the popups so far; the same object comes back where nothing changed
 * @param call  as it is kept from now on: `closedAt` where its end was told
 */
export function popupsAfter(before: PopupStates, call: Call, people: People): PopupStates {
  const over = call.closedAt !== null;
  const here = over ? new Map<AgentId, PopupState>() : phonesOf(call, people);
  const after: Record<AgentId, PopupState> = { ...before };
  let changed = false;
  const set = (agent: AgentId, state: PopupState) => {
    if (after[agent] === state) return;
    after[agent] = state;
    changed = true;
  };
  for (const agent of Object.keys(before) as AgentId[]) {
    if (before[agent] !== 'ended') set(agent, over ? 'ended' : (here.get(agent) ?? 'elsewhere'));
  }
  for (const [agent, state] of here) if (before[agent] === undefined) set(agent, state);
  return changed ? after : before;
}

/** Whose phone rings, or is in the call. Who talks on one phone while another of his rings has answered. */
function phonesOf(call: Call, people: People): Map<AgentId, PopupState> {
  const found = new Map<AgentId, PopupState>();
  for (const leg of call.legs) {
    const { state, extension, agent } = readLeg(leg);
    if (state !== 'ringing' && state !== 'answered') continue;
    const entry = people.agent(extension, agent);
    if (entry !== undefined && found.get(entry.id) !== 'answered') found.set(entry.id, state);
  }
  return found;
}

/** On whose phones or screens a call was: what they are shown as their own. */
export function agentsOf(call: Pick<Call, 'legs'>, popups: PopupStates, people: People): AgentId[] {
  const found = new Set(Object.keys(popups) as AgentId[]);
  if (people.size === 0) return [...found];
  for (const { extension, agent } of call.legs) {
    const entry = people.agent(extension, agent);
    if (entry !== undefined) found.add(entry.id);
  }
  return [...found];
}

/** The agents whose popup is another one than before. */
export function changedPopups(before: PopupStates, after: PopupStates): AgentId[] {
  if (before === after) return [];
  return (Object.keys(after) as AgentId[]).filter((agent) => after[agent] !== before[agent]);
}
