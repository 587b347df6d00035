import { Graph, layout } from '@dagrejs/dagre';
import type { FlowGraph, FlowNode } from './flow-graph';

export interface Place {
  x: number;
  y: number;
}

/** As the style sheet has them, in pixels. */
const NODE_WIDTH = 200;
const HEAD_HEIGHT = 46;
const SLOT_HEIGHT = 23;

/** Where the nodes of a flow stand when nobody moved them: from the start to the end, edges crossing as little as may be. */
export function tidyPlaces({ nodes, edges }: FlowGraph): Map<string, Place> {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 24, ranksep: 64, marginx: 16, marginy: 16 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, { width: NODE_WIDTH, height: heightOf(node) });
  for (const { id, source, target } of edges) graph.setEdge(source, target, {}, id);
  layout(graph);
  return new Map(
    nodes.map((node) => {
      const { x, y } = graph.node(node.id) as Place;
      const corner = { x: Math.round(x - NODE_WIDTH / 2), y: Math.round(y - heightOf(node) / 2) };
      return [node.id, corner];
    }),
  );
}

function heightOf({ slots }: FlowNode): number {
  return HEAD_HEIGHT + slots.length * SLOT_HEIGHT;
}

export interface Size {
  width: number;
  height: number;
}

/** Below this nobody reads what is in a node. */
const LEAST_ZOOM = 0.75;
const MARGIN = 16;

/**
 * What is looked at first: all of the flow where it can be read at that size, else its beginning.
 *
 * @param size  of what it is shown in, in pixels
 */
export function firstView(
  nodes: readonly FlowNode[],
  places: ReadonlyMap<string, Place>,
  size: Size,
): Place & { zoom: number } {
  const boxes = nodes.flatMap((node) => {
    const place = places.get(node.id);
    return place === undefined ? [] : [{ ...place, height: heightOf(node) }];
  });
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  const width = Math.max(...boxes.map(({ x }) => x)) + NODE_WIDTH - left;
  const height = Math.max(...boxes.map((box) => box.y + box.height)) - top;
  const fit = Math.min((size.width - 2 * MARGIN) / width, (size.height - 2 * MARGIN) / height);
  const zoom = Math.min(1, Math.max(LEAST_ZOOM, fit));
  const [first] = boxes;
  const middle = fit >= zoom || first === undefined ? top + height / 2 : first.y + first.height / 2;
  const inset = Math.max(MARGIN, (size.width - width * zoom) / 2);
  return { x: inset - left * zoom, y: size.height / 2 - middle * zoom, zoom };
}
