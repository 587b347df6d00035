export type * from './driver.js';
export { CAPABILITIES } from './driver.js';
export { DRIVERS, driverOf } from './registry.js';
