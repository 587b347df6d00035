export type * from './driver.js';
export type * from './feed.js';
export type * from './socket-ask.js';
export { CAPABILITIES } from './driver.js';
export { DRIVERS, driverOf } from './registry.js';
export { commandedPbx, type CommandedPbx } from './commanded-pbx.js';
export { OFFLINE_CODE, sendOrder, type OrderAnswer } from './send-order.js';
export { capabilityFor } from './capability-for.js';
