import { isRecord, type FlowDocument, type Json, type Path } from './flow-document';

export interface Merge {
  /** What both changed where they do not meet; mine where they do. */
  merged: FlowDocument;
  /** Where both changed the same, and not alike. */
  conflicts: readonly Conflict[];
  /** What they changed. */
  theirs: readonly Path[];
}

export interface Conflict {
  path: Path;
  mine: Json | undefined;
  theirs: Json | undefined;
}

interface Three {
  base: Json | undefined;
  mine: Json | undefined;
  theirs: Json | undefined;
}

/** Puts two changes of one document together, member by member. A list is one thing. */
export function mergeDocuments(three: {
  base: FlowDocument;
  mine: FlowDocument;
  theirs: FlowDocument;
}): Merge {
  const conflicts: Conflict[] = [];
  const theirs: Path[] = [];
  const merged = merge(three, [], { conflicts, theirs }) as FlowDocument;
  return { merged, conflicts, theirs };
}

function merge(
  { base, mine, theirs }: Three,
  path: Path,
  found: { conflicts: Conflict[]; theirs: Path[] },
): Json | undefined {
  if (isSame(theirs, base)) return mine;
  if (isRecord(mine) && isRecord(theirs) && isRecord(base)) {
    const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
    const members = names.map((name) => {
      const three = { base: base[name], mine: mine[name], theirs: theirs[name] };
      return [name, merge(three, [...path, name], found)] as const;
    });
    return Object.fromEntries(members.filter((entry): entry is [string, Json] => entry[1] !== undefined));
  }
  found.theirs.push(path);
  if (isSame(mine, base)) return theirs;
  if (!isSame(mine, theirs)) found.conflicts.push({ path, mine, theirs });
  return mine;
}

/** Whether two values say the same, whatever the order of their members. */
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    const [left, right] = [one as readonly Json[], other as readonly Json[]];
    return left.length === right.length && left.every((item, at) => isSame(item, right[at]));
  }
  if (!isRecord(one) || !isRecord(other)) return false;
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => isSame(one[name], other[name]));
}
