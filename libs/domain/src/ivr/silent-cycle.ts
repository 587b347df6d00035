import type { IvrFlow, IvrFlowMenu, IvrFlowStep } from './ivr-flow.js';

/**
 * A menu from which a caller who presses nothing comes back to it without a word having been played on the way: the PBX
 * would ask us for ever and the caller hear silence. Undefined when there is none. Keys do not count, since only a caller
 * who is there presses them.
 */
export function silentCycle(flow: IvrFlow): string | undefined {
  const done = new Set<string>();
  return Object.keys(flow.menus).find((menu) => comesBack(flow, menu, { done, onTheWay: new Set() }));
}

interface Seen {
  /** Menus that are known to lead out. */
  done: Set<string>;
  onTheWay: Set<string>;
}

function comesBack(flow: IvrFlow, name: string, seen: Seen): boolean {
  if (seen.onTheWay.has(name)) return true;
  const menu = flow.menus[name];
  if (seen.done.has(name) || menu === undefined || isHeard(menu)) return false;
  seen.onTheWay.add(name);
  const found = silentTargets(unattended(menu)).some((target) => comesBack(flow, target, seen));
  seen.onTheWay.delete(name);
  if (!found) seen.done.add(name);
  return found;
}

function isHeard(menu: IvrFlowMenu): boolean {
  const repeats = menu.digits['none'] === undefined && menu.invalid.retries > 0;
  return menu.prompts.length > 0 || (repeats && menu.invalid.prompts.length > 0);
}

/** What happens when nothing is pressed, time and again. */
function unattended(menu: IvrFlowMenu): IvrFlowStep {
  return menu.digits['none'] ?? menu.invalid.then;
}

/** Menus that the step may lead to before the caller has heard anything. */
function silentTargets(step: IvrFlowStep | null): string[] {
  switch (step?.do) {
    case 'menu':
      return [step.menu];
    case 'when':
      return [...silentTargets(step.open), ...silentTargets(step.closed)];
    case 'dial':
      return step.callerRecording === null ? silentTargets(step.ifFailed) : [];
    default:
      return [];
  }
}
