import { readDocument, type DialProblem } from './read-document.js';
import type { RetryPolicy } from './retry-policy.js';
import { retryPolicy } from './retry-policy-shape.js';

/**
 * Reads a retry policy that somebody wrote or that was stored. With a table of results, those that it does not name are final;
 * without one the usual table holds. Never throws.
 */
export function readRetryPolicy(document: unknown): { policy: RetryPolicy } | { problems: DialProblem[] } {
  const reading = readDocument(retryPolicy, document);
  return 'read' in reading ? { policy: reading.read } : reading;
}
