import { useQuery } from '@tanstack/react-query';
import { ask } from '../api/ask';
import { useSession } from '../app/session';

const MOST = 200;

/** What people and keys are called, as far as the tenant knows them; whoever is gone has only an id. */
export function useActorNames(tenant: string): (actor: string) => string | undefined {
  const self = useSession()?.user;
  const { data } = useQuery({
    queryKey: ['audit', tenant, 'actors'],
    queryFn: async ({ signal }) => {
      const asked = { query: { limit: MOST }, tenant, signal };
      const [users, keys] = await Promise.all([ask('users.list', asked), ask('apiKeys.list', asked)]);
      return new Map([...users.data, ...keys.data].map(({ id, name }) => [id, name]));
    },
    staleTime: 60_000,
  });
  return (actor) => (actor === self?.id ? self.name : data?.get(actor));
}
