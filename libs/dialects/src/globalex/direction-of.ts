import type { Direction } from '#domain';
import type { KnownFields } from '../content/known-fields.js';
import { rawText } from '../content/scalars.js';
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
export function directionOf(known: KnownFields<FieldName>): Direction {
  const said = DIRECTION_OF_WORD.get(squeezed(rawText(known.type?.value)));
  if (said === 'inbound' || said === 'internal') return said;
  const fromExtension = known.callerExtension !== undefined;
  if (fromExtension && known.targetExtension !== undefined && known.did === undefined) return 'internal';
  return said ?? (fromExtension ? 'outbound' : 'inbound');
}
