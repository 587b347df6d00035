/** A name of somebody's own for filters of a list. */
export interface SavedView {
  name: string;
  /** As the address has them. */
  filters: Readonly<Record<string, unknown>>;
}

/** Where views of a list are kept in this browser, which several people may use. */
export function keyOfViews(list: string, person: string): string {
  return `switchhook.views.${list}.${person}`;
}

/** What was kept; nothing of what is none of ours. */
export function readViews(text: string | null): SavedView[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept) ? kept.filter(isView) : [];
  } catch {
    return [];
  }
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== 'object' || value === null) return false;
  const { name, filters } = value as Record<string, unknown>;
  return (
    typeof name === 'string' && typeof filters === 'object' && filters !== null && !Array.isArray(filters)
  );
}

/** With one more; another of its name gives way. */
export function withSaved(views: readonly SavedView[], view: SavedView): SavedView[] {
  return [...views.filter(({ name }) => name !== view.name), view].sort((a, b) =>
    a.name.localeCompare(b.name),
  );
}

/** The one whose filters these are. */
export function savedAs(views: readonly SavedView[], filters: object): SavedView | undefined {
  const wanted = textOf(filters);
  return views.find((view) => textOf(view.filters) === wanted);
}

function textOf(filters: object): string {
  return JSON.stringify(Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1)));
}
