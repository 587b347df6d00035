import type { AttemptDto } from '../api/operations';

/** What a shell takes for the text as it is. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Headers that curl writes itself. */
const OWN = /^(host|content-length|connection|accept-encoding)$/i;

/** The request of a try as a command; undefined where it was not kept. Credentials were taken out before it was. @param body  see `bodyOf` */
export function curlOf(attempt: AttemptDto, body: string | null): string | undefined {
  const { requestUrl, requestMethod, requestHeaders } = attempt;
  if (requestUrl === null || !/^https?:/.test(requestUrl)) return undefined;
  return [
    `curl -X ${requestMethod ?? 'POST'} ${quoted(requestUrl)}`,
    ...Object.entries(requestHeaders ?? {})
      .filter(([name]) => !OWN.test(name))
      .map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === null ? [] : [`--data-binary ${quoted(body)}`]),
  ].join(' \\\n  ');
}
