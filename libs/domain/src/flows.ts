/** What the console's editor of IVR flows runs in the page: an entry of its own, since the other one brings the data of all phone numbers. */
export * from './ids.js';
export * from './document/problem.js';
export * from './ivr/ivr.js';
export * from './ivr/ivr-flow.js';
export * from './ivr/flow-place.js';
export * from './ivr/is-open.js';
export * from './ivr/read-ivr-flow.js';
export * from './ivr/walk-flow.js';
export * from './ivr/dry-run-flow.js';
export { fromEpoch } from './time/wall-clock.js';
