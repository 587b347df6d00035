import type { AgentId, AgentStanding, ConnectionId, Instant, TenantId } from '#domain';

export interface AgentStateNow {
  standing: AgentStanding;
  /** The vendor's number of it. */
  status: number;
  since: Instant;
}

/** What agents said that they do. */
export interface AgentStates {
  /** Those of whom nothing is known are missing. */
  of(tenant: TenantId, connection: ConnectionId): Promise<ReadonlyMap<AgentId, AgentStateNow>>;
}

export const NOTHING_KNOWN: AgentStates = { of: () => Promise.resolve(new Map()) };
