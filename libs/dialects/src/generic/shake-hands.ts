import { createHmac } from 'node:crypto';
import type { FullReply, Secrets, SignedRequest } from '../dialect.js';
import { textAt, writeReply } from './answer-by-mapping.js';
import { holds } from './holds.js';
import { Beside, readMessages } from './message.js';
import type { ReadyHandshake, ReadyMapping } from './ready-mapping.js';
import { checkSignature } from './signature/check-signature.js';
import type { Where } from './spots-at.js';

const OK = 200;

/**
 * The answer to a question by which a vendor tries the URL; undefined for what is none. Whoever asks for a proof that we know
 * the secret could have any text signed by it: he has to sign his question by the same secret.
 */
export function shakeHands(
  mapping: ReadyMapping,
  request: SignedRequest,
  secrets: Secrets,
): FullReply | undefined {
  if (mapping.handshakes.length === 0) return undefined;
  const reading = readMessages(request);
  const message = reading.ok ? reading.messages[0] : undefined;
  const where: Where = { item: message, message, beside: new Beside(request, request.addresses) };
  const rule = mapping.handshakes.find(({ when }) => holds(when, where));
  if (rule === undefined) return undefined;
  const hmac = proofOf(rule, { mapping, request, secrets, where });
  if (hmac === undefined) return undefined;
  const words = { hmac, url: request.addresses[0] ?? '' };
  return { status: OK, ...writeReply(rule.reply, { where, words }) };
}

interface Question {
  mapping: ReadyMapping;
  request: SignedRequest;
  secrets: Secrets;
  where: Where;
}

/** Empty where none is asked for; undefined where there is none to give. */
function proofOf(
  { hmac }: ReadyHandshake,
  { mapping, request, secrets, where }: Question,
): string | undefined {
  if (hmac === null) return '';
  const { signature } = mapping;
  if (signature !== null) {
    const verification = checkSignature(signature, request, secrets);
    if (!verification.ok || !verification.checked) return undefined;
  }
  // The newest is the first.
  const secret = Object.hasOwn(secrets, hmac.secret) ? secrets[hmac.secret]?.[0] : undefined;
  if (secret === undefined) return undefined;
  return createHmac(hmac.hash, secret).update(textAt(hmac.of, where)).digest(hmac.encoding);
}
