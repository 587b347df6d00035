/** The rules of dialling. Source: design "Dialer". */
export * from './campaign-state.js';
export * from './lead-state.js';
export * from './dial-rules.js';
export * from './dial-question.js';
export type * from './dial-pack.js';
export { dialPacks } from './dial-packs.js';
export * from './effective-rules.js';
export * from './may-dial.js';
export * from './zones-of.js';
export * from './open-hours.js';
export * from './window.js';
export * from './number-list.js';
export type { DialProblem } from './read-document.js';
export * from './read-dial-rules.js';
export * from './retry-policy.js';
export * from './read-retry-policy.js';
export * from './next-try.js';
export * from './caller-id-of.js';
