import { ask } from '../api/ask';
import type { PersonDto } from '../api/operations';
import { usePages, type Pages } from '../list/pages-of';
import { connectionsKey } from './use-connection';

export function agentsKey(tenant: string): readonly unknown[] {
  return [...connectionsKey(tenant), 'agents'];
}

/** The agents of a tenant, whichever PBX they are at. */
export function useAgents(tenant: string): Pages<PersonDto> {
  return usePages(agentsKey(tenant), (cursor, signal) =>
    ask('agents.list', { query: { limit: 200, cursor }, tenant, signal }),
  );
}
