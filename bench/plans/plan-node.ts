/** A plan as PostgreSQL writes it with FORMAT JSON, as far as it is looked at. */
export interface PlanNode {
  'Node Type': string;
  /** `Outer`, `Inner`, `Member`, `Subquery`, `InitPlan`, `SubPlan`. */
  'Parent Relationship'?: string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Filter?: string;
  'Join Filter'?: string;
  Alias?: string;
  /** Partitions that were left out when the statement began. */
  'Subplans Removed'?: number;
  Plans?: PlanNode[];
}

export interface IndexFacts {
  /** Of an index of a partition: the one of the whole table that it is part of. */
  family: string;
  /** In their order. */
  columns: readonly string[];
}

/** By name, those of partitions too. */
export type Indexes = ReadonlyMap<string, IndexFacts>;

/** Answers `IndexRow`s; whoever may connect may ask. */
export const INDEXES = `
SELECT i.relname AS name, coalesce(p.relname, i.relname) AS family,
  ARRAY(SELECT a.attname::text FROM unnest(x.indkey) WITH ORDINALITY AS k(attribute, place)
        JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = k.attribute ORDER BY k.place) AS columns
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
LEFT JOIN pg_inherits h ON h.inhrelid = i.oid LEFT JOIN pg_class p ON p.oid = h.inhparent
WHERE i.relnamespace = 'public'::regnamespace`;

export interface IndexRow {
  [column: string]: unknown;
  name: string;
  family: string;
  columns: string[];
}

export function indexesOf(rows: readonly IndexRow[]): Indexes {
  return new Map(rows.map(({ name, family, columns }) => [name, { family, columns }]));
}

/** The whole table of a partition: `receipt` of `receipt_20261123`. */
export function tableOf(relation: string): string {
  return relation.replace(/_\d{8}$/, '');
}

/** How a plan goes about it, however many partitions there are: plans that look the same have the same shape. */
export function shapeOf(node: PlanNode, indexes: Indexes): string {
  const index = node['Index Name'];
  const on = index === undefined ? node['Relation Name'] : (indexes.get(index)?.family ?? index);
  const below = [...new Set((node.Plans ?? []).map((child) => shapeOf(child, indexes)))];
  const own = on === undefined ? node['Node Type'] : `${node['Node Type']} ${tableOf(on)}`;
  // With a single partition left there is no node to hold them together.
  if (/Append$/.test(own) && below.length === 1) return below[0] as string;
  return below.length === 0 ? own : `${own} (${below.join(', ')})`;
}
