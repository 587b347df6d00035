export * from './contract.js';
export * from './queue-backend.js';
export * from './ringer.js';
export * from './slice.js';
export * from './drain-loop.js';
export * from './sweeper.js';
export * from './queues.module.js';
export * from './mailbox-worker.js';
