import type { EndpointAccess } from '#domain';
import type { EndpointPlaces } from '#db';
import { formatNamed } from '#formats';
import { invalidRequest } from '../http/validation.pipe.js';

const WHY = 'must begin with https://, because the endpoint shows a client certificate';

/**
 * A certificate is shown where a connection is made secure, so everything that is sent with one has to go to https:// URLs:
 * the endpoint's own, and those in its format's settings.
 *
 * @throws AppError `request.invalid` that names every URL which is none
 */
export function requireHttps(
  { auth }: EndpointAccess,
  { url, format, formatSettings }: EndpointPlaces,
): void {
  if (auth.kind !== 'certificate') return;
  const prepared = formatNamed(format)?.prepare(formatSettings);
  const others = prepared?.ok === true ? prepared.writer.urls : [];
  const all = [
    { field: 'url', url },
    ...others.map((of) => ({ field: `formatSettings.${of.path}`, url: of.url })),
  ];
  const plain = all.filter((of) => new URL(of.url).protocol !== 'https:');
  if (plain.length > 0)
    throw invalidRequest(plain.map(({ field }) => ({ field, message: `${field} ${WHY}` })));
}
