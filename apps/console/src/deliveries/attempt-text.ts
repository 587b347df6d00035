import type { AttemptDto } from '../api/operations';
import { prettyText } from '../json/json-text';

/** All of a try as lines of text, laid out so that lines can be compared. @param body  see `bodyOf` */
export function attemptText(attempt: AttemptDto, body: string | null): string {
  return [
    `${attempt.requestMethod ?? ''} ${attempt.requestUrl ?? ''}`,
    ...headerLines(attempt.requestHeaders),
    '',
    ...(body === null ? [] : [prettyText(body), '']),
    attempt.status === null ? (attempt.error ?? '') : `HTTP ${attempt.status}`,
    ...headerLines(attempt.responseHeaders),
    '',
    prettyText(attempt.responseBody ?? ''),
    '',
  ].join('\n');
}

/** In the order of names: whoever sends them may send them in any. */
function headerLines(headers: AttemptDto['requestHeaders']): string[] {
  return Object.entries(headers ?? {})
    .map(([name, value]) => `${name.toLowerCase()}: ${value}`)
    .sort();
}
