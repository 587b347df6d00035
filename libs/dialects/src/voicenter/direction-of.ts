import type { Direction } from '#domain';
import type { CallType } from './call-types.js';
import { squeezed } from './fields.js';
import type { KnownFields } from './fields.js';
import { isBlank, rawText } from '../content/scalars.js';

const DIRECTION_OF_WORD = new Map<string, Direction>([
  ['incoming', 'inbound'],
  ['inbound', 'inbound'],
  ['outgoing', 'outbound'],
  ['outbound', 'outbound'],
  ['internal', 'internal'],
]);

/** The vendor's own word for a direction; undefined for any other. */
export function directionNamed(word: string): Direction | undefined {
  return DIRECTION_OF_WORD.get(squeezed(word));
}

/**
 * Fixed types know best, then the vendor's own `direction`, then the extensions: one extension calling another without a
 * DID is an internal call, whatever its type (`Extension Outgoing`) says.
 */
export function directionOf(type: CallType, known: KnownFields): Direction {
  if (type.fixed === true && type.direction !== null) return type.direction;
  const said = directionNamed(rawText(known.direction?.value));
  if (said !== undefined) return said;
  const fromExtension = !isBlank(known.callerExtension?.value);
  if (fromExtension && !isBlank(known.targetExtension?.value) && isBlank(known.did?.value)) return 'internal';
  return type.direction ?? (fromExtension ? 'outbound' : 'inbound');
}
