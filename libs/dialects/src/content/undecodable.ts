/** What stands in the place of characters that could not be decoded. */
const REPLACEMENT = '\ufffd';

/**
 * The names of the fields of a message whose text came damaged: bytes that are in no encoding that was declared or is
 * customary. The text is kept as far as it could be read.
 */
export function undecodableFields(fields: Iterable<readonly [name: string, value: unknown]>): string[] {
  const names: string[] = [];
  for (const [name, value] of fields) if (isUndecodable(name) || isUndecodable(value)) names.push(name);
  return names;
}

/** @param value  of bounded depth */
export function isUndecodable(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(REPLACEMENT);
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(isUndecodable);
  for (const name in value) {
    if (isUndecodable(name) || isUndecodable((value as Record<string, unknown>)[name])) return true;
  }
  return false;
}
