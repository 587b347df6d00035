/** Steps of a flow in a document, with what they may refer to. */
import {
  callerName,
  customData,
  dialParts,
  hangupParts,
  layerParts,
  NOBODY_TO_DIAL,
  prompt,
  recordParts,
} from './action-shapes.js';
import type { IvrFlowStep } from './ivr-flow.js';
import { note, quoted, type Place } from '../document/problem.js';
import { isObject, listOf, members, oneOf, or, tagged, type Shape } from '../document/shape.js';

/** The names that a flow defines. */
export interface FlowNames {
  menus: ReadonlySet<string>;
  hours: ReadonlySet<string>;
}

/** Nobody reads more, and the reader of a document calls itself for each. */
const MOST_STEPS_DEEP = 8;

type Step<Do> = Extract<IvrFlowStep, { do: Do }>;

const aside = { callerName: or(callerName, null), remember: or(customData, {}) };
const STAND_IN: IvrFlowStep = { do: 'fallback', callerName: null, remember: {} };

export function flowStep(names: FlowNames, depth = 1): Shape<IvrFlowStep> {
  const menu = reference(names.menus, 'menu');
  // Made when the first step is read so deep, and once: they hold the shape of the next level in turn.
  let shape: Shape<IvrFlowStep> | undefined;
  return (value, at) => {
    if (depth > MOST_STEPS_DEEP) {
      note(at, `Steps are nested more than ${MOST_STEPS_DEEP} deep here: make a menu of some.`);
      return STAND_IN;
    }
    if (typeof value === 'string')
      return { do: 'menu', menu: menu(value, at), callerName: null, remember: {} };
    shape ??= tagged<IvrFlowStep>('do', stepShapes(names, depth), STAND_IN);
    const step = shape(withItsKind(value), at);
    if (step.do === 'dial' && step.targets.length + step.dialStrings.length === 0) note(at, NOBODY_TO_DIAL);
    return step;
  };
}

function stepShapes(names: FlowNames, depth: number): Readonly<Record<string, Shape<IvrFlowStep>>> {
  const step = flowStep(names, depth + 1);
  return {
    menu: members<Step<'menu'>>({ do: oneOf('menu'), menu: reference(names.menus, 'menu'), ...aside }),
    dial: members<Step<'dial'>>({
      do: oneOf('dial'),
      ...dialParts,
      ifFailed: or(step, null),
      afterwards: or(step, null),
      ...aside,
    }),
    // Saying nothing would be a step that nobody notices.
    say: members<Step<'say'>>({
      do: oneOf('say'),
      prompts: listOf(prompt, { min: 1, max: 10 }),
      then: or(step, null),
      ...aside,
    }),
    layer: members<Step<'layer'>>({ ...layerParts, ...aside }),
    record: members<Step<'record'>>({ ...recordParts, ...aside }),
    hangup: members<Step<'hangup'>>({ ...hangupParts, ...aside }),
    fallback: members<Step<'fallback'>>({ do: oneOf('fallback'), ...aside }),
    when: members<Step<'when'>>({
      do: oneOf('when'),
      when: reference(names.hours, 'business hours'),
      open: step,
      closed: step,
      ...aside,
    }),
  };
}

function withItsKind(value: unknown): unknown {
  const plain = isObject(value) && Object.hasOwn(value, 'when') && !Object.hasOwn(value, 'do');
  return plain ? { ...value, do: 'when' } : value;
}

function reference(known: ReadonlySet<string>, what: string): Shape<string> {
  return (value: unknown, at: Place) => {
    if (typeof value === 'string' && known.has(value)) return value;
    const found = typeof value === 'string' ? ` called ${quoted(value)}` : ', its name has to be a text';
    note(at, `There is no ${what}${found}.`);
    return '';
  };
}
