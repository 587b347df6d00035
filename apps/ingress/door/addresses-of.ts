import type { IncomingHttpHeaders } from 'node:http';

const HOST = /^[\w.:[\]-]{1,255}$/;
const PORT = /:\d+$/;
const BY_PROXIES = ['x-forwarded-host', 'x-forwarded-for', 'forwarded'];

/**
 * URLs that a request may have been sent to: under the public address of this installation, and under the name that it itself
 * gives, by either scheme, with and without a port. Who signs a URL signs one of them; a signature is good for none that its
 * sender did not write, so that he may name what he likes.
 *
 * @param target  path and query as they came
 * @returns the likeliest first
 */
export function addressesOf(
  target: string,
  headers: IncomingHttpHeaders,
  publicUrl: string | undefined,
): readonly string[] {
  const forwarded = headers['x-forwarded-host'];
  const proto = headers['x-forwarded-proto'];
  const names = [forwarded, headers.host].flatMap((name) =>
    typeof name === 'string' ? (name.split(',', 1)[0] ?? '') : [],
  );
  const hosts = names.map((name) => name.trim()).filter((name) => HOST.test(name));
  // Behind a proxy it was https, if nobody says otherwise; nobody speaks that to us without one.
  const isPlain = BY_PROXIES.some((name) => headers[name] !== undefined)
    ? proto === 'http'
    : proto !== 'https';
  const schemes = isPlain ? ['http', 'https'] : ['https', 'http'];
  const bases = hosts
    .flatMap((host) => [host, host.replace(PORT, '')])
    .flatMap((host) => schemes.map((scheme) => `${scheme}://${host}`));
  return [...new Set([...(publicUrl === undefined ? [] : [publicUrl.replace(/\/$/, '')]), ...bases])].map(
    (base) => base + target,
  );
}
