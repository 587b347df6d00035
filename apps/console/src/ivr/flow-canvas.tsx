import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import {
  Background,
  Controls,
  MarkerType,
  ReactFlow,
  type Connection,
  type Edge,
  type EdgeChange,
  type NodeChange,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useMemo, useState, type ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { useEditing } from './editing';
import { FlowNodeView, type ShownNode } from './flow-node';
import { firstView, tidyPlaces, type Place } from './lay-out';
import type { Moved } from './moved-places';
import { own } from './texts';

interface FlowCanvasProps {
  moved: Moved;
  move: (id: string, place: Place) => void;
}

type Measured = Readonly<Record<string, { width: number; height: number }>>;

const NODE_TYPES = { flow: FlowNodeView };

/** The flow as a picture. Left to right in every language; inside of the nodes the language's own direction counts. */
export function FlowCanvas({ moved, move }: FlowCanvasProps): ReactNode {
  const texts = useOwnTexts(own);
  const { set, choose, mayChange, graph } = useEditing();
  const colours = useComputedColorScheme();
  const [dragged, setDragged] = useState<Moved>({});
  const [measured, setMeasured] = useState<Measured>({});
  const { ref, width, height } = useElementSize();
  const places = usePlaces({ ...moved, ...dragged });
  const nodes = useShownNodes(places, measured);
  const edges = useShownEdges();
  const onNodes = (changes: NodeChange<ShownNode>[]): void => {
    for (const change of changes) {
      if (change.type === 'select' && change.selected) choose(change.id);
      if (change.type === 'dimensions' && change.dimensions !== undefined) {
        const { id, dimensions } = change;
        setMeasured((all) => ({ ...all, [id]: dimensions }));
      }
      if (change.type === 'position' && change.position !== undefined) {
        const { id, position, dragging } = change;
        setDragged((all) => ({ ...all, [id]: position }));
        if (dragging !== true) move(id, { x: Math.round(position.x), y: Math.round(position.y) });
      }
    }
  };
  const onEdges = (changes: EdgeChange[]): void => {
    for (const change of changes) if (change.type === 'select' && change.selected) choose(change.id);
  };
  const connect = ({ sourceHandle, target }: Connection): void => {
    if (sourceHandle !== null) set(sourceHandle.split('.'), target.slice('menus.'.length));
  };
  return (
    <div className="flow-canvas" dir="ltr" ref={ref}>
      {width > 0 && (
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          onNodesChange={onNodes}
          onEdgesChange={onEdges}
          onConnect={connect}
          isValidConnection={({ target }) => isMenu(target)}
          nodesConnectable={mayChange}
          nodesDraggable={mayChange}
          deleteKeyCode={null}
          selectNodesOnDrag={false}
          colorMode={colours}
          defaultViewport={firstView(graph.nodes, places, { width, height })}
          minZoom={0.2}
          aria-label={texts.views.diagram}
        >
          <Background />
          <Controls showInteractive={false} />
        </ReactFlow>
      )}
    </div>
  );
}

function isMenu(id: string): boolean {
  return /^menus\.[^.]+$/.test(id);
}

/** Where people moved nodes to, the others where they stand by themselves. */
function usePlaces(moved: Moved): ReadonlyMap<string, Place> {
  const { graph } = useEditing();
  const tidy = useMemo(() => tidyPlaces(graph), [graph]);
  return new Map([...tidy].map(([id, place]) => [id, moved[id] ?? place]));
}

function useShownNodes(places: ReadonlyMap<string, Place>, measured: Measured): ShownNode[] {
  const texts = useOwnTexts(own);
  const { graph, item, problemsOn, lit } = useEditing();
  return graph.nodes.map((node) => ({
    id: node.id,
    type: 'flow',
    position: places.get(node.id) ?? { x: 0, y: 0 },
    selected: node.id === item,
    measured: measured[node.id] ?? {},
    ariaLabel: `${node.kind === 'start' ? texts.start : node.kind === 'missing' ? texts.missingMenu(node.title) : texts.kinds[node.kind]} ${node.title}`,
    data: {
      node,
      faults: (problemsOn.get(node.id) ?? []).map(({ message }) => message),
      isLit: lit?.nodes.has(node.id) === true,
      isLast: lit?.last === node.id,
    },
  }));
}

function useShownEdges(): Edge[] {
  const texts = useOwnTexts(own);
  const { graph, item, lit } = useEditing();
  return graph.edges.map(({ id, source, target, by }) => {
    const isLit = lit?.edges.has(id) === true;
    return {
      id,
      source,
      target,
      sourceHandle: id,
      selected: id === item,
      className: isLit ? 'lit' : '',
      animated: isLit,
      markerEnd: { type: MarkerType.ArrowClosed },
      ariaLabel: `${source} ${texts.by[by] ?? by} → ${target}`,
    };
  });
}
