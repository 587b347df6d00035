/** Queries that say nothing of a call, and queries that do but are not put together properly. For tests only. */
import { MAX_QUERY_LENGTH, MAX_QUERY_PARAMETERS } from '../content/read-query.js';

/** What every vendor calls a call's id, so that nothing but the flaw stands in the way of reading. */
const IDS = ['ivruniqueid', 'callid', 'CallAPIID'];
export const CALL = IDS.map((id) => `${id}=a`).join('&');

/** Each with a few words for the name of the test. */
export function badQueries(): [what: string, query: string][] {
  return [
    ['nothing in it', ''],
    ['separators only', '&&&'],
    ['an equals sign only', '='],
    ['names without values', IDS.join('&')],
    ['prose', 'hello'],
    ['blank ids', IDS.map((id) => `${id}=+%20`).join('&')],
    ['ids that stand for nothing', IDS.map((id) => `${id}=%7B${id}%7D`).join('&')],
  ];
}

/** Each tells of the same call as `CALL`; what is wrong with it is beside that. */
export function oddQueries(): [what: string, query: string][] {
  return [
    ['a NUL character', `${CALL}&x=\0`],
    ['an escaped NUL character', `${CALL}&x=%00`],
    ['an escaped NUL character in a name', `${CALL}&%00=x`],
    ['escapes that are not UTF-8', `${CALL}&x=%FF`],
    ['half an escape at its end', `${CALL}&x=%D7%A`],
    ['a percent sign that starts no escape', `${CALL}&x=50%&y=1`],
    ['too many parameters', `${CALL}${'&x=1'.repeat(MAX_QUERY_PARAMETERS)}`],
    ['too many bytes', `${CALL}&x=${'1'.repeat(MAX_QUERY_LENGTH)}`],
    ['one question mark too many', `${CALL}?x=1`],
    ['ampersands that were escaped for HTML', CALL.replaceAll('&', '&amp;')],
    ['an escape of JavaScript', `${CALL}&x=%u05E9`],
  ];
}
