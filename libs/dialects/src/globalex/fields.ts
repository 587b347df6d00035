import { spellingsOf } from '../content/known-fields.js';
import type { FieldShapes } from '../content/known-fields.js';

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
export const SHAPES: FieldShapes<FieldName> = {
  structured: new Set(['record']),
  lists: new Set(['record']),
};
