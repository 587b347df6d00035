import { instant, type EndpointGrantId, type Instant, type OAuthCodeClient } from '#domain';
import type { SecretBox } from '../secrets/secret-box.js';
import type { GivenGrant } from './ask-for-grant.js';
import type { GrantContexts, RenewedGrant } from './grant-keeper.js';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A grant's row with the tokens that were given.
 *
 * @param used  the refresh token that they were given for: it is kept until the one in its place has worked. Null: it was a code
 */
export function renewedGrant(
  id: EndpointGrantId,
  { tokens, at }: Extract<GivenGrant, { kind: 'given' }>,
  { client, used }: { client: Pick<OAuthCodeClient, 'keepAliveDays'>; used: string | null },
  { box, sealedFor }: { box: Pick<SecretBox, 'seal'>; sealedFor: GrantContexts },
): RenewedGrant {
  const refresh = tokens.refresh ?? used;
  const previous = used === null || used === refresh ? null : used;
  const usedUntil = tokens.goodForMs === null ? null : instant(at + tokens.goodForMs);
  const sealed = (text: string | null) => text && box.seal(text, sealedFor.refresh(id));
  return {
    sealedAccess: box.seal(tokens.access, sealedFor.access(id)),
    sealedRefresh: sealed(refresh),
    sealedPrevious: sealed(previous),
    usedUntil,
    endsAt: refresh === null ? usedUntil : tokens.refreshEndsAt,
    renewBy: refresh === null ? null : instant(at + idleMs(client, tokens.refreshEndsAt, at)),
    baseUrl: tokens.baseUrl,
  };
}

/** Well before the refresh token ends, but not ever more often where renewing does not move that end. */
function idleMs(
  { keepAliveDays }: Pick<OAuthCodeClient, 'keepAliveDays'>,
  endsAt: Instant | null,
  now: Instant,
): number {
  const most = keepAliveDays * DAY_MS;
  return endsAt === null ? most : Math.min(most, Math.max((endsAt - now) / 2, HOUR_MS));
}
