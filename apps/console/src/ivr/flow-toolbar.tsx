import { Button, Group, SegmentedControl, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLanguage, useOwnTexts } from '../texts/language';
import { useEditing } from './editing';
import { START } from './flow-graph';
import { AddButtons } from './item-panel';
import { FLOW_VIEWS, type FlowView } from './routes';
import { own } from './texts';
import type { FlowDraft } from './use-flow-draft';

interface FlowToolbarProps {
  draft: FlowDraft;
  view: FlowView;
  show: (view: FlowView) => void;
  isTrying: boolean;
  tryIt: () => void;
}

export function FlowToolbar({ draft, view, show, isTrying, tryIt }: FlowToolbarProps): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const { problems, mayChange, choose } = useEditing();
  const { history, undo, redo, tidy } = draft;
  return (
    <Group gap="xs">
      <SegmentedControl
        size="xs"
        aria-label={texts.view}
        data={FLOW_VIEWS.map((value) => ({ value, label: texts.views[value] }))}
        value={view}
        onChange={(value) => {
          show(value);
        }}
      />
      {mayChange && (
        <>
          <Button size="compact-xs" variant="default" disabled={history.past.length === 0} onClick={undo}>
            {texts.undo}
          </Button>
          <Button size="compact-xs" variant="default" disabled={history.future.length === 0} onClick={redo}>
            {texts.redo}
          </Button>
          {view === 'diagram' && (
            <Button size="compact-xs" variant="default" title={texts.tidyAbout} onClick={tidy}>
              {texts.tidy}
            </Button>
          )}
        </>
      )}
      <AddButtons />
      <Button
        size="compact-xs"
        variant={isTrying ? 'filled' : 'default'}
        aria-pressed={isTrying}
        onClick={tryIt}
      >
        {texts.phone.open}
      </Button>
      <Text size="sm" className={problems.length > 0 ? 'tone-bad' : 'tone-good'} role="status">
        {problems.length === 0 ? (
          texts.noProblems
        ) : (
          <button
            type="button"
            className="flow-link"
            onClick={() => {
              choose(START);
            }}
          >
            {texts.problems(problems.length.toLocaleString(language))}
          </button>
        )}
      </Text>
    </Group>
  );
}
