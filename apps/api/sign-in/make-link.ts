import { instant, LINK_LIFE_MS, type Actor, type LinkKind } from '#domain';
import type { LinkRecord, LinkRepository, NewLink, Whose } from '#db';
import { hashToken, newToken, type Clock } from '#platform';

/** Where each kind of link leads. The token comes after the #, which browsers send to nobody. */
export const LINK_PAGES: Readonly<Record<LinkKind, string>> = {
  setup: '/setup',
  invitation: '/invitation',
  reset: '/reset',
  sign_in: '/sign-in',
};

export interface MadeLink {
  record: LinkRecord;
  /** Path and fragment, such as `/invitation#swl_...`. */
  path: string;
}

/** Makes a link that lets somebody in once. @throws AppError `resource.not_found` for an agent that is not the tenant's */
export async function makeLink(
  { links, clock }: { links: Pick<LinkRepository, 'create'>; clock: Pick<Clock, 'now'> },
  whose: Whose,
  draft: Omit<NewLink, 'hash' | 'expiresAt'>,
  by: Actor,
): Promise<MadeLink> {
  const token = newToken('swl');
  const expiresAt = instant(clock.now() + LINK_LIFE_MS[draft.kind]);
  const record = await links.create(whose, { ...draft, hash: hashToken(token), expiresAt }, by);
  return { record, path: `${LINK_PAGES[draft.kind]}#${token}` };
}
