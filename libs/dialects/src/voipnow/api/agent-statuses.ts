/** What the vendor's three statuses of a queue's agent mean (UnifiedAPI, QueueAgents service). */
import type { AgentStanding } from '#domain';

export const STATUS_OF: Readonly<Record<AgentStanding, '0' | '1' | '2'>> = {
  away: '0',
  available: '1',
  paused: '2',
};

/** With the number that the statuses of our tenants have: login, logout, other. */
const STANDINGS: Readonly<Record<string, { standing: AgentStanding; status: number }>> = {
  '0': { standing: 'away', status: 2 },
  '1': { standing: 'available', status: 1 },
  '2': { standing: 'paused', status: 9 },
};

/** @param text  `0` logged out, `1` online, `2` paused */
export function standingOf(text: string): { standing: AgentStanding; status: number } | undefined {
  return Object.hasOwn(STANDINGS, text) ? STANDINGS[text] : undefined;
}
