/** Families of events that are about how we work and not about calls: `*` does not take them. */
const OPERATIONAL = new Set(['endpoint', 'connection', 'api_key', 'tenant', 'order', 'campaign', 'lead']);

const familyOf = (type: string): string => type.split('.')[0] ?? type;

export interface Family {
  name: string;
  /** `call.*`. */
  pattern: string;
  isOperational: boolean;
  types: readonly string[];
}

export function familiesOf(types: readonly string[]): Family[] {
  const names = [...new Set(types.map(familyOf))];
  return names.map((name) => ({
    name,
    pattern: `${name}.*`,
    isOperational: OPERATIONAL.has(name),
    types: types.filter((type) => familyOf(type) === name),
  }));
}

/** The pattern that asks for a type; undefined where none does. The type itself goes before what is wider. */
export function askedBy(patterns: readonly string[], type: string): string | undefined {
  if (patterns.includes(type)) return type;
  const family = patterns.find((pattern) => pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1)));
  if (family !== undefined) return family;
  return patterns.includes('*') && !OPERATIONAL.has(familyOf(type)) ? '*' : undefined;
}

/** Asks for a pattern or no more; what a wider one takes anyway is left out. */
export function withPattern(patterns: readonly string[], pattern: string, isAsked: boolean): string[] {
  if (!isAsked) return patterns.filter((one) => one !== pattern);
  const covered = (one: string): boolean => one !== pattern && askedBy([pattern], one) !== undefined;
  return [...patterns.filter((one) => one !== pattern && !covered(one)), pattern];
}
