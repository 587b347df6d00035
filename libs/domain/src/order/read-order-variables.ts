import { readDocument, type DialProblem } from '../dialling/read-document.js';
import { orderVariables } from './order-variables-shape.js';

/** Reads what is to be told with a call. Never throws. */
export function readOrderVariables(
  document: unknown,
): { variables: Record<string, string> } | { problems: DialProblem[] } {
  const reading = readDocument(orderVariables, document);
  return 'read' in reading ? { variables: reading.read } : reading;
}
