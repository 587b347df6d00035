import type { DocumentProblem } from '#flows';
import { createContext, useContext } from 'react';
import type { FlowDocument, Json, Path } from './flow-document';
import type { FlowGraph } from './flow-graph';
import type { LitPath } from './lit-path';

/** What the parts of the editor share. */
export interface Editing {
  document: FlowDocument;
  graph: FlowGraph;
  problems: readonly DocumentProblem[];
  /** By id of node. */
  problemsOn: ReadonlyMap<string, readonly DocumentProblem[]>;
  mayChange: boolean;
  /** What is chosen, by its place in the document. */
  item: string;
  choose: (item: string) => void;
  /** @param about  what it is about, so that typing on is one step of undo; left out for a step of its own */
  change: (document: FlowDocument, about?: string) => void;
  /** Sets a member, which is taken out by undefined. */
  set: (path: Path, value: Json | undefined) => void;
  rename: (member: 'menus' | 'hours', names: { from: string; to: string }) => void;
  /** Where a caller who is thought up came along; null while nobody tries. */
  lit: LitPath | null;
}

export const EditingContext = createContext<Editing | null>(null);

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (editing === null) throw new Error('This is a part of the editor.');
  return editing;
}

/** What is wrong at a member or inside of it, in the server's words. */
export function faultAt(problems: readonly DocumentProblem[], path: Path): string | undefined {
  const at = path.join('.');
  return problems.find((problem) => problem.path === at || problem.path.startsWith(`${at}.`))?.message;
}
