/** What a flow of ours answers to a PBX's question. */
import type { Instant } from '../ids.js';
import { MOST_CUSTOM_DATA } from './action-shapes.js';
import { menuOf, placeNamed, stepNamed, tryNamed, type FlowPlace, type StepPath } from './flow-place.js';
import type { IvrFlow, IvrFlowMenu, IvrFlowStep } from './ivr-flow.js';
import { isOpen } from './is-open.js';
import type { IvrAction, IvrAnswer, IvrMenuAction, IvrNext, IvrQuestion } from './ivr.js';

/** When, and by whose wall clock. `timeZone` is an IANA name. */
export interface FlowMoment {
  now: Instant;
  timeZone: string;
}

interface Walk {
  flow: IvrFlow;
  question: IvrQuestion;
  at: FlowMoment;
}

/** Numbers of layers, as names of menus. */
const LAYER = /^\d{1,9}$/;

/**
 * A pure function that has an answer to any question: a caller who comes from a menu that the flow does not have begins at
 * the start. Where the PBX keeps the menus itself (`asks: 'layer'`) there is nothing to be remembered in their names, so a
 * menu sends its caller back as often as it takes, and a step after which the PBX would have to ask us again is not taken.
 *
 * @param flow  from `readIvrFlow`
 */
export function walkFlow(flow: IvrFlow, question: IvrQuestion, at: FlowMoment): IvrAnswer {
  const walk = { flow, question, at };
  const place = placeNamed(flow, question.menu);
  switch (place.at) {
    case 'start':
      return taken(walk, flow.start, ['']);
    case 'step':
      return taken(walk, place.step, place.path);
    case 'menu':
      return pressed(walk, place);
  }
}

function pressed(walk: Walk, place: Extract<FlowPlace, { at: 'menu' }>): IvrAnswer {
  const { name, menu, tries } = place;
  const key = keyPressed(menu, walk.question.digits);
  const step = key === undefined ? undefined : menu.digits[key];
  if (key !== undefined && step !== undefined) return taken(walk, step, [name, key]);
  if (tries >= menu.invalid.retries) return taken(walk, menu.invalid.then, [name, 'invalid']);
  return answered(walk, playAgain(walk, name, tries + 1), { callerName: walk.flow.callerName, remember: {} });
}

/** The menu's own name for what the caller did; undefined when it has none. */
export function keyPressed(menu: IvrFlowMenu, digits: string | null): string | undefined {
  const has = (key: string) => Object.hasOwn(menu.digits, key);
  if (digits === null || digits === '') return has('none') ? 'none' : undefined;
  // Only keys: a PBX that sends words must not choose between our own.
  if (/^[0-9*#]+$/.test(digits) && has(digits)) return digits;
  return has('any') ? 'any' : undefined;
}

function taken(walk: Walk, from: IvrFlowStep | null, fromPath: StepPath): IvrAnswer {
  const said = { callerName: walk.flow.callerName, remember: {} };
  let [step, path] = [from, fromPath];
  while (step !== null) {
    said.callerName = step.callerName ?? said.callerName;
    said.remember = { ...said.remember, ...step.remember };
    if (step.do !== 'when') break;
    const branch: 'open' | 'closed' = openNow(walk, step.when) ? 'open' : 'closed';
    [step, path] = [step[branch], [...path, branch]];
  }
  const action = actionOf(walk, step, path);
  return answered(walk, action.do === 'dial' ? { ...action, callerName: said.callerName } : action, said);
}

function answered(
  { flow, question }: Walk,
  action: IvrAction,
  said: { callerName: string | null; remember: Record<string, string> },
): IvrAnswer {
  const filled = Object.entries(said.remember)
    .slice(0, MOST_CUSTOM_DATA)
    .map(([name, value]): [string, string] => [name, value.replaceAll('{digits}', question.digits ?? '')]);
  const customData = Object.fromEntries(filled);
  return { kind: 'ivr', action, language: flow.language, callerName: said.callerName, customData };
}

function openNow({ flow, at }: Walk, name: string): boolean {
  const hours = Object.hasOwn(flow.hours, name) ? flow.hours[name] : undefined;
  return hours !== undefined && isOpen(hours, at.now, at.timeZone);
}

function actionOf(walk: Walk, step: IvrFlowStep | null, path: StepPath): IvrAction {
  switch (step?.do) {
    case undefined:
      return { do: 'hangup', recording: null, cause: null };
    case 'menu':
      return play(walk, step.menu);
    case 'say':
      return say(walk, step, [...path, 'then']);
    case 'dial': {
      const { callerName, remember: _, ifFailed, afterwards, ...parts } = step;
      return {
        ...parts,
        callerName,
        ifFailed: nextOf(walk, ifFailed, [...path, 'ifFailed']),
        afterwards: nextOf(walk, afterwards, [...path, 'afterwards']),
      };
    }
    case 'when':
      // Hours that lead to hours were followed before.
      return { do: 'fallback' };
    case 'layer':
    case 'record':
    case 'hangup':
    case 'fallback': {
      const { callerName: _, remember: __, ...action } = step;
      return action;
    }
  }
}

function play(walk: Walk, name: string): IvrAction {
  if (walk.question.asks === 'layer') return toLayer(LAYER.test(name) ? Number(name) : null);
  const menu = menuOf(walk.flow, name);
  return menu === undefined ? { do: 'fallback' } : played(name, menu);
}

function playAgain(walk: Walk, name: string, tries: number): IvrAction {
  const again = play(walk, name);
  if (again.do !== 'menu') return again;
  const prompts = [...(menuOf(walk.flow, name)?.invalid.prompts ?? []), ...again.prompts];
  return { ...again, menu: tryNamed(name, tries), prompts };
}

function played(name: string, menu: IvrFlowMenu): IvrMenuAction {
  const { prompts, loops, delaySeconds, maxDigits, confirm } = menu;
  return { do: 'menu', menu: name, prompts, loops, delaySeconds, maxDigits, confirm };
}

function toLayer(layer: number | null): IvrAction {
  if (layer === null) return { do: 'fallback' };
  return { do: 'layer', layer, recording: null, loops: 1, delaySeconds: 0 };
}

/**
 * Where we keep the menus, words are a menu without keys: it waits for one key, since no vendor says what it makes of none,
 * and whatever is pressed, the PBX comes back for what is next.
 */
function say(walk: Walk, step: Extract<IvrFlowStep, { do: 'say' }>, then: StepPath): IvrAction {
  const { prompts } = step;
  if (walk.question.asks === 'layer') {
    return { do: 'say', prompts, nextLayer: layerOf(walk, step.then), ifFailedLayer: null };
  }
  const menu = { prompts, loops: 1, delaySeconds: 0, maxDigits: 1, confirm: false };
  return { do: 'menu', menu: stepNamed(then), ...menu };
}

/**
 * Where a call goes on that we were not asked about when it came so far. A menu of one recording is told in full, so that
 * the PBX plays it and comes back with what was pressed; for anything else it comes back at once.
 */
function nextOf(walk: Walk, step: IvrFlowStep | null, path: StepPath): IvrNext | null {
  if (step === null) return null;
  const nothing = { recording: null, loops: null, maxDigits: null, delaySeconds: null };
  if (walk.question.asks === 'layer') {
    const layer = layerOf(walk, step);
    return layer === null ? null : { to: String(layer), ...nothing };
  }
  const plain = step.do === 'menu' && step.callerName === null && Object.keys(step.remember).length === 0;
  const menu = plain ? menuOf(walk.flow, step.menu) : undefined;
  const [prompt, second] = menu?.prompts ?? [];
  if (!plain || menu === undefined || prompt?.say !== 'recording' || second !== undefined) {
    return { to: stepNamed(path), ...nothing };
  }
  const { loops, maxDigits, delaySeconds } = menu;
  return { to: step.menu, recording: prompt.recording, loops, maxDigits, delaySeconds };
}

function layerOf(walk: Walk, step: IvrFlowStep | null): number | null {
  switch (step?.do) {
    case 'when':
      return layerOf(walk, openNow(walk, step.when) ? step.open : step.closed);
    case 'layer':
      return step.layer;
    case 'menu':
      return LAYER.test(step.menu) ? Number(step.menu) : null;
    default:
      return null;
  }
}
