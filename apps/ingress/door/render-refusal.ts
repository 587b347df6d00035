import type { AppError } from '#domain';
import { dialectNamed, type DialectSettings, type Reply, type Verdict } from '#dialects';
import type { Address } from '../take-webhook.js';

const NO_BYTES = new Uint8Array();

/** What a refusal says in the words of the dialect that the URL names, in the format that the sender claims to speak. */
export function renderRefusal(
  error: AppError,
  {
    dialect: name,
    route,
    settings = {},
  }: Pick<Address, 'dialect' | 'route'> & { settings?: DialectSettings },
  headers: Readonly<Record<string, string | undefined>>,
  body: Uint8Array = NO_BYTES,
): Reply {
  const dialect = dialectNamed(name);
  if (!dialect) return { contentType: 'text/plain; charset=utf-8', body: `${error.message}\n` };
  // Words of most dialects are the same for all, and who is refused may have another's.
  const own = dialect.forSettings === undefined ? {} : settings;
  return dialect.reply(verdictOf(error), { route, format: dialect.sniff({ headers, body }), settings: own });
}

/** What an error says in the words of a dialect. */
export function verdictOf(error: AppError): Verdict {
  return error.fault === 'unavailable' ? { kind: 'unavailable' } : { kind: 'refused', reason: error.message };
}
