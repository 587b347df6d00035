import { accessSecrets } from '#platform';
import type { Route } from './route.js';

/** Everything that must not stand in a log, should the endpoint repeat it. */
export function secretsOf(
  { access, writer }: Pick<Route, 'access' | 'writer'>,
  token: string | null,
): string[] {
  const { ownHeaders = {} } = writer;
  return [...accessSecrets(access, token), ...Object.values(ownHeaders).flat()];
}
