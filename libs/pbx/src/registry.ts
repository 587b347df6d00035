import { asteriskDriver } from './asterisk/asterisk.js';
import type { PbxDriver } from './driver.js';
import { globalexDriver } from './globalex/globalex.js';
import { voicenterDriver } from './voicenter/voicenter.js';
import { voipnowDriver } from './voipnow/voipnow.js';

/** Every driver, one line each. */
export const DRIVERS: readonly PbxDriver[] = [
  voicenterDriver, //
  voipnowDriver,
  globalexDriver,
  asteriskDriver,
];

const byVendor = new Map(DRIVERS.map((driver) => [driver.vendor, driver]));

/** Undefined for a vendor whose PBXs cannot be commanded. */
export function driverOf(vendor: string): PbxDriver | undefined {
  return byVendor.get(vendor);
}
