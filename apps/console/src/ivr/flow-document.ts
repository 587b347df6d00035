/** A flow's document while it is edited: JSON that may be wrong in any way, as it is while one types. Changes make a new one. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type FlowDocument = { readonly [name: string]: Json };
/** Names from the root, such as `menus`, `main`, `digits`, `1`. */
export type Path = readonly string[];

export function isRecord(value: unknown): value is FlowDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** As the domain writes a path into its problems. */
export function pathText(path: Path): string {
  return path.join('.');
}

/** Undefined where there is nothing. */
export function valueAt(document: Json, path: Path): Json | undefined {
  let value: Json | undefined = document;
  for (const name of path) {
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(name)];
    else if (isRecord(value)) value = Object.hasOwn(value, name) ? value[name] : undefined;
    else return undefined;
  }
  return value;
}

/** Members on the way that are missing are made. @param value  undefined takes the member out */
export function withValue(document: FlowDocument, path: Path, value: Json | undefined): FlowDocument {
  return changed(document, path, value) as FlowDocument;
}

function changed(within: Json | undefined, [name, ...rest]: Path, value: Json | undefined): Json | undefined {
  if (name === undefined) return value;
  if (Array.isArray(within)) {
    const list = within as readonly Json[];
    const next = changed(list[Number(name)], rest, value);
    return next === undefined ? list.filter((_, at) => at !== Number(name)) : list.with(Number(name), next);
  }
  const before = isRecord(within) ? within : {};
  const next = changed(before[name], rest, value);
  if (next !== undefined) return { ...before, [name]: next };
  return Object.fromEntries(Object.entries(before).filter(([key]) => key !== name));
}

/** The same with a member under another name, at the same place among the others. */
export function withRenamed(document: FlowDocument, path: Path, to: string): FlowDocument {
  const parent = path.slice(0, -1);
  const from = path.at(-1);
  const before = valueAt(document, parent);
  if (!isRecord(before)) return document;
  const entries = Object.entries(before).map(([key, value]): [string, Json] => [
    key === from ? to : key,
    value,
  ]);
  return withValue(document, parent, Object.fromEntries(entries));
}

/** Names of the members of an object there; empty for anything else. */
export function namesAt(document: FlowDocument, path: Path): string[] {
  const value = valueAt(document, path);
  return isRecord(value) ? Object.keys(value) : [];
}
