export type * from './driver.js';
export type * from './feed.js';
export { CAPABILITIES } from './driver.js';
export { DRIVERS, driverOf } from './registry.js';
