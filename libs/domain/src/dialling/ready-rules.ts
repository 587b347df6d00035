import type { DialRules } from './dial-rules.js';
import { effectiveRules, type EffectiveRules } from './effective-rules.js';
import { numberList, type NumberList } from './number-list.js';
import { openHours, type OpenHours } from './open-hours.js';

/** A campaign's rules with its packs laid over them, made ready to be asked about many leads. */
export interface ReadyRules {
  limits: EffectiveRules;
  /** The calling hours whatever the date, and without holidays. */
  everyWeek: OpenHours;
  hours: OpenHours;
  never: NumberList;
}

const ready = new WeakMap<DialRules, ReadyRules>();

/** Worked out once for each object. */
export function readyRules(rules: DialRules): ReadyRules {
  const known = ready.get(rules);
  if (known !== undefined) return known;
  const limits = effectiveRules(rules);
  const made = {
    limits,
    everyWeek: openHours(limits.windows, []),
    hours: openHours(limits.windows, limits.holidays),
    never: numberList(limits.neverDial),
  };
  ready.set(rules, made);
  return made;
}
