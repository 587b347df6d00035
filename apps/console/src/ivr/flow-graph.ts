import type { DocumentProblem } from '#flows';
import { isRecord, pathText, valueAt, type FlowDocument, type Json, type Path } from './flow-document';
import { kindOf, menuOfStep, slotsOfMenu, slotsOfStep, type Slot, type StepKind } from './flow-steps';

export type NodeKind = 'start' | 'missing' | StepKind;

export interface FlowNode {
  /** Where it is in the document, as text; `@start` for the beginning, `@menu` and a name for one that is not there. */
  id: string;
  kind: NodeKind;
  /** Of the menu or the hours, or what is called or played; empty where nothing is said. */
  title: string;
  path: Path;
  slots: readonly Slot[];
}

export interface FlowEdge {
  /** The slot's path, as text. */
  id: string;
  source: string;
  target: string;
  by: string;
}

export interface FlowGraph {
  nodes: readonly FlowNode[];
  edges: readonly FlowEdge[];
}

export const START = '@start';

/** A flow as a picture: menus and steps are nodes, keys and ways on are edges. Of a document that may be wrong in any way. */
export function graphOf(document: FlowDocument): FlowGraph {
  const graph: { nodes: FlowNode[]; edges: FlowEdge[] } = { nodes: [], edges: [] };
  const menus = isRecord(document['menus']) ? document['menus'] : {};
  const start = { path: ['start'], by: '' };
  graph.nodes.push({ id: START, kind: 'start', title: '', path: [], slots: [start] });
  addSlots(document, graph, START, [start]);
  for (const name of Object.keys(menus)) {
    const path = ['menus', name];
    const slots = slotsOfMenu(document, name);
    graph.nodes.push({ id: pathText(path), kind: 'menu', title: name, path, slots });
    addSlots(document, graph, pathText(path), slots);
  }
  return graph;
}

type Growing = { nodes: FlowNode[]; edges: FlowEdge[] };

function addSlots(document: FlowDocument, graph: Growing, source: string, slots: readonly Slot[]): void {
  for (const { path, by } of slots) {
    const step = valueAt(document, path);
    if (step === undefined || step === null) continue;
    const target = targetOf(document, graph, step, path);
    graph.edges.push({ id: pathText(path), source, target, by });
  }
}

/** The node that a step leads to, made where it is a step of its own. */
function targetOf(document: FlowDocument, graph: Growing, step: Json, path: Path): string {
  const menu = menuOfStep(step);
  if (menu !== undefined) {
    if (valueAt(document, ['menus', menu]) !== undefined) return pathText(['menus', menu]);
    const id = `@menu ${menu}`;
    if (!graph.nodes.some((node) => node.id === id)) {
      graph.nodes.push({ id, kind: 'missing', title: menu, path, slots: [] });
    }
    return id;
  }
  const id = pathText(path);
  const slots = slotsOfStep(document, path);
  graph.nodes.push({ id, kind: kindOf(step) ?? 'missing', title: titleOf(step), path, slots });
  addSlots(document, graph, id, slots);
  return id;
}

/** What a step is about, in the flow's own words. */
export function titleOf(step: Json | undefined): string {
  if (typeof step === 'string') return step;
  if (!isRecord(step)) return '';
  const told = [step['menu'], step['when'], step['recording'], step['layer']];
  const parts = [
    ...told.filter((one) => typeof one === 'string' || typeof one === 'number').map(String),
    ...textsIn(step['targets'], 'target'),
    ...textsIn(step['dialStrings'], ''),
    ...promptTexts(step['prompts']),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

export function promptTexts(prompts: Json | undefined): string[] {
  if (!Array.isArray(prompts)) return [];
  return (prompts as readonly Json[]).map((prompt) => {
    const word = isRecord(prompt) ? prompt['say'] : undefined;
    const said = isRecord(prompt) && typeof word === 'string' ? prompt[word] : undefined;
    return typeof said === 'string' ? said : '';
  });
}

function textsIn(list: Json | undefined, member: string): string[] {
  if (!Array.isArray(list)) return [];
  return (list as readonly Json[]).flatMap((item) => {
    const text = isRecord(item) ? item[member] : item;
    return typeof text === 'string' ? [text] : [];
  });
}

/**
 * How many problems sit on each node: each on the innermost that its path leads to, those of no node on the start.
 *
 * @returns by id of node
 */
export function problemsOn(
  graph: FlowGraph,
  problems: readonly DocumentProblem[],
): Map<string, DocumentProblem[]> {
  const on = new Map<string, DocumentProblem[]>();
  for (const problem of problems) {
    const id = homeOf(graph, problem.path);
    on.set(id, [...(on.get(id) ?? []), problem]);
  }
  return on;
}

function homeOf({ nodes, edges }: FlowGraph, path: string): string {
  const within = (id: string): boolean => path === id || path.startsWith(`${id}.`);
  const ids = nodes.map(({ id }) => id).filter(within);
  // A slot that leads to another menu is a matter of where it starts.
  const slots = edges.filter(({ id }) => within(id)).map(({ id, source }) => ({ id, source }));
  const slot = slots.reduce((best, one) => (one.id.length > best.id.length ? one : best), {
    id: '',
    source: START,
  });
  const node = ids.reduce((best, id) => (id.length > best.length ? id : best), '');
  return node.length >= slot.id.length && node !== '' ? node : slot.source;
}
