import type { Direction } from '#domain';
import type { FieldReader } from '../content/field-reader.js';
import { text } from '../content/scalars.js';
import { squeezed } from '../content/squeezed.js';
import type { EventKind, Side } from './event-kinds.js';
import type { FieldName } from './fields.js';

export interface EndsOfCall {
  direction: Direction;
  /** The extension that the event is about. */
  extension: string | null;
  /** The field that the extension came in. */
  extensionField: FieldName | null;
}

const SIDE_OF_WORD = new Map<string, Side>([
  ['in', 'in'],
  ['incoming', 'in'],
  ['inbound', 'in'],
  ['out', 'out'],
  ['outgoing', 'out'],
  ['outbound', 'out'],
]);

/** An extended number, organisation and extension: `0003*210`. Feature codes such as `*72` begin with the asterisk. */
const EXTENDED = /^\w{3,8}\*\w{2,8}$/;

/**
 * `CallFlow` says whether the event's extension received the call or made it; where it is missing, the kind of event does,
 * then the extensions. A call between two extensions is internal, whichever of them the event is about. A short number
 * (`001`) alone proves nothing: emergency numbers look like it.
 */
export function endsOfCall(read: FieldReader<FieldName>, kind: EventKind): EndsOfCall {
  const caller = read.extension('callerExtension');
  const called = read.extension('calledExtension');
  const flow = SIDE_OF_WORD.get(squeezed(read.word('callFlow')));
  const side = flow ?? kind.side ?? (caller !== null && called === null ? 'out' : 'in');
  const fields: FieldName[] =
    side === 'in' ? ['calledExtension', 'callerExtension'] : ['callerExtension', 'calledExtension'];
  const extensionField = fields.find((field) => read.extension(field) !== null) ?? null;
  const internal =
    (caller !== null || isExtended(read.value('callerNumber'))) &&
    (called !== null || isExtended(read.value('calledNumber')));
  return {
    direction: internal ? 'internal' : side === 'in' ? 'inbound' : 'outbound',
    extension: extensionField === null ? null : read.extension(extensionField),
    extensionField,
  };
}

function isExtended(value: unknown): boolean {
  return EXTENDED.test(text(value) ?? '');
}
