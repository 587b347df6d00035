/** Rows by one of their columns, in their order. (Map.groupBy came with Node 21.) */
export function groupRows<Row extends Record<string, unknown>>(
  rows: Row[],
  column: string,
): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = row[column] as string;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
