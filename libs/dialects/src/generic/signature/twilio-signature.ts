import { createHash, createHmac } from 'node:crypto';
import type { SignedRequest } from '../../dialect.js';

const FORM = /^(?:\s*application\/x-www-form-urlencoded\b.*)?$/i;
/** Names the hash of a body that is no form, in the URL. */
const BODY_HASH = /[?&]bodySHA256=([0-9a-f]{64})(?:&|$)/i;

/**
 * What Twilio's signature may be: HMAC-SHA1 over the URL, with the form's names and values behind it in the order of their names
 * (Twilio, "Validating Signatures from Twilio"). A body that is no form is hashed, and its hash is in the URL. Which URL was
 * signed depends on the proxies in between: one for each that it may have been.
 */
export function twilioSignature(request: SignedRequest, secret: string): Buffer[] {
  const tail = signedTail(request);
  if (tail === undefined) return [];
  return request.addresses.map((address) =>
    createHmac('sha1', secret)
      .update(address + tail)
      .digest(),
  );
}

/** What is signed behind the URL; undefined where that is not the body. */
function signedTail({ query, headers, body }: SignedRequest): string | undefined {
  const hash = BODY_HASH.exec(`?${query}`)?.[1];
  if (hash !== undefined) {
    return createHash('sha256').update(body).digest('hex') === hash.toLowerCase() ? '' : undefined;
  }
  if (body.length === 0) return '';
  // Else whoever has seen a signature of the URL alone could post any body with it.
  if (!FORM.test(headers['content-type'] ?? '')) return undefined;
  const fields = new Map<string, Set<string>>();
  for (const [name, value] of new URLSearchParams(Buffer.from(body).toString())) {
    const values = fields.get(name) ?? new Set();
    fields.set(name, values.add(value));
  }
  const names = [...fields.keys()].sort(byUnits);
  return names
    .map((name) =>
      [...(fields.get(name) ?? [])]
        .sort(byUnits)
        .map((value) => name + value)
        .join(''),
    )
    .join('');
}

/** As the vendor's libraries sort. */
function byUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
