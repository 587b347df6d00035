export * from './campaign-state.js';
export * from './lead-state.js';
export * from './dial-rules.js';
export * from './dial-question.js';
export type * from './dial-pack.js';
export * from './retry-policy.js';
export type * from './next-try.js';
export * from './caller-id-of.js';
