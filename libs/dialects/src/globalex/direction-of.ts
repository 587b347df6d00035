import type { Direction } from '#domain';
import type { FieldReader } from '../content/field-reader.js';
import { squeezed } from '../content/squeezed.js';
import type { FieldName } from './fields.js';

const DIRECTION_OF_WORD = new Map<string, Direction>([
  ['incoming', 'inbound'],
  ['inbound', 'inbound'],
  ['outgoing', 'outbound'],
  ['outbound', 'outbound'],
  ['internal', 'internal'],
]);

/**
 * The vendor knows `Incoming` and `Outgoing` only: one extension calling another is outgoing, without a number of ours
 * having been called. Where the type says nothing, the extensions do.
 */
export function directionOf(read: FieldReader<FieldName>): Direction {
  const said = DIRECTION_OF_WORD.get(squeezed(read.word('type')));
  if (said === 'inbound' || said === 'internal') return said;
  const fromExtension = read.extension('callerExtension') !== null;
  const toExtension = read.extension('targetExtension') !== null;
  if (fromExtension && toExtension && read.text('did') === null) return 'internal';
  return said ?? (fromExtension ? 'outbound' : 'inbound');
}
