import { diffLines } from 'diff';

/** One line of a diff: it was, it is, or it is as it was. */
export interface DiffLine {
  kind: 'was' | 'is' | 'same';
  text: string;
}

export interface FieldChange {
  field: string;
  lines: readonly DiffLine[];
}

type Changes = Readonly<Record<string, { from?: unknown; to?: unknown }>>;

/** Lines that did not change are shown around those that did; so many. */
const AROUND = 2;

/** Each changed field, as lines that were and lines that are. What has parts is compared part by part. */
export function changesOf(changes: Changes): FieldChange[] {
  return Object.entries(changes).map(([field, { from, to }]) => ({ field, lines: linesOf(from, to) }));
}

function linesOf(from: unknown, to: unknown): DiffLine[] {
  if (isEmpty(from)) return shown(to).map((text) => ({ kind: 'is', text }));
  if (isEmpty(to)) return shown(from).map((text) => ({ kind: 'was', text }));
  const [was, is] = [shown(from), shown(to)].map((lines) => `${lines.join('\n')}\n`);
  const all = diffLines(was ?? '', is ?? '').flatMap(({ added, removed, value }) =>
    value
      .replace(/\n$/, '')
      .split('\n')
      .map((text): DiffLine => ({ kind: added ? 'is' : removed ? 'was' : 'same', text })),
  );
  return all.filter(
    ({ kind }, at) =>
      kind !== 'same' ||
      all.slice(Math.max(0, at - AROUND), at + AROUND + 1).some((near) => near.kind !== 'same'),
  );
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null;
}

function shown(value: unknown): string[] {
  if (isEmpty(value)) return [];
  return (typeof value === 'string' ? value : JSON.stringify(value, null, 2)).split('\n');
}
