import type { DialRules } from './dial-rules.js';
import { dialRules } from './dial-rules-shape.js';
import { readDocument, type DialProblem } from './read-document.js';

/**
 * Reads a campaign's rules that somebody wrote or that were stored. What is left out has its default, so the rules of rules are
 * themselves; null leaves a limit open. Never throws.
 */
export function readDialRules(document: unknown): { rules: DialRules } | { problems: DialProblem[] } {
  const reading = readDocument(dialRules, document);
  return 'read' in reading ? { rules: reading.read } : reading;
}
