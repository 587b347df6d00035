/** What an agent, or the agent's software, said of whether calls may be given to them. It holds until they say otherwise. */
import type { AgentStanding } from '../ask/ask.js';
import type { ConnectionId, Instant } from '../ids.js';

export interface AgentSaid {
  connectionId: ConnectionId;
  standing: AgentStanding;
  /** The number by which vendors' clients know it, e.g. 3 for lunch. */
  status: number;
  /** Where they sit; null where nobody said. */
  extension: string | null;
  since: Instant;
}
