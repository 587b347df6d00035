const sets = new Map<string, readonly string[]>();

/** The one array of these zones, without doubles: so that what is worked out for it can be remembered by it. */
export function zoneSet(zones: readonly string[]): readonly string[] {
  const key = zones.join(' ');
  const known = sets.get(key);
  if (known !== undefined) return known;
  const sorted = [...new Set(zones)].sort();
  const sortedKey = sorted.join(' ');
  const set = sets.get(sortedKey) ?? sorted;
  sets.set(sortedKey, set);
  sets.set(key, set);
  return set;
}
