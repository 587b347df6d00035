import type { SourceKind } from './contact-source.js';
import { crm } from './crm/crm.js';
import { http } from './http/http.js';

/** Every kind of source, one line each; the first is what a source is that does not say. */
export const SOURCE_KINDS: readonly SourceKind[] = [http, crm];

const byName = new Map(SOURCE_KINDS.map((kind) => [kind.name, kind]));

/** Undefined for a name that no kind has. */
export function sourceKindNamed(name: string): SourceKind | undefined {
  return byName.get(name);
}
