import type { Exchange, Outcome } from '#domain';
import type { Route } from './route.js';
import type { SentAuthorised } from './send-authorised.js';

type Sent = Pick<Extract<SentAuthorised, { kind: 'exchanged' }>, 'token' | 'sent' | 'outcome'>;

const FORBIDDEN = 403;

/** Whether a refused try is made once more with a new token. */
export function mayReauthorise({ token, sent }: Sent, route: Pick<Route, 'access'>): boolean {
  return token !== null && !isRightsOf(route, sent.exchange);
}

/**
 * Who refuses a token that was just made will refuse the next one too.
 *
 * @param distrust  is told of the token where somebody has to connect again
 */
export async function stillRefused(
  { outcome, token, sent }: Sent,
  route: Pick<Route, 'access'>,
  distrust: (token: string) => Promise<void>,
): Promise<Outcome> {
  if (outcome.class !== 'unauthorised' || token === null || isRightsOf(route, sent.exchange)) return outcome;
  if (isOfGrant(route)) await distrust(token);
  return { ...outcome, note: `Needs attention: it refused a new access token too. ${outcome.note}` };
}

/** A token of somebody's is not renewed for what they may not do: renewals are rationed, and would change nothing. */
function isRightsOf(route: Pick<Route, 'access'>, exchange: Exchange): boolean {
  return isOfGrant(route) && exchange.kind === 'answered' && exchange.status === FORBIDDEN;
}

function isOfGrant({ access }: Pick<Route, 'access'>): boolean {
  return access.auth.kind === 'oauth2_code';
}
