/** Which calls are played when: one after another from now on, or as they fall on a day. Pure: time and chance are passed in. */
import { instant, type Instant } from '#domain';
import { dayStarts } from '../pbx/call-day.js';
import { localClock } from '../pbx/local-clock.js';
import type { Office } from '../pbx/office.js';
import { pick, weighted, type Random } from '../pbx/random.js';
import { Cast } from '../scenarios/cast.js';
import { SCENARIO_SHARES, scenarioScript, type ScenarioName } from '../scenarios/registry.js';
import { planCall } from '../voices/registry.js';
import type { PlannedCall, Vendor } from '../voices/voice.js';
import type { CallToPlay } from './call-player.js';

/** A connection that calls are played to. */
export interface Site {
  vendor: Vendor;
  /** Its ingress URL without the route and without a slash at the end. */
  baseUrl: string;
  /** The routes that its PBX was told. */
  routes: readonly string[];
  /** How often each scenario is played; a mixed day unless it is said. */
  shares?: Readonly<Partial<Record<ScenarioName, number>>>;
}

export interface CallsOptions {
  office: Office;
  sites: readonly Site[];
  calls: number;
  random: Random;
}

/** The shares of one scenario alone, or of a mixed day. */
export function sharesOf(scenario: ScenarioName | 'mixed'): Partial<Record<ScenarioName, number>> {
  return scenario === 'mixed' ? SCENARIO_SHARES : { [scenario]: 1 };
}

/**
 * One call after another, to each site in turn. By the PBX's clock a call is over when its last message is sent, however fast
 * it is played.
 *
 * @param gapMs  between the starts of two calls, in the PBX's time
 * @param speed  how much faster than life they will be played
 */
export function* callsFromNow(
  options: CallsOptions & { gapMs: number; speed: number; now: () => Instant },
): Generator<CallToPlay> {
  const { sites, calls, random, gapMs, speed, now } = options;
  const begun = now();
  for (let number = 0; number < calls; number += 1) {
    const site = sites[number % sites.length] ?? pick(random, sites);
    const plan = planner(options, site);
    const startsMs = number * gapMs;
    const playedFrom = begun + startsMs / speed;
    // How long it lasts does not depend on when it starts.
    const lastsMs = plan(now()).messages.at(-1)?.atMs ?? 0;
    const call = plan(instant(Math.round(playedFrom + lastsMs / speed - lastsMs)));
    yield { call, baseUrl: site.baseUrl, startsMs };
  }
}

/** The calls of one day in the order of their starts, most of them in the opening hours; the play begins with the first. */
export function* callsOfDay(options: CallsOptions & { from: Instant }): Generator<CallToPlay> {
  const { office, sites, calls, random, from } = options;
  const startIn = dayStarts(office, from);
  const starts = Array.from({ length: calls }, () => startIn(random)).sort((one, other) => one - other);
  for (const startedAt of starts) {
    const site = pick(random, sites);
    const call = planner(options, site)(startedAt);
    yield { call, baseUrl: site.baseUrl, startsMs: startedAt - (starts[0] ?? startedAt) };
  }
}

/** @returns a call that is the same for whichever start */
function planner(
  { office, random }: CallsOptions,
  { vendor, routes, shares = SCENARIO_SHARES }: Site,
): (startedAt: Instant) => PlannedCall {
  const scenario = weighted(random, shares as Record<ScenarioName, number>);
  const script = scenarioScript(scenario, new Cast(office, random));
  const wall = localClock(office.timeZone);
  const seed = Math.floor(random() * 2 ** 32);
  return (startedAt) => planCall(vendor, script, { startedAt, wall, seed, routes });
}
