export * from './pacing.js';
export * from './pacing-memory.js';
export { LEAST_ABANDON_TARGET, MOST_ABANDON_TARGET, MOST_COEFFICIENT } from './pacing-limits.js';
export * from './learn-pacing.js';
export * from './plan-calls.js';
export * from './share-out.js';
export * from './whole-shares.js';
