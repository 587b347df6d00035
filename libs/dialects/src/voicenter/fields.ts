/**
 * The fields of Voicenter's CDR that we read, with every spelling that was seen.
 *
 * Source: seed section 4 "CDR request parameters", the vendor's samples, design "Dialects". Spellings are compared in
 * lower case with everything but letters and digits removed, so `OriginalIvrUniqueID`, `OriginalivrUniqueID` and the seed's
 * `ivrunique-id` need no line of their own. What is not listed (`target_country`, `callerextension_name`, the dialer's own
 * `CallID`, ...) is not understood and stays in `raw`.
 */
import { spellingsOf, type FieldShapes } from '../content/known-fields.js';

const SPELLINGS = {
  callId: ['ivruniqueid', 'ivrid'],
  caller: ['caller'],
  target: ['target'],
  time: ['time'],
  duration: ['duration'],
  type: ['type'],
  status: ['status'],
  targetExtension: ['targetextension', 'targetextention'],
  callerExtension: ['callerextension', 'callerextention'],
  did: ['did'],
  queueId: ['queueid'],
  queueName: ['queuename'],
  record: ['record'],
  price: ['price'],
  dialTime: ['dialtime'],
  agentName: ['representativename'],
  agentCode: ['representativecode'],
  queueSeconds: ['secondswaitinginqueue'],
  originalCallId: ['originalivruniqueid'],
  departmentId: ['departmentid'],
  departmentName: ['departmentname'],
  ivr: ['ivr'],
  customData: ['customdata'],
  ai: ['aidata'],
  direction: ['direction'],
  extensionUser: ['extenuser'],
  actualDuration: ['actualcallduration'],
  actualDialTime: ['actualcalldialtime'],
} as const satisfies Record<string, readonly string[]>;

export type FieldName = keyof typeof SPELLINGS;

export const CDR_SPELLINGS = spellingsOf<FieldName>(SPELLINGS);

/** A form has no other way to hold a list than to repeat a name. */
export const CDR_SHAPES: FieldShapes<FieldName> = {
  structured: new Set(['ivr', 'customData', 'ai', 'record']),
  lists: new Set(['record', 'ivr', 'customData']),
};
