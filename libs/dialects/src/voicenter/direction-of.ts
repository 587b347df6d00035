import type { Direction } from '#domain';
import type { FieldReader } from '../content/field-reader.js';
import { rawText } from '../content/scalars.js';
import { squeezed } from '../content/squeezed.js';
import type { CallType } from './call-types.js';
import type { FieldName } from './fields.js';

const DIRECTION_OF_WORD = new Map<string, Direction>([
  ['incoming', 'inbound'],
  ['inbound', 'inbound'],
  ['outgoing', 'outbound'],
  ['outbound', 'outbound'],
  ['internal', 'internal'],
]);

/** The vendor's own word for a direction; null for any other. */
export function directionNamed(word: unknown): Direction | null {
  return DIRECTION_OF_WORD.get(squeezed(rawText(word))) ?? null;
}

/**
 * Fixed types know best, then the vendor's own `direction`, then the extensions: one extension calling another without a
 * DID is an internal call, whatever its type (`Extension Outgoing`) says.
 */
export function directionOf(type: CallType, read: FieldReader<FieldName>): Direction {
  const said = read.readBy('direction', directionNamed);
  if (type.fixed === true && type.direction !== null) return type.direction;
  if (said !== null) return said;
  const fromExtension = read.extension('callerExtension') !== null;
  const toExtension = read.extension('targetExtension') !== null;
  if (fromExtension && toExtension && read.text('did') === null) return 'internal';
  return type.direction ?? (fromExtension ? 'outbound' : 'inbound');
}
