import type { IvrQuestion } from './ivr.js';

/**
 * The question as a tenant's server is asked it in our own JSON: every member is there, null for what is not known and an
 * empty `customData` where the PBX remembers nothing of the call. Members that only its vendor has a word for are left out.
 */
export function ownIvrQuestion(question: IvrQuestion): unknown {
  const { kind, asks, vendorCallId, from, fromName, did, menu, previousMenu, digits } = question;
  const { customData = {} } = question;
  return { kind, asks, vendorCallId, from, fromName, did, menu, previousMenu, digits, customData };
}
