import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import type { SessionDto } from '../api/operations';
import { SESSION } from '../app/session';

/** @returns what to do when somebody has come in: goes to where they wanted to */
export function useEnter(): (session: SessionDto) => void {
  const client = useQueryClient();
  const router = useRouter();
  return (session) => {
    client.clear();
    client.setQueryData(SESSION.queryKey, session);
    const { to } = router.state.location.search as { to?: string };
    router.history.replace(to ?? '/');
  };
}
