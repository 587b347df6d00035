import type { IvrQuestion } from './ivr.js';

/** The question as a tenant's server is asked it in our own JSON: every member is there, null for what is not known. */
export function ownIvrQuestion(question: IvrQuestion): unknown {
  const { kind, asks, vendorCallId, from, fromName, did, menu, previousMenu, digits } = question;
  return { kind, asks, vendorCallId, from, fromName, did, menu, previousMenu, digits };
}
