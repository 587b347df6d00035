import type { ProofCover } from '../../dialect.js';
import type { PathRoot, ReadySignature, ReadyTemplate } from '../ready-mapping.js';

const ALL: ProofCover = { url: true, surplus: true };
/** Of a message, wherever it stands. */
const OF_MESSAGE: ReadonlySet<PathRoot> = new Set<PathRoot>(['item', 'message', 'query', 'url']);

/** What a proof by this rule is over. Whoever tells the secret itself is believed in all he says. */
export function proofCovers(rule: ReadySignature | null): ProofCover {
  if (rule === null || rule.kind === 'token' || rule.kind === 'basic') return ALL;
  return { url: rule.kind === 'twilio' || hasUrl(rule.of), surplus: false };
}

/**
 * Whether a message may stand in the URL where the body says nothing. Not where all that is signed is the body: then whoever knows
 * one signature of a body without a message could write what he likes into the URL.
 */
export function mayBeInUrl(rule: ReadySignature | null): boolean {
  if (proofCovers(rule).url) return true;
  const template = rule !== null && 'of' in rule ? rule.of : [];
  return template.some((part) => part.kind === 'path' && OF_MESSAGE.has(part.path.root));
}

function hasUrl(template: ReadyTemplate): boolean {
  return template.some(
    (part) =>
      (part.kind === 'word' && part.word === 'url') || (part.kind === 'path' && part.path.root === 'url'),
  );
}
