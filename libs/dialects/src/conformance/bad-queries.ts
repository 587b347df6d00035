/** Queries that say nothing of a call, or are not put together properly. For tests only. */
import { MAX_QUERY_LENGTH, MAX_QUERY_PARAMETERS } from '../content/read-query.js';

/** What every vendor calls a call's id, so that nothing but the flaw stands in the way of reading. */
const IDS = ['ivruniqueid', 'callid', 'CallAPIID'];
const CALL = IDS.map((id) => `${id}=a`).join('&');

/** Each with a few words for the name of the test. */
export function badQueries(): [what: string, query: string][] {
  return [
    ['nothing in it', ''],
    ['separators only', '&&&'],
    ['an equals sign only', '='],
    ['names without values', IDS.join('&')],
    ['prose', 'hello'],
    ['a NUL character', `${CALL}&x=\0`],
    ['an escaped NUL character', `${CALL}&x=%00`],
    ['an escaped NUL character in a name', `${CALL}&%00=x`],
    ['escapes that are not UTF-8', `${CALL}&x=%FF`],
    ['half an escape at its end', `${CALL}&x=%D7%A`],
    ['a percent sign that starts no escape', `${CALL}&x=50%&y=1`],
    ['too many parameters', `${CALL}${'&x=1'.repeat(MAX_QUERY_PARAMETERS)}`],
    ['too many bytes', `${CALL}&x=${'1'.repeat(MAX_QUERY_LENGTH)}`],
    ['blank ids', IDS.map((id) => `${id}=+%20`).join('&')],
    ['ids that stand for nothing', IDS.map((id) => `${id}=%7B${id}%7D`).join('&')],
  ];
}
