import { SYSTEM } from '#domain';
import { OPERATOR, type LinkRepository } from '#db';
import type { Clock, Env } from '#platform';
import { makeOperatorKey, type OperatorKeyParts } from './operator-key.js';
import { makeLink } from './sign-in/make-link.js';

/** What the first start of an installation makes, to be shown once. */
export interface FirstStart {
  operatorKey: string;
  /** Where the first operator gives themselves a password: path and fragment, `/setup#swl_...`. */
  setupPath: string;
}

export interface FirstStartParts extends OperatorKeyParts {
  links: Pick<LinkRepository, 'create'>;
  clock: Pick<Clock, 'now'>;
}

/**
 * Makes the installation's first operator key, and a link by which the first operator comes in as a person.
 *
 * @param given  the key to make (`ADMIN_KEY`); a random one when undefined
 * @returns null when this is not the first start
 */
export async function makeFirstStart(
  parts: FirstStartParts,
  given: string | undefined,
): Promise<FirstStart | null> {
  const operatorKey = await makeOperatorKey(parts, given);
  if (operatorKey === null) return null;
  const { path } = await makeLink(parts, OPERATOR, { kind: 'setup' }, SYSTEM);
  return { operatorKey, setupPath: path };
}

/** Where people reach our pages, without a slash at the end. @param own  of this process, where nobody said */
export function pagesUrl(env: Pick<Env, 'API_PUBLIC_URL' | 'PUBLIC_URL'>, own: string): string {
  return (env.API_PUBLIC_URL ?? env.PUBLIC_URL ?? own).replace(/\/+$/, '');
}
