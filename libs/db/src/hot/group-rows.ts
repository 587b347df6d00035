/** Rows by one of their columns, in their order. (Map.groupBy came with Node 21.) */
export function groupRows<Row extends Record<string, unknown>, Key extends string | number = string>(
  rows: readonly Row[],
  column: string,
): Map<Key, Row[]> {
  const groups = new Map<Key, Row[]>();
  for (const row of rows) {
    const key = row[column] as Key;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/** Of a statement that answers rows of several kinds, those of one. */
export function rowsOf<Row extends { part: string }>(rows: readonly Row[], part: Row['part']): Row[] {
  return rows.filter((row) => row.part === part);
}
