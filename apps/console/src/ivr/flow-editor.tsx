import { readIvrFlow } from '#flows';
import { Skeleton, Stack } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useBlocker, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { IvrFlowDto } from '../api/operations';
import { useOwnTexts, useTexts } from '../texts/language';
import { DryRunPhone } from './dry-run-phone';
import { EditingContext, type Editing } from './editing';
import { pathText, withValue } from './flow-document';
import { START, graphOf, problemsOn } from './flow-graph';
import { FlowHead } from './flow-head';
import { FlowJson } from './flow-json';
import { FlowOutline } from './flow-outline';
import { FlowRoutes } from './flow-routes';
import { FlowToolbar } from './flow-toolbar';
import { ItemPanel } from './item-panel';
import './ivr.css';
import type { FlowSearch, FlowView } from './routes';
import { own } from './texts';
import { useDryRun, type DryRunning } from './use-dry-run';
import { useFlowDraft, type FlowDraft } from './use-flow-draft';

const FROM = '/shell/t/$tenant/ivr/$flowId';
// Only whoever looks at the picture loads what draws it.
const Canvas = lazy(async () => ({ default: (await import('./flow-canvas')).FlowCanvas }));

interface FlowEditorProps {
  tenant: string;
  flow: IvrFlowDto;
  mayChange: boolean;
}

/** A flow as a diagram, an outline or JSON, a form of what is chosen beside it, and a phone to try it. */
export function FlowEditor({ tenant, flow, mayChange }: FlowEditorProps): ReactNode {
  const texts = useOwnTexts(own);
  const draft = useFlowDraft(tenant, flow);
  const { search, go } = useFlowSearch();
  const view = search.view ?? (matchMedia('(max-width: 48em)').matches ? 'outline' : 'diagram');
  const { editing, running } = useEditingOf(draft, { tenant, mayChange, search, go });
  useHotkeys([
    ['mod+Z', draft.undo],
    ['mod+shift+Z', draft.redo],
  ]);
  useBlocker({
    shouldBlockFn: ({ current, next }) =>
      draft.isChanged && current.pathname !== next.pathname && !window.confirm(texts.leave),
    enableBeforeUnload: () => draft.isChanged,
  });
  return (
    <EditingContext value={editing}>
      <Stack gap="sm">
        <FlowHead draft={draft} tenant={tenant} />
        <FlowToolbar
          draft={draft}
          view={view}
          show={(next) => {
            go({ view: next });
          }}
          isTrying={search.try === true}
          tryIt={() => {
            go({ try: search.try === true ? undefined : true });
          }}
        />
        <div className="flow-sides">
          <View view={view} draft={draft} />
          <aside className="flow-side">
            {search.try === true && (
              <DryRunPhone
                running={running}
                close={() => {
                  go({ try: undefined });
                }}
              />
            )}
            <ItemPanel name={draft.name} rename={draft.setName} />
          </aside>
        </div>
        <FlowRoutes tenant={tenant} flowId={flow.id} mayChange={mayChange} />
      </Stack>
    </EditingContext>
  );
}

type Go = (part: { [Name in keyof FlowSearch]?: FlowSearch[Name] | undefined }) => void;

function useFlowSearch(): { search: FlowSearch; go: Go } {
  const search = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/t/$tenant/ivr/$flowId' });
  const go: Go = (part) =>
    void navigate({
      search: (before) =>
        Object.fromEntries(
          Object.entries({ ...before, ...part }).filter(([, value]) => value !== undefined),
        ) as FlowSearch,
      replace: true,
    });
  return { search, go };
}

interface Around {
  tenant: string;
  mayChange: boolean;
  search: FlowSearch;
  go: Go;
}

/** What the parts of the editor share: all of it follows from the document, as one types. */
function useEditingOf(
  draft: FlowDraft,
  { tenant, mayChange, search, go }: Around,
): { editing: Editing; running: DryRunning } {
  const document = draft.history.now;
  const reading = useMemo(() => readIvrFlow(document), [document]);
  const graph = useMemo(() => graphOf(document), [document]);
  const problems = reading.ok ? NO_PROBLEMS : reading.problems;
  const on = useMemo(() => problemsOn(graph, problems), [graph, problems]);
  const running = useDryRun(reading.ok ? reading.flow : undefined, useZone(tenant));
  const editing: Editing = {
    document,
    graph,
    problems,
    problemsOn: on,
    mayChange,
    item: search.item ?? START,
    choose: (item) => {
      go({ item });
    },
    change: draft.change,
    set: (path, value) => {
      draft.change(withValue(document, path, value), pathText(path));
    },
    rename: (member, names) => {
      draft.rename(member, names);
      go({ item: `${member}.${names.to}` });
    },
    lit: search.try === true ? running.lit : null,
  };
  return { editing, running };
}

const NO_PROBLEMS: Editing['problems'] = [];

/** Hours are by the clock of the PBX. */
function useZone(tenant: string): string | undefined {
  const { data } = useQuery({
    queryKey: ['connections', tenant, 'first'],
    queryFn: ({ signal }) => ask('connections.list', { query: { limit: 1 }, tenant, signal }),
  });
  return data?.data[0]?.timeZone;
}

function View({ view, draft }: { view: FlowView; draft: FlowDraft }): ReactNode {
  const { list } = useTexts();
  if (view === 'outline') return <FlowOutline />;
  if (view === 'json') return <FlowJson />;
  return (
    <Suspense fallback={<Skeleton h={320} role="status" aria-label={list.loading} />}>
      <Canvas
        moved={draft.moved}
        move={draft.move}
        key={Object.keys(draft.moved).length === 0 ? 'tidy' : 'moved'}
      />
    </Suspense>
  );
}
