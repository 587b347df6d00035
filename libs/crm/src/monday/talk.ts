/** monday.com's API: one address, GraphQL, and most errors inside of 200. */
import type { CrmIo, CrmReply, CrmRequest, CrmVerdict } from '../talk/crm-io.js';
import { idIn, memberOf, textIn } from '../talk/members.js';

/** Behind this date's schema we are tested; newer ones may lack what we ask. */
const VERSION = '2025-01';

/** @returns the reply's `data` */
export async function askMonday(
  query: string,
  variables: Record<string, unknown>,
  io: CrmIo,
): Promise<unknown> {
  const request: CrmRequest = {
    method: 'POST',
    path: '/v2',
    headers: { 'api-version': VERSION },
    json: { query, variables },
  };
  const { json } = await io.ask(query.includes(' create_item') ? { ...request, makes: true } : request);
  return memberOf(json, 'data');
}

/** By what their codes say: the spelling changed with the years, so case and underscores do not count. */
const CODES: readonly [
  pattern: RegExp,
  kind: 'throttled' | 'unauthorised' | 'gone' | 'bad number' | 'unreachable',
][] = [
  [/complexity|ratelimit|concurrency|dailylimit/, 'throttled'],
  [/notauthenticated|unauthenticated|invalidtoken/, 'unauthorised'],
  [/resourcenotfound|invaliditemid|inactiveitem/, 'gone'],
  [/internalservererror|unavailable/, 'unreachable'],
];

export function judgeMonday({ status, headers, json }: CrmReply): CrmVerdict | undefined {
  const error = memberOf(json, 'errors', 0);
  const code = codeIn(error) || codeIn(json);
  if (error === undefined && code === '') return undefined;
  const said = textIn(error, 'message') || textIn(json, 'error_message');
  const reason = (said === '' ? code : said).slice(0, 300);
  const kind = CODES.find(([pattern]) => pattern.test(code))?.[1];
  if (kind === 'throttled' || status === 429) {
    return { kind: 'throttled', waitMs: waitIn(error, headers), reason };
  }
  if (/columnvalue/.test(code) && /phone/i.test(JSON.stringify(error ?? json)))
    return { kind: 'bad number', reason };
  // A board, a column or a person of the tenant's settings is no record.
  const isOfSettings = /"resource_type":"(?:board|column|group|user)/i.test(JSON.stringify(error ?? {}));
  if (kind !== undefined && !(kind === 'gone' && isOfSettings)) return { kind, reason };
  if (status === 401) return { kind: 'unauthorised', reason };
  if (status >= 500) return undefined;
  return { kind: 'refused', reason };
}

function codeIn(error: unknown): string {
  const code = idIn(error, 'extensions', 'code') ?? textIn(error, 'error_code');
  return code.toLowerCase().replaceAll(/[_\s]/g, '');
}

/** Its budget is one of a minute; how long is left stands in the error. */
function waitIn(error: unknown, headers: CrmReply['headers']): number | null {
  const seconds = Number(
    textIn(error, 'extensions', 'retry_in_seconds') || headers['retry-after'] || Number.NaN,
  );
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null;
}
