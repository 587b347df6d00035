import { spellingsOf } from '../content/known-fields.js';

/**
 * The parameters of a call event (seed 001, "Extra Parameters") by our names. Spellings are squeezed; `CallerIDNam` is how
 * the vendor's knowledge base writes it. `kind` is ours: it stands in the URL that the tenant configured.
 */
export const SPELLINGS = spellingsOf({
  callId: ['callid'],
  callApiId: ['callapiid'],
  callerNumber: ['calleridnum'],
  callerName: ['calleridname', 'calleridnam'],
  calledDid: ['calleddid'],
  calledExtension: ['calledextension'],
  callStatus: ['callstatus'],
  callFlow: ['callflow'],
  callerExtension: ['callerextension'],
  calledNumber: ['callednumber'],
  kind: ['kind'],
});

export type FieldName = typeof SPELLINGS extends ReadonlyMap<string, infer Name> ? Name : never;
