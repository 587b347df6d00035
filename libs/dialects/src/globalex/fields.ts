import { spellingsOf } from '../content/known-fields.js';
import { text } from '../content/scalars.js';

/**
 * The parameters of both of the vendor's alerts by our names (seed 004, design "Dialects" trap 6). Spellings are squeezed.
 * What is not listed (`domain`, `domain_name`) is kept as it came.
 */
export const SPELLINGS = spellingsOf({
  callId: ['ivruniqueid', 'ivruniqeid', 'callid'],
  caller: ['caller'],
  target: ['target'],
  extension: ['ext'],
  time: ['time'],
  duration: ['duration'],
  type: ['type'],
  status: ['status'],
  callerExtension: ['callerextension', 'callerextention'],
  targetExtension: ['targetextension', 'targetextention'],
  did: ['did'],
  queueId: ['queueid', 'queuid'],
  queueName: ['queuename'],
  record: ['record'],
  dialTime: ['dialtime'],
});

export type FieldName = typeof SPELLINGS extends ReadonlyMap<string, infer Name> ? Name : never;

/** A call can have more recordings than one. */
export const LISTS: ReadonlySet<FieldName> = new Set(['record']);

const PLACEHOLDER = /^\{\w*\}$/;

/** The tenant configures a URL with `{callid}` and the like in it: what the PBX does not know it leaves as it is. */
export function isPlaceholder(value: unknown): boolean {
  return PLACEHOLDER.test(text(value) ?? '');
}
