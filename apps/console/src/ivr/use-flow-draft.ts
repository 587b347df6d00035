import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/ask';
import type { IvrFlowDto } from '../api/operations';
import { Problem } from '../api/problem';
import { renamed } from './change-flow';
import type { FlowDocument } from './flow-document';
import { changedTo, historyOf, redone, undone, type History } from './history';
import type { Place } from './lay-out';
import { isSame } from './merge-documents';
import { movedAlong, movedOf, type Moved } from './moved-places';

/** A flow while it is edited: what was loaded, what it is now, and where things stand. */
export interface FlowDraft {
  /** As it is kept, as far as we know. */
  base: IvrFlowDto;
  history: History<FlowDocument>;
  name: string;
  moved: Moved;
  isChanged: boolean;
  change: (document: FlowDocument, about?: string) => void;
  rename: (member: 'menus' | 'hours', names: { from: string; to: string }) => void;
  setName: (name: string) => void;
  undo: () => void;
  redo: () => void;
  move: (id: string, place: Place) => void;
  tidy: () => void;
  save: () => void;
  isSaving: boolean;
  isSaved: boolean;
  error: Error | null;
  /** As somebody else saved it meanwhile; null where nobody did. */
  theirs: IvrFlowDto | null;
  /** Goes on from what they saved. @param document  theirs, or both put together */
  goOnFrom: (theirs: IvrFlowDto, document: FlowDocument) => void;
}

export function useFlowDraft(tenant: string, flow: IvrFlowDto): FlowDraft {
  const [base, setBase] = useState(flow);
  const [history, setHistory] = useState(() => historyOf(documentOf(flow)));
  const [name, setName] = useState(flow.name);
  const places = useMoved(tenant, flow);
  const isChanged = name.trim() !== base.name || !isSame(history.now, documentOf(base));
  const { saving, theirs, setTheirs } = useSaving(tenant, { base, name: name.trim(), saved: setBase });
  const goOnFrom = (next: IvrFlowDto, document: FlowDocument): void => {
    setBase(next);
    setTheirs(null);
    setHistory((before) => changedTo(before, document, null));
    if (name === base.name) setName(next.name);
    saving.reset();
  };
  return {
    base,
    history,
    name,
    ...places,
    isChanged,
    change: (document, about) => {
      setHistory((before) => changedTo(before, document, about ?? null));
    },
    rename: (member, names) => {
      setHistory((before) => changedTo(before, renamed(before.now, member, names), null));
      places.moveAlong(`${member}.${names.from}`, `${member}.${names.to}`);
    },
    setName,
    undo: () => {
      setHistory(undone);
    },
    redo: () => {
      setHistory(redone);
    },
    save: () => {
      saving.mutate(history.now);
    },
    isSaving: saving.isPending,
    isSaved: saving.isSuccess && !isChanged,
    error: theirs === null ? saving.error : null,
    theirs,
    goOnFrom,
  };
}

interface Saving {
  saving: UseMutationResult<IvrFlowDto, Error, FlowDocument>;
  theirs: IvrFlowDto | null;
  setTheirs: (theirs: IvrFlowDto | null) => void;
}

/** Saves on the version that was loaded; where there is a newer one, that is fetched to be looked at. */
function useSaving(
  tenant: string,
  { base, name, saved }: { base: IvrFlowDto; name: string; saved: (flow: IvrFlowDto) => void },
): Saving {
  const [theirs, setTheirs] = useState<IvrFlowDto | null>(null);
  const client = useQueryClient();
  const path = { id: base.id };
  const saving = useMutation({
    mutationFn: (document: FlowDocument) =>
      ask('ivrFlows.patch', { path, body: { version: base.version, name, document }, tenant }),
    onSuccess: async (kept) => {
      saved(kept);
      client.setQueryData(['ivr', tenant, base.id], kept);
      await client.invalidateQueries({ queryKey: ['ivr', tenant, 'list'] });
    },
    onError: async (error) => {
      if (error instanceof Problem && error.code === 'ivr_flow.changed')
        setTheirs(await ask('ivrFlows.get', { path, tenant }));
    },
  });
  return { saving, theirs, setTheirs };
}

interface Places extends Pick<FlowDraft, 'moved' | 'move' | 'tidy'> {
  moveAlong: (from: string, to: string) => void;
}

/** Where nodes were moved to, kept at once and beside the document. */
function useMoved(tenant: string, flow: IvrFlowDto): Places {
  const [moved, setMoved] = useState(() => movedOf(flow.layout));
  const client = useQueryClient();
  const arranging = useMutation({
    // One after the other, so that the last one counts.
    scope: { id: `arrange ${flow.id}` },
    mutationFn: (nodes: Moved) =>
      ask('ivrFlows.arrange', { path: { id: flow.id }, body: { layout: { nodes } }, tenant }),
    onSuccess: (_, nodes) => {
      client.setQueryData<IvrFlowDto>(
        ['ivr', tenant, flow.id],
        (kept) => kept && { ...kept, layout: { nodes } },
      );
    },
  });
  const keep = (next: Moved): void => {
    setMoved(next);
    arranging.mutate(next);
  };
  return {
    moved,
    move: (id, place) => {
      const before = moved[id];
      if (before?.x !== place.x || before.y !== place.y) keep({ ...moved, [id]: place });
    },
    tidy: () => {
      keep({});
    },
    moveAlong: (from, to) => {
      const next = movedAlong(moved, from, to);
      if (Object.keys(moved).length > 0) keep(next);
    },
  };
}

export function documentOf({ document }: IvrFlowDto): FlowDocument {
  return document as FlowDocument;
}
