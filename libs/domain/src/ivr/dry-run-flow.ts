import type { Instant } from '../ids.js';
import { menuOf, placeNamed } from './flow-place.js';
import type { IvrFlow } from './ivr-flow.js';
import type { IvrAction, IvrAnswer, IvrQuestion } from './ivr.js';
import { walkFlow } from './walk-flow.js';

/** A caller who is thought up. */
export interface DryRunCaller {
  /** What is pressed in each menu; null for nothing. */
  digits: (string | null)[];
  did: string;
  from: string;
  at: Instant;
  asks: 'menu' | 'layer';
}

export type FlowEnd = 'hangup' | 'dial' | 'layer' | 'record' | 'fallback' | 'waiting';

export interface DryRun {
  /** `menu` as the PBX names it: with its suffix when it is played again (`main~1`). */
  steps: { menu: string | null; digits: string | null; answer: IvrAnswer }[];
  ended: FlowEnd;
}

/** Where the PBX would ask again, and whether the caller presses something before that. */
type Onward = { ended: FlowEnd } | { menu: string; listens: boolean };

/** A flow that asks for no keys is a tree, so this is never reached but by one that asks for keys that are given. */
const MOST_STEPS = 1000;

/** Walks a flow as a caller would who presses these keys; it stops with `waiting` where there are no more of them. */
export function dryRunFlow(flow: IvrFlow, input: DryRunCaller, timeZone: string): DryRun {
  const steps: DryRun['steps'] = [];
  const keys = input.digits.values();
  let asked: Pick<IvrQuestion, 'menu' | 'previousMenu' | 'digits'> = NOWHERE;
  while (steps.length < MOST_STEPS) {
    const question: IvrQuestion = {
      kind: 'ivr',
      asks: input.asks,
      vendorCallId: 'dry-run',
      from: input.from,
      fromName: null,
      did: input.did,
      ...asked,
    };
    const answer = walkFlow(flow, question, { now: input.at, timeZone });
    steps.push({ menu: asked.menu, digits: asked.digits, answer });
    const onward = onwardFrom(flow, answer.action, input.asks);
    if ('ended' in onward) return { steps, ended: onward.ended };
    const key = onward.listens ? keys.next() : { done: false as const, value: null };
    if (key.done === true) break;
    asked = { menu: onward.menu, previousMenu: asked.menu, digits: key.value };
  }
  return { steps, ended: 'waiting' };
}

const NOWHERE = { menu: null, previousMenu: null, digits: null };

function onwardFrom(flow: IvrFlow, action: IvrAction, asks: IvrQuestion['asks']): Onward {
  switch (action.do) {
    case 'menu':
      return { menu: action.menu, listens: placeNamed(flow, action.menu).at === 'menu' };
    case 'say':
      return intoLayer(flow, action.nextLayer, asks);
    case 'layer':
      return intoLayer(flow, action.layer, asks);
    case 'dial':
    case 'record':
    case 'hangup':
    case 'fallback':
      return { ended: action.do };
  }
}

/** A layer that is in the flow asks us again; in any other the caller is out of sight. */
function intoLayer(flow: IvrFlow, layer: number | null, asks: IvrQuestion['asks']): Onward {
  const known = asks === 'layer' && layer !== null && menuOf(flow, String(layer)) !== undefined;
  return known ? { menu: String(layer), listens: true } : { ended: 'layer' };
}
