export * from './pacing.js';
export * from './pacing-memory.js';
export * from './learn-pacing.js';
export * from './plan-calls.js';
export * from './share-out.js';
