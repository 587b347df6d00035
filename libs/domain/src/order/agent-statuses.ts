/**
 * The statuses that agents may have, by the numbers that vendors' clients know them by. Source: design "Telephony API", section 2,
 * the vendor's list of statuses; the colours are ours.
 */
import type { AgentStanding } from '../ask/ask.js';

export interface StatusWords {
  number: number;
  name: string;
  /** `#rrggbb` */
  color: string;
}

const LOGGED_IN = 1;
const LOGGED_OUT = 2;
const OTHER = 9;

/** What they are called where a tenant has no words of its own. */
export const AGENT_STATUSES: readonly StatusWords[] = [
  { number: LOGGED_IN, name: 'Login', color: '#2e9e4f' },
  { number: LOGGED_OUT, name: 'Logout', color: '#7a7f87' },
  { number: 3, name: 'Lunch', color: '#e0a100' },
  { number: 5, name: 'Administrative', color: '#3b78c4' },
  { number: 7, name: 'Private', color: '#8a5bb5' },
  { number: OTHER, name: 'Other', color: '#b0643a' },
  { number: 11, name: 'Training', color: '#1f9e9e' },
  { number: 12, name: 'Meeting', color: '#c4447c' },
  { number: 13, name: 'Brief', color: '#5c6bc0' },
];

/** Only who is logged in may be called for; a status of the tenant's own is a pause. */
export function standingOfStatus(number: number): AgentStanding {
  if (number === LOGGED_IN) return 'available';
  return number === LOGGED_OUT ? 'away' : 'paused';
}

/** The status of who said no more than that. */
export function statusOfStanding(standing: AgentStanding): number {
  const numbers: Record<AgentStanding, number> = { available: LOGGED_IN, away: LOGGED_OUT, paused: OTHER };
  return numbers[standing];
}

/** All that a tenant's agents may have, by number: its own words in place of everybody's, and what it has beside them. */
export function agentStatusesWith(own: readonly StatusWords[]): StatusWords[] {
  const byNumber = new Map([...AGENT_STATUSES, ...own].map((status) => [status.number, status]));
  return [...byNumber.values()].sort((one, other) => one.number - other.number);
}
