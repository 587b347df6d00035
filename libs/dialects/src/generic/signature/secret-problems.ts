import type { DocumentProblem } from '#domain';
import type { Secrets } from '../../dialect.js';
import type { ReadyMapping, ReadySignature } from '../ready-mapping.js';
import { keyOf } from './key-of.js';
import { readPublicKey } from './public-key.js';

/** Of a key that is written in digits: what is shorter was cut, or is no key. */
const LEAST_BYTES = 8;

/** What is wrong with secrets that are to be kept for a mapping; nothing of them is in the sentences. */
export function secretProblems({ signature, handshakes }: ReadyMapping, secrets: Secrets): DocumentProblem[] {
  const named = new Set([
    ...(signature?.secrets ?? []),
    ...handshakes.flatMap(({ hmac }) => hmac?.secret ?? []),
  ]);
  const known = [...named].join(', ') || 'none';
  return Object.entries(secrets).flatMap(([name, values]) => {
    if (!named.has(name))
      return [{ path: name, message: `This mapping has no such secret; it has: ${known}.` }];
    const fault = signature === null ? undefined : faultOf(signature);
    if (fault === undefined || signature?.secrets.includes(name) !== true) return [];
    return values.filter(fault.isIn).map(() => ({ path: name, message: fault.message }));
  });
}

/** What may be wrong with a secret of a rule; undefined where any text is one. */
function faultOf(
  signature: ReadySignature,
): { isIn: (secret: string) => boolean; message: string } | undefined {
  if (signature.kind === 'publicKey') {
    const { algorithm } = signature;
    return {
      isIn: (secret) => readPublicKey(secret, algorithm) === undefined,
      message: `This is no public key for ${algorithm}: PEM, or 32 bytes in base64 for ed25519.`,
    };
  }
  if (signature.kind !== 'hmac' || signature.secretIs === 'text') return undefined;
  const { secretIs } = signature;
  return {
    isIn: (secret) => (keyOf(secret, secretIs)?.length ?? 0) < LEAST_BYTES,
    message: `This is not ${LEAST_BYTES} bytes or more in ${secretIs === 'hex' ? 'hexadecimal digits' : 'base64'}, as the mapping says of it.`,
  };
}
