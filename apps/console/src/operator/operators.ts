import { queryOptions } from '@tanstack/react-query';
import { ask } from '../api/ask';

/** More operators than the API lists at once are not expected. */
export const MOST = 200;

/** Who runs the installation. */
export const OPERATORS = queryOptions({
  queryKey: ['operator', 'people', 'users'],
  queryFn: ({ signal }) => ask('users.list', { query: { operator: true, limit: MOST }, signal }),
});
