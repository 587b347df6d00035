import type { Place } from './lay-out';

/** Where people moved nodes to, by id: kept beside the document, so that it makes no new version. */
export type Moved = Readonly<Record<string, Place>>;

/** Of what the API keeps; whatever else is in there is left out. */
export function movedOf(layout: Readonly<Record<string, unknown>> | null): Moved {
  const nodes = layout?.['nodes'];
  if (typeof nodes !== 'object' || nodes === null) return {};
  return Object.fromEntries(
    Object.entries(nodes).filter((entry): entry is [string, Place] => isPlace(entry[1])),
  );
}

function isPlace(value: unknown): value is Place {
  const { x, y } = (value ?? {}) as Partial<Record<string, unknown>>;
  return Number.isFinite(x) && Number.isFinite(y);
}

/** A menu that is called otherwise stays where it is, and so do the steps behind its keys. */
export function movedAlong(moved: Moved, from: string, to: string): Moved {
  return Object.fromEntries(
    Object.entries(moved).map(([id, place]): [string, Place] => [
      id === from || id.startsWith(`${from}.`) ? `${to}${id.slice(from.length)}` : id,
      place,
    ]),
  );
}
