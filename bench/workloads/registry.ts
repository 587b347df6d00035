import { activeCalls } from './active-calls.js';
import { click2call } from './click2call.js';
import { consoleLists } from './console.js';
import { dead } from './dead.js';
import { growth } from './growth.js';
import { ivr } from './ivr.js';
import { kill } from './kill.js';
import { live } from './live.js';
import { popup } from './popup.js';
import { vendorLive } from './vendor-live.js';
import { w1 } from './w1.js';
import { w2 } from './w2.js';
import { w3 } from './w3.js';
import { w4 } from './w4.js';
import { w8 } from './w8.js';
import { wallboard } from './wallboard.js';
import type { Workload } from './workload.js';

/** Every workload, one line each. */
export const WORKLOADS: readonly Workload[] = [
  w1,
  w2,
  w3,
  w4,
  w8,
  dead,
  kill,
  growth,
  popup,
  ivr,
  live,
  click2call,
  vendorLive,
  activeCalls,
  consoleLists,
  wallboard,
];

/** @throws RangeError that names those there are */
export function workloadNamed(name: string): Workload {
  const found = WORKLOADS.find((workload) => workload.name === name.toUpperCase());
  if (found) return found;
  throw new RangeError(
    `There is no workload "${name}": say ${WORKLOADS.map((one) => one.name).join(' or ')}.`,
  );
}
