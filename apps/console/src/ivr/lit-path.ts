import {
  isOpen,
  keyPressed,
  placeNamed,
  type DryRun,
  type FlowMoment,
  type IvrFlow,
  type StepPath,
} from '#flows';
import { pathText, valueAt, type Json, type Path } from './flow-document';
import { START } from './flow-graph';
import { menuOfStep } from './flow-steps';

/** Ids of nodes and edges that a caller who is thought up came along. */
export interface LitPath {
  nodes: ReadonlySet<string>;
  edges: ReadonlySet<string>;
  /** Where the caller is; null before anything happened. */
  last: string | null;
}

/** What of the picture a dry run went along. @param moment  the one that was tried */
export function litPath(flow: IvrFlow, { steps }: DryRun, moment: FlowMoment): LitPath {
  const nodes = new Set<string>([START]);
  const edges = new Set<string>();
  let last: string | null = null;
  for (const { menu, digits } of steps) {
    let path: Path | undefined = slotAfter(flow, menu, digits);
    while (path !== undefined) {
      const step = valueAt(flow as unknown as Json, path);
      if (step === undefined || step === null) break;
      edges.add(pathText(path));
      const target = menuOfStep(step);
      last = pathText(target === undefined ? path : ['menus', target]);
      nodes.add(last);
      path = wayByHours(flow, path, moment);
    }
  }
  return { nodes, edges, last };
}

/** The slot whose step is taken next; undefined where the menu is only played again. */
function slotAfter(flow: IvrFlow, menu: string | null, digits: string | null): Path | undefined {
  const place = placeNamed(flow, menu);
  switch (place.at) {
    case 'start':
      return ['start'];
    case 'step':
      return documentPath(place.path);
    case 'menu': {
      const key = keyPressed(place.menu, digits);
      if (key !== undefined) return ['menus', place.name, 'digits', key];
      return place.tries >= place.menu.invalid.retries ? ['menus', place.name, 'invalid', 'then'] : undefined;
    }
  }
}

/** Where a path of the domain, which leaves out what is always there, is in the document. */
export function documentPath([first = '', ...rest]: StepPath): Path {
  if (first === '') return ['start', ...rest];
  const [key = '', ...ways] = rest;
  return key === 'invalid'
    ? ['menus', first, 'invalid', 'then', ...ways]
    : ['menus', first, 'digits', key, ...ways];
}

function wayByHours(flow: IvrFlow, path: Path, { now, timeZone }: FlowMoment): Path | undefined {
  const step = valueAt(flow as unknown as Json, path) as { do?: string; when?: string } | string | undefined;
  if (typeof step !== 'object' || step.do !== 'when') return undefined;
  const hours = flow.hours[step.when ?? ''];
  return [...path, hours !== undefined && isOpen(hours, now, timeZone) ? 'open' : 'closed'];
}
