import { digits, seededRandom } from '../pbx/random.js';
import type { WallTime } from '../pbx/local-clock.js';
import type { Vendor } from '../voices/voice.js';
import { asteriskApi } from './asterisk/asterisk-api.js';
import { globalexApi } from './globalex/globalex-api.js';
import type { VendorApi } from './vendor-api.js';
import { voicenterApi } from './voicenter/voicenter-api.js';
import { voipnowApi } from './voipnow/voipnow-api.js';

export interface PlayedApi {
  /** A fresh one: what it remembers beside the calls is its own. */
  open: () => VendorApi;
  /** What it calls its next call. */
  newCallId: (wall: WallTime, count: number) => string;
}

/** Every request API that can be played, one line each. */
const APIS: Readonly<Partial<Record<Vendor, PlayedApi>>> = {
  voicenter: { open: voicenterApi, newCallId: (wall, count) => wall.digits + drawn(count, 18) },
  voipnow: { open: voipnowApi, newCallId: (_, count) => drawn(count, 20) },
  globalex: {
    open: globalexApi,
    newCallId: (wall, count) => `${String(wall.epochSeconds)}.${drawn(count, 8)}`,
  },
  // Whoever orders gives the id.
  asterisk: { open: asteriskApi, newCallId: (_, count) => `order-${drawn(count, 16)}` },
};

export const API_VENDORS = Object.keys(APIS) as Vendor[];

/** @throws RangeError for a vendor whose API is not played */
export function playedApi(vendor: Vendor): PlayedApi {
  const api = APIS[vendor];
  if (api === undefined)
    throw new RangeError(`The API of ${vendor} is not played: ${API_VENDORS.join(', ')}.`);
  return api;
}

function drawn(count: number, length: number): string {
  return digits(seededRandom(count + 1), length);
}
