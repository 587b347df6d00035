/**
 * Where a caller is in a flow, as the name of a menu.
 *
 * We keep nothing about a caller between two questions; what a PBX tells us each time is the name of the menu that we gave
 * it last (External IVR echoes MENU). So whatever has to survive is written into that name:
 *
 *   main              the menu, played for the first time
 *   main~2            played again for the second time, as nothing fitting was pressed
 *   main~1~ifFailed   on the way to a step that is not a menu: what key 1 of the menu does when nobody answers
 *   ~open~then        the same below the flow's start
 *
 * `~` is in no menu's name. A place has three parts or begins with `~`, so key 1 and a second try stay apart. Places are
 * paths, not numbers, so that they mean the same after the flow was edited, or nothing: then the caller begins again.
 */
import type { IvrFlow, IvrFlowMenu, IvrFlowStep } from './ivr-flow.js';

export type FlowPlace =
  | { at: 'start' }
  | { at: 'menu'; name: string; menu: IvrFlowMenu; tries: number }
  /** `step` null: the flow says no more. */
  | { at: 'step'; step: IvrFlowStep | null; path: StepPath };

/** The menu, empty for the flow's start; then the key or `invalid`; then members of steps. */
export type StepPath = readonly string[];

const SEPARATOR = '~';
const TRIES = /^\d{1,2}$/;

export function tryNamed(menu: string, tries: number): string {
  return tries === 0 ? menu : `${menu}${SEPARATOR}${tries}`;
}

export function stepNamed(path: StepPath): string {
  return path.join(SEPARATOR);
}

/** @param name  as the PBX sent it; null at the beginning of a call */
export function placeNamed(flow: IvrFlow, name: string | null): FlowPlace {
  if (name === null) return { at: 'start' };
  const path = name.split(SEPARATOR);
  const [first = '', second = '', ...rest] = path;
  const menu = menuOf(flow, first);
  if (menu !== undefined && path.length === 1) return { at: 'menu', name: first, menu, tries: 0 };
  if (menu !== undefined && path.length === 2 && TRIES.test(second)) {
    return { at: 'menu', name: first, menu, tries: Number(second) };
  }
  const isStep = first === '' ? path.length > 1 : rest.length > 0;
  const step = isStep ? stepAt(flow, path) : undefined;
  return step === undefined ? { at: 'start' } : { at: 'step', step, path };
}

export function menuOf(flow: IvrFlow, name: string): IvrFlowMenu | undefined {
  return Object.hasOwn(flow.menus, name) ? flow.menus[name] : undefined;
}

/** Undefined where the flow has nothing, or no longer. */
function stepAt(flow: IvrFlow, [first = '', ...path]: StepPath): IvrFlowStep | null | undefined {
  if (first === '') return followed(flow.start, path);
  const [key = '', ...rest] = path;
  const menu = menuOf(flow, first);
  const step = key === 'invalid' ? menu?.invalid.then : keyOf(menu, key);
  return followed(step, rest);
}

function keyOf(menu: IvrFlowMenu | undefined, key: string): IvrFlowStep | undefined {
  return menu !== undefined && Object.hasOwn(menu.digits, key) ? menu.digits[key] : undefined;
}

function followed(from: IvrFlowStep | undefined, path: StepPath): IvrFlowStep | null | undefined {
  let step: IvrFlowStep | null | undefined = from;
  for (const name of path) step = wayOn(step, name);
  return step;
}

/** Where a step leads by this member. */
function wayOn(step: IvrFlowStep | null | undefined, member: string): IvrFlowStep | null | undefined {
  switch (step?.do) {
    case 'when':
      return member === 'open' || member === 'closed' ? step[member] : undefined;
    case 'say':
      return member === 'then' ? step.then : undefined;
    case 'dial':
      return member === 'ifFailed' || member === 'afterwards' ? step[member] : undefined;
    default:
      return undefined;
  }
}
