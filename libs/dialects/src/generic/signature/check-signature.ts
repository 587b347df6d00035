/** Whether a message is the PBX's own, by a mapping's rule. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Secrets, SignedRequest, Verification } from '../../dialect.js';
import { finiteNumber } from '../../content/scalars.js';
import { textAt } from '../answer-by-mapping.js';
import { fillTemplate } from '../fill-template.js';
import type { ReadyPath, ReadySignature, ReadyStamp, ReadyTemplate } from '../ready-mapping.js';
import { Beside, readMessages } from '../message.js';
import type { Where } from '../spots-at.js';
import { keyOf } from './key-of.js';
import { readPublicKey, verifiesBy } from './public-key.js';
import { twilioSignature } from './twilio-signature.js';

/** Header lists hold several while a vendor changes his secret. */
const MOST_PRESENTED = 5;
const MILLI = 1000;
const UNAUTHORISED = 401;
const FORBIDDEN = 403;

/** The signature as it was presented, and what is needed to judge it. */
interface Presented {
  texts: readonly string[];
  where: Where;
  stamp: string;
}

/** @param secrets  by name; several of one while it is changed. Never throws */
export function checkSignature(rule: ReadySignature, request: SignedRequest, secrets: Secrets): Verification {
  if (rule.routes !== null && !rule.routes.has(request.route)) {
    return { ok: true, checked: false, why: 'Nothing is signed on this route.' };
  }
  const sets = secretSets(rule, secrets);
  if (sets.length === 0) return { ok: false, status: FORBIDDEN, reason: missingSecrets(rule) };
  const where = whereOf(request);
  const stamp = 'timestamp' in rule && rule.timestamp !== null ? rule.timestamp : null;
  const texts = presentedTexts(rule, where);
  if (texts.length === 0) {
    return {
      ok: false,
      status: UNAUTHORISED,
      reason: `It is not signed: nothing stands at ${placeOf(rule)}.`,
    };
  }
  const age = stamp === null ? undefined : ageFault(stamp, where, request.receivedAt);
  if (age !== undefined) return { ok: false, status: FORBIDDEN, reason: age };
  const presented = { texts, where, stamp: stamp === null ? '' : textAt(stamp.at, where) };
  const fits = sets.some((set) => fitsBy(rule, request, { presented, secret: (name) => set[name] ?? '' }));
  if (fits) return { ok: true, checked: true };
  return {
    ok: false,
    status: FORBIDDEN,
    reason: `Its signature at ${placeOf(rule)} is not of a secret that is kept here.`,
  };
}

/** Whether there is what the rule is checked with. */
export function keepsSecrets(rule: ReadySignature, secrets: Secrets): boolean {
  return secretSets(rule, secrets).length > 0;
}

export function missingSecrets({ secrets }: ReadySignature): string {
  return `There is no ${secrets.join(' and no ')} here to check its signature with.`;
}

function whereOf(request: SignedRequest): Where {
  const reading = readMessages(request);
  const message = reading.ok ? reading.messages[0] : undefined;
  return { item: message, message, beside: new Beside(request, request.addresses) };
}

/** Every way to take one of each name, of those that are a key. */
function secretSets(rule: ReadySignature, secrets: Secrets): Readonly<Record<string, string>>[] {
  const writtenIn = rule.kind === 'hmac' ? rule.secretIs : 'text';
  let sets: Record<string, string>[] = [{}];
  for (const name of rule.secrets) {
    const kept = Object.hasOwn(secrets, name) ? (secrets[name] ?? []) : [];
    const own = kept.filter((secret) => keyOf(secret, writtenIn) !== undefined);
    sets = sets.flatMap((set) => own.map((secret) => ({ ...set, [name]: secret })));
  }
  return sets;
}

function ageFault(
  { at, unit, maxAgeSeconds }: ReadyStamp,
  where: Where,
  receivedAt: number,
): string | undefined {
  const number = finiteNumber(textAt(at, where));
  if (number === null) return `It does not say at ${at.written} when it was signed.`;
  const ms = unit === 's' ? number * MILLI : number;
  const off = Math.abs(receivedAt - ms) / MILLI;
  if (off <= maxAgeSeconds) return undefined;
  return `It was signed ${String(Math.round(off))} seconds from now, and ${String(maxAgeSeconds)} are allowed.`;
}

function placeOf(rule: ReadySignature): string {
  return rule.kind === 'basic' ? '@header.authorization' : rule.at.written;
}

function presentedTexts(rule: ReadySignature, where: Where): string[] {
  const at: ReadyPath =
    rule.kind === 'basic'
      ? { root: 'header', names: ['authorization'], written: '@header.authorization' }
      : rule.at;
  const text = textAt(at, where).trim();
  if (text === '') return [];
  if (rule.kind === 'token' || rule.kind === 'basic') return [text];
  const prefix = 'prefix' in rule ? rule.prefix : '';
  return text
    .split(/[,\s]+/, MOST_PRESENTED)
    .filter((one) => one.startsWith(prefix))
    .map((one) => one.slice(prefix.length));
}

function fitsBy(
  rule: ReadySignature,
  request: SignedRequest,
  { presented, secret }: { presented: Presented; secret: (name: string) => string },
): boolean {
  const [name = 'secret'] = rule.secrets;
  const { texts } = presented;
  switch (rule.kind) {
    case 'token':
      return texts.some((text) => sameText(text, rule.prefix + secret(name)));
    case 'basic':
      return texts.some((text) => sameText(text, `Basic ${Buffer.from(secret(name)).toString('base64')}`));
    case 'hmac': {
      const key = keyOf(secret(name), rule.secretIs);
      if (key === undefined) return false;
      return signedBytes(rule.of, presented, request).some((bytes) => {
        const digest = createHmac(rule.hash, key).update(bytes).digest();
        return texts.some((text) => sameBytes(Buffer.from(text, rule.encoding), digest));
      });
    }
    case 'twilio':
      return twilioSignature(request, secret(name)).some((digest) =>
        texts.some((text) => sameBytes(Buffer.from(text, 'base64'), digest)),
      );
    case 'hash':
      return signedBytes(rule.of, presented, request, secret).some((bytes) => {
        const digest = createHash(rule.hash).update(bytes).digest();
        return texts.some((text) => sameBytes(Buffer.from(text, rule.encoding), digest));
      });
    case 'publicKey': {
      const key = readPublicKey(secret(name), rule.algorithm);
      if (key === undefined) return false;
      return signedBytes(rule.of, presented, request).some((bytes) =>
        texts.some((text) =>
          verifiesBy(rule.algorithm, { bytes, key, signature: Buffer.from(text, rule.encoding) }),
        ),
      );
    }
  }
}

/** What may have been signed, for each address that it may have been sent to. The body is byte for byte, whatever stands around it. */
function signedBytes(
  template: ReadyTemplate,
  { where, stamp }: Presented,
  request: SignedRequest,
  secret: (name: string) => string = () => '',
): Buffer[] {
  const isOverUrl = template.some((part) => part.kind === 'word' && part.word === 'url');
  return (isOverUrl ? request.addresses : ['']).map((url) => {
    const words: Readonly<Record<string, string>> = { timestamp: stamp, url };
    const fillings = {
      word: (name: string) => words[name] ?? '',
      secret,
      path: (path: ReadyPath) => textAt(path, where),
    };
    return Buffer.concat(
      template.map((part) =>
        part.kind === 'word' && part.word === 'body'
          ? Buffer.from(request.body)
          : Buffer.from(fillTemplate([part], fillings)),
      ),
    );
  });
}

function sameText(a: string, b: string): boolean {
  return sameBytes(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.length > 0 && timingSafeEqual(a, b);
}
