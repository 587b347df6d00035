/** What a key may do. Each scope holds the ones before it: who may write may read what was written. */
export const SCOPES = ['read', 'write', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** @param held  scopes of a key; words that are none of ours allow nothing */
export function allows(held: readonly string[], needed: Scope): boolean {
  return SCOPES.slice(SCOPES.indexOf(needed)).some((scope) => held.includes(scope));
}
