/** The key and the secret of an app for a token of OAuth 2 (`client_credentials`), which VoipNow takes for an hour or two. */
import { instant, type Instant } from '#domain';
import { converse, refused } from '../conversation.js';
import type { DriverAccount, DriverAnswer, DriverIo } from '../driver.js';
import { maskSecrets } from '../mask-secrets.js';
import { jsonIn } from '../read-reply.js';
import type { AccountSettings } from './account-settings.js';
import { fieldsOf, textOf, wholeOf } from './junk.js';

const PATH = '/oauth/token.php';
const SECOND_MS = 1_000;
/** Where it does not say. */
const LASTS_SECONDS = 3_600;
const LASTS_AT_MOST_SECONDS = 86_400;
/** A token that ends sooner is not used any more: the PBX's clock may be ahead. */
const MARGIN_MS = 60 * SECOND_MS;
/** What may stand in a header. */
const SENDABLE = /^[\x21-\x7e]{1,4096}$/;

type Refused = Extract<DriverAnswer<object>, { kind: 'refused' }>;
type Token = NonNullable<DriverAccount['token']>;
export type Traded = { kind: 'token'; token: Token } | Refused;

export function isGood(token: DriverAccount['token'], now: Instant): token is Token {
  return token !== null && token.expiresAt > now + MARGIN_MS && SENDABLE.test(token.value);
}

/** Whatever goes wrong here is a refusal: nothing was asked of the PBX yet, so nothing can have been dialled. */
export async function tradeToken(
  account: DriverAccount,
  { baseUrl }: Pick<AccountSettings, 'baseUrl'>,
  io: DriverIo,
): Promise<Traded> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: account.secrets['client_id'] ?? '',
    client_secret: account.secrets['client_secret'] ?? '',
    type: 'unifiedapi',
    redirect_uri: baseUrl + PATH,
  }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const reply = await converse({ method: 'POST', url: baseUrl + PATH, headers, body }, account, io);
  if (reply.kind !== 'replied') return noToken(reply.kind === 'unknown' ? reply.why : reply.reason);
  const fields = fieldsOf(jsonIn(reply.body));
  const value = textOf(fields['access_token']);
  if (reply.status >= 300 || value === null || !SENDABLE.test(value)) {
    // RFC 6749, section 5.2.
    const mask = (text: string | null) => text && maskSecrets(text, Object.values(account.secrets));
    const code = mask(textOf(fields['error'])) ?? String(reply.status);
    return noToken(
      'It does not take the key and the secret of the app.',
      code,
      mask(textOf(fields['error_description'])),
    );
  }
  const token = { value, expiresAt: instant(io.now() + lifetimeMs(fields['expires_in'])) };
  await io.keepToken(token);
  return { kind: 'token', token };
}

function lifetimeMs(said: unknown): number {
  const seconds = wholeOf(said) ?? LASTS_SECONDS;
  return Math.min(seconds > 0 ? seconds : LASTS_SECONDS, LASTS_AT_MOST_SECONDS) * SECOND_MS;
}

function noToken(why: string, code: string | null = null, text: string | null = null): Refused {
  return refused(`The PBX gave no token, so nothing was asked of it. ${why}`, code, text);
}
