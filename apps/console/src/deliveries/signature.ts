/** Checks signatures of Standard Webhooks in the page, so that a secret never leaves it. */

export interface SignedRequest {
  id: string;
  /** Seconds since 1970, as the header has it. */
  timestamp: string;
  /** One signature or more, separated by spaces: `v1,...` or `v1a,...`. */
  signature: string;
}

export type Verdict = 'verified' | 'wrong' | 'badSecret' | 'unsupported';

/** @returns undefined for a request that carried no signature */
export function signedRequestOf(headers: Readonly<Record<string, string>> | null): SignedRequest | undefined {
  const found = new Map(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  const [id, timestamp, signature] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    found.get(name),
  );
  if (id === undefined || timestamp === undefined || signature === undefined) return undefined;
  return { id, timestamp, signature };
}

/** @param secret  `whsec_...`, or the public key `whpk_...` */
export async function verify(request: SignedRequest, body: string, secret: string): Promise<Verdict> {
  const key = keyOf(secret.trim());
  if (key === undefined) return 'badSecret';
  const signed = new TextEncoder().encode(`${request.id}.${request.timestamp}.${body}`);
  const signatures = request.signature.split(' ').flatMap((part) => {
    const [scheme, text = ''] = part.split(',');
    const bytes = bytesOf(text);
    return scheme === key.scheme && bytes !== undefined ? [bytes] : [];
  });
  try {
    const imported = await crypto.subtle.importKey('raw', key.bytes, key.algorithm, false, ['verify']);
    for (const signature of signatures) {
      if (await crypto.subtle.verify(key.algorithm, imported, signature, signed)) return 'verified';
    }
    return 'wrong';
  } catch {
    return 'unsupported';
  }
}

interface Key {
  scheme: 'v1' | 'v1a';
  bytes: Uint8Array<ArrayBuffer>;
  algorithm: { name: string; hash?: string };
}

const PUBLIC_KEY_BYTES = 32;

function keyOf(secret: string): Key | undefined {
  if (secret.startsWith('whpk_')) {
    const bytes = bytesOf(secret.slice('whpk_'.length));
    if (bytes?.length !== PUBLIC_KEY_BYTES) return undefined;
    return { scheme: 'v1a', bytes, algorithm: { name: 'Ed25519' } };
  }
  if (!secret.startsWith('whsec_')) return undefined;
  const bytes = bytesOf(secret.slice('whsec_'.length));
  if (bytes === undefined || bytes.length === 0) return undefined;
  return { scheme: 'v1', bytes, algorithm: { name: 'HMAC', hash: 'SHA-256' } };
}

/** @returns undefined for what is not base64 */
function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}
