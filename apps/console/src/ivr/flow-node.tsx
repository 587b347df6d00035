import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import type { ReactNode } from 'react';
import { useLanguage, useOwnTexts } from '../texts/language';
import { DIRECTION } from '../texts/languages';
import type { FlowNode } from './flow-graph';
import { pathText } from './flow-document';
import { own } from './texts';

export type ShownNode = Node<
  { node: FlowNode; faults: readonly string[]; isLit: boolean; isLast: boolean } & Record<string, unknown>,
  'flow'
>;

/** A menu or a step: what it is, what it is called, and a line for each way on, where its edge begins. */
export function FlowNodeView({
  data: { node, faults, isLit, isLast },
  selected,
}: NodeProps<ShownNode>): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const { kind, title, slots } = node;
  const words =
    kind === 'start' ? texts.start : kind === 'missing' ? texts.missingMenu(title) : wordsOf(kind, texts);
  return (
    <div
      className={`flow-node kind-${kind}`}
      dir={DIRECTION[language]}
      data-chosen={selected}
      data-lit={isLit}
      data-last={isLast}
      data-faulty={faults.length > 0}
    >
      {kind !== 'start' && <Handle type="target" position={Position.Left} isConnectable={kind === 'menu'} />}
      <div className="flow-node-head">
        <span>{words}</span>
        {faults.length > 0 && (
          <span className="flow-node-fault" title={faults.join('\n')}>
            ⚠ {faults.length.toLocaleString(language)}
          </span>
        )}
      </div>
      {kind !== 'missing' && title !== '' && (
        <div className="flow-node-title">
          <bdi>{title}</bdi>
        </div>
      )}
      {faults[0] !== undefined && (
        <div className="flow-node-why">
          <bdi>{faults[0]}</bdi>
        </div>
      )}
      {slots.map(({ path, by }) => (
        <div key={pathText(path)} className="flow-node-slot">
          <bdi>{by === '' ? '' : (texts.by[by] ?? by)}</bdi>
          <Handle type="source" position={Position.Right} id={pathText(path)} />
        </div>
      ))}
    </div>
  );
}

function wordsOf(kind: Exclude<FlowNode['kind'], 'start' | 'missing'>, texts: (typeof own)['en']): string {
  return kind === 'menu' ? texts.menu : texts.kinds[kind];
}
