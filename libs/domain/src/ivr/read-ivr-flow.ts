/** Reads a flow that a person wrote, and finds everything that is wrong with it at once. */
import {
  callerName,
  delaySeconds,
  language,
  loops,
  maxDigits,
  prompts,
  recordingName,
} from './action-shapes.js';
import { flowStep, type FlowNames } from './flow-step-shape.js';
import { hours } from './hours-shape.js';
import type { IvrFlow, IvrFlowMenu, IvrFlowStep } from './ivr-flow.js';
import { note, under, type DocumentProblem, type Place } from '../document/problem.js';
import { flag, isObject, members, named, or, whole, type Shape } from '../document/shape.js';
import { silentCycle } from './silent-cycle.js';

export type IvrFlowReading = { ok: true; flow: IvrFlow } | { ok: false; problems: DocumentProblem[] };

const MOST_MENUS = 200;
const MOST_HOURS = 50;
const MOST_KEYS = 200;
const NAME = {
  name: /^(?!-1$)[A-Za-z0-9_-]{1,64}$/,
  says: 'it has to be 1 to 64 letters, digits, "_" or "-", and not "-1"',
};
const KEYS = {
  name: /^(?:[0-9*#]{1,32}|any|none)$/,
  says: 'it has to be what is pressed, "any" or "none"',
};
const HANG_UP: IvrFlowStep = { do: 'hangup', recording: null, cause: null, callerName: null, remember: {} };
const RETRIES = 2;

/**
 * What may be left out is filled in, so the flow of a flow is itself. Problems have the path of what is wrong, or of what
 * lacks something. Never throws.
 */
export function readIvrFlow(document: unknown): IvrFlowReading {
  const root: Place = { path: '', problems: [] };
  const flow = flowShape(namesIn(document))(document, root);
  if (root.problems.length === 0) {
    const menu = silentCycle(flow);
    if (menu !== undefined) {
      note(
        under(under(root, 'menus'), menu),
        'A caller who presses nothing goes round here for ever without hearing a word: play something.',
      );
    }
  }
  return root.problems.length === 0 ? { ok: true, flow } : { ok: false, problems: root.problems };
}

function flowShape(names: FlowNames): Shape<IvrFlow> {
  return members<IvrFlow>({
    start: flowStep(names),
    language: or(language, null),
    callerName: or(callerName, null),
    hours: or(named(hours, { max: MOST_HOURS, ...NAME }), {}),
    menus: named(flowMenu(names), { max: MOST_MENUS, ...NAME }),
  });
}

type MenuDocument = Omit<IvrFlowMenu, 'maxDigits'> & { recording: string | null; maxDigits: number | null };

function flowMenu(names: FlowNames): Shape<IvrFlowMenu> {
  const step = flowStep(names);
  const shape = members<MenuDocument>({
    prompts: or(prompts, []),
    recording: or(recordingName, null),
    loops: or(loops, 1),
    delaySeconds: or(delaySeconds, 0),
    maxDigits: or(maxDigits, null),
    confirm: or(flag, false),
    digits: or(named(step, { max: MOST_KEYS, ...KEYS }), {}),
    invalid: or(
      members<IvrFlowMenu['invalid']>({
        prompts: or(prompts, []),
        retries: or(whole({ min: 0, max: 9 }), RETRIES),
        then: or(step, HANG_UP),
      }),
      { prompts: [], retries: RETRIES, then: HANG_UP },
    ),
  });
  return (value, at) => completed(shape(value, at), at);
}

/** `recording` is short for the one prompt that most menus have; the longest key says how many digits to wait for. */
function completed({ recording, ...menu }: MenuDocument, at: Place): IvrFlowMenu {
  const keys = Object.keys(menu.digits).filter((key) => key !== 'any' && key !== 'none');
  const most = menu.maxDigits ?? Math.max(1, ...keys.map((key) => key.length));
  for (const key of keys.filter((each) => each.length > most)) {
    note(
      under(under(at, 'digits'), key),
      `Nobody can press this: the menu waits for ${most} digits at most.`,
    );
  }
  if (recording === null) return { ...menu, maxDigits: most };
  if (menu.prompts.length > 0)
    note(under(at, 'recording'), 'The menu has prompts as well: put it among them.');
  return { ...menu, prompts: [{ say: 'recording', recording }], maxDigits: most };
}

/** What the document defines, whether or not it is defined well. */
function namesIn(document: unknown): FlowNames {
  const keysOf = (member: string): Set<string> => {
    const found = isObject(document) && Object.hasOwn(document, member) ? document[member] : undefined;
    return new Set(isObject(found) ? Object.keys(found) : []);
  };
  return { menus: keysOf('menus'), hours: keysOf('hours') };
}
