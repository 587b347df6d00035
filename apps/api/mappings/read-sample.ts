import type { SignedRequest } from '#dialects';
import { invalidRequest, type FieldError } from '../http/validation.pipe.js';

const TEXTS = ['method', 'route', 'query', 'body', 'url'] as const;
const KNOWN: ReadonlySet<string> = new Set([...TEXTS, 'headers']);

/**
 * A message as somebody wrote it down.
 *
 * @param byDefault  what counts where nothing is said
 * @throws AppError `request.invalid`
 */
export function readSample(
  sample: Readonly<Record<string, unknown>>,
  byDefault: { route: string; country: string; receivedAt: number },
): SignedRequest {
  const errors: FieldError[] = [];
  const complain = (name: string, message: string) =>
    errors.push({ field: `request.${name}`, message: `request.${name} ${message}` });
  for (const name of Object.keys(sample)) if (!KNOWN.has(name)) complain(name, 'is not known');
  const text = (name: (typeof TEXTS)[number], absent: string): string => {
    const value = sample[name] ?? absent;
    if (typeof value === 'string') return value;
    complain(name, 'must be a text');
    return absent;
  };
  const headers: Record<string, string> = {};
  const given = sample['headers'] ?? {};
  if (typeof given !== 'object' || Array.isArray(given)) complain('headers', 'must be an object of texts');
  else {
    for (const [name, value] of Object.entries(given)) {
      if (typeof value === 'string') headers[name.toLowerCase()] = value;
      else complain('headers', 'must be an object of texts');
    }
  }
  const url = text('url', '');
  const request: SignedRequest = {
    method: text('method', 'POST').toUpperCase(),
    route: text('route', byDefault.route),
    query: text('query', url.split('?', 2)[1] ?? ''),
    headers,
    body: Buffer.from(text('body', '')),
    country: byDefault.country,
    addresses: url === '' ? [] : [url],
    receivedAt: byDefault.receivedAt,
  };
  if (errors.length > 0) throw invalidRequest(errors);
  return request;
}
