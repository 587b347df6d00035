import type { Instant } from '#domain';
import { dialectNamed } from '#dialects';
import {
  SCENARIO_SHARES,
  callsFromNow,
  customerNumber,
  makeOffice,
  seededRandom,
  type CallToPlay,
  type Vendor,
} from '../simulator/index.js';
import type { DemoTenant } from './demo-stage.js';

/** A call of two minutes takes a third of a second. */
export const DEMO_SPEED = 400;
/** The CRM that fails twice gets this one of the calls. */
const STORMY_CALL = 3;
const SECOND_MS = 1_000;

/**
 * All kinds of calls, but what a vendor tells by a single message that is held off for more: the demo would seem to sleep. A
 * customer who is handed on is such a call in Voicenter's CDRs.
 */
const SHARES: Readonly<Partial<Record<Vendor, typeof SCENARIO_SHARES>>> = {
  voicenter: { ...SCENARIO_SHARES, attendedTransfer: 0, blindTransfer: 0 },
};

/** The calls of the demo, to each PBX in turn. */
export function* demoCalls(
  { steady, stormy }: { steady: DemoTenant; stormy: DemoTenant },
  { calls, rate, now }: { calls: number; rate: number; now: () => Instant },
): Generator<CallToPlay & { tenant: DemoTenant }> {
  const random = seededRandom(Math.floor(now() / SECOND_MS));
  const sites = [...steady.ingress].map(([vendor, baseUrl]) => ({
    vendor,
    baseUrl,
    routes: dialectNamed(vendor)?.routes ?? [],
    shares: SHARES[vendor] ?? SCENARIO_SHARES,
  }));
  const office = makeOffice(random, customerNumber);
  const gapMs = (SECOND_MS / rate) * DEMO_SPEED;
  let number = 0;
  for (const next of callsFromNow({ office, sites, calls, random, gapMs, speed: DEMO_SPEED, now })) {
    number += 1;
    const elsewhere = number === STORMY_CALL ? stormy.ingress.get(next.call.vendor) : undefined;
    yield elsewhere === undefined
      ? { ...next, tenant: steady }
      : { ...next, baseUrl: elsewhere, tenant: stormy };
  }
}
