/** What a mapping makes of a sample, for whoever writes it. Nothing is kept. */
import type { LegReport } from '#domain';
import type { FullReply, Reply, Secrets, SignedRequest, Verification } from '../dialect.js';
import { SENDER_HEADER } from '../sender-header.js';
import { answerByMapping } from './answer-by-mapping.js';
import type { Found } from './item-reader.js';
import { readByMapping } from './read-by-mapping.js';
import type { ReadyMapping } from './ready-mapping.js';
import { shakeHands } from './shake-hands.js';
import { checkSignature, keepsSecrets, missingSecrets } from './signature/check-signature.js';

export interface MappingTrial {
  signature: Verification;
  /** The answer to a handshake, where the sample is one: then nothing else of it is looked at. */
  handshake: FullReply | null;
  /** Names of the kinds that its messages are of, in their order; null for one that is of none. */
  shapes: readonly (string | null)[];
  /** Why it cannot be read; null where it can. */
  reason: string | null;
  /** Of messages in a list that cannot be read, while others can. */
  problems: readonly string[];
  legs: readonly { report: LegReport; found: readonly Found[] }[];
  reply: Reply;
}

const UNSIGNED: Verification = { ok: true, checked: false, why: 'The mapping asks for no signature.' };

export function tryMapping(mapping: ReadyMapping, request: SignedRequest, secrets: Secrets): MappingTrial {
  const signature = judged(mapping.signature, request, secrets);
  const handshake = shakeHands(mapping, request, secrets) ?? null;
  const nothing = { signature, handshake, shapes: [], reason: null, problems: [], legs: [] };
  if (handshake !== null) return { ...nothing, reply: handshake };
  const shapes: (string | null)[] = [];
  const legs: { report: LegReport; found: readonly Found[] }[] = [];
  const sender = signature.ok && signature.checked ? 'proved' : 'unproved';
  const kept = { ...request, headers: { ...request.headers, [SENDER_HEADER]: sender } };
  const reading = readByMapping(kept, mapping, {
    shape: (name) => shapes.push(name),
    leg: (told) => legs.push(told),
  });
  const reason = reading.ok ? null : reading.reason;
  // Reports, and so legs, are made when they are looked at.
  const told = reading.ok ? reading.reports.length : 0;
  const problems = reading.ok ? (reading.problems ?? []).map((problem) => problem.reason) : [];
  const to = { route: request.route, format: reading.format, settings: {}, asked: request };
  const verdict = !signature.ok
    ? ({ kind: 'refused', reason: signature.reason } as const)
    : reading.ok
      ? ({ kind: 'accepted' } as const)
      : ({ kind: 'unreadable', reason: reading.reason } as const);
  return {
    ...nothing,
    shapes,
    reason,
    problems,
    legs: legs.slice(0, told),
    reply: answerByMapping(verdict, to, mapping),
  };
}

/** While there is no secret nothing is judged, so that a mapping can be tried without one. */
function judged(rule: ReadyMapping['signature'], request: SignedRequest, secrets: Secrets): Verification {
  if (rule === null) return UNSIGNED;
  if (!keepsSecrets(rule, secrets)) return { ok: true, checked: false, why: missingSecrets(rule) };
  return checkSignature(rule, request, secrets);
}
