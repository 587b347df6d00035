/** Says what of a plan costs more the larger its tables are. Pure. */
import { tableOf, type IndexFacts, type Indexes, type PlanNode } from './plan-node.js';

/** Tables that grow with every call; all others grow with the number of tenants and what these set up. */
const LOG_TABLES: ReadonlySet<string> = new Set(['receipt', 'call', 'call_event', 'delivery', 'attempt']);
/** Columns by which very many rows are alike. */
const COARSE: ReadonlySet<string> = new Set(['kind', 'span', 'type']);
const COARSE_IN_LOGS = 'tenant_id';
/** What the log tables are cut up by. */
const PARTITION_KEY = 'id';

/** Nodes that hand on each row as it comes, so that a Limit above them ends what is below. */
const STREAMING: ReadonlySet<string> = new Set([
  'Limit',
  'Append',
  'Merge Append',
  'Nested Loop',
  'Result',
  'ProjectSet',
  'Subquery Scan',
  'LockRows',
  'Memoize',
]);

export interface Known {
  indexes: Indexes;
  /** Tables that may be read whole. */
  tiny?: ReadonlySet<string>;
  /**
   * Partitions that hold nothing yet: by which index these are entered is any, and is planned again as soon as they are
   * analysed.
   */
  empty?: ReadonlySet<string>;
  /**
   * Whether the session leaves out partitions when a statement begins. Where it does not, each partition's index is asked for
   * an id, and nothing can be said against one that does.
   */
  pruning: boolean;
}

interface Place {
  /** A Limit above ends this as soon as it has enough. */
  stops: boolean;
  /** Done again for each row of another node: which partitions are left out then, no plan shows. */
  repeated: boolean;
  relation?: string;
}

/** @returns what is wrong, one sentence each; none for a plan that costs the same whatever the tables hold */
export function judgePlan(plan: PlanNode, known: Known): string[] {
  return [...new Set(judge(plan, { stops: false, repeated: false }, known))];
}

function judge(node: PlanNode, place: Place, known: Known): string[] {
  const type = node['Node Type'];
  const relation = node['Relation Name'] ?? place.relation;
  const table = relation === undefined ? undefined : tableOf(relation);
  const found: string[] = [];
  if (type === 'Seq Scan' && table !== undefined && known.tiny?.has(table) !== true) {
    found.push(`reads all of ${table}`);
  }
  const isEmpty = relation !== undefined && known.empty?.has(relation) === true;
  if (node['Index Name'] !== undefined && !isEmpty) {
    found.push(...judgeIndex(node, { ...place, table }, known));
  }
  if (/^(Merge )?Append$/.test(type)) found.push(...judgePartitions(node, place, known));
  if (type === 'Nested Loop') found.push(...judgeRescan(node));
  const streams = STREAMING.has(type);
  for (const child of node.Plans ?? []) {
    const aside = /InitPlan|SubPlan/.test(child['Parent Relationship'] ?? '');
    const inner = type === 'Nested Loop' && child['Parent Relationship'] === 'Inner';
    const below: Place = {
      stops: !aside && streams && (type === 'Limit' || place.stops),
      repeated: (place.repeated && !aside) || inner || child['Parent Relationship'] === 'SubPlan',
      ...(type === 'Bitmap Heap Scan' && relation !== undefined ? { relation } : {}),
    };
    found.push(...judge(child, below, known));
  }
  return found;
}

function judgeIndex(
  node: PlanNode,
  { stops, table }: { stops: boolean; table: string | undefined },
  { indexes }: Known,
): string[] {
  const name = node['Index Name'] ?? '';
  const facts = indexes.get(name) ?? { family: name, columns: [] };
  const asked = conditionsIn(node['Index Cond'] ?? '');
  // The next of an ordered walk that ends soon.
  const isNext = stops && node.Filter === undefined;
  if (asked.length === 0) return isNext ? [] : [`walks all of ${facts.family}`];
  return isNext ? [] : narrowness(facts, asked, table);
}

/** Whether the conditions lead to few entries of the index. */
function narrowness(facts: IndexFacts, asked: readonly Condition[], table: string | undefined): string[] {
  const isLog = table !== undefined && LOG_TABLES.has(table);
  const [first] = facts.columns;
  const leading = asked.filter(({ column }) => column === first);
  const columns = asked.map(({ column }) => column).join(', ');
  if (leading.length === 0) return [`walks ${facts.family} by ${columns}, which it does not begin with`];
  const isCoarse = ({ column }: Condition) => COARSE.has(column) || (isLog && column === COARSE_IN_LOGS);
  if (asked.every(isCoarse))
    return [`walks ${facts.family} by ${columns} alone, in which very many are alike`];
  if (isLog && !leading.some(({ equal }) => equal)) return [`reads ${facts.family} from some ${columns} on`];
  return [];
}

function judgePartitions(node: PlanNode, { repeated }: Place, { pruning }: Known): string[] {
  const scans = (node.Plans ?? []).map(scanOf);
  const tables = new Set(scans.map((scan) => tableOf(scan?.['Relation Name'] ?? '')));
  const [table = ''] = tables;
  if (!pruning || repeated || tables.size !== 1 || scans.length < 2 || !LOG_TABLES.has(table)) return [];
  const named = scans.every((scan) =>
    conditionsIn(scan?.['Index Cond'] ?? scan?.Plans?.[0]?.['Index Cond'] ?? '').some(
      ({ column, equal }) => column === PARTITION_KEY && equal,
    ),
  );
  const removed = node['Subplans Removed'] ?? 0;
  return named && removed === 0 ? [`looks into every partition of ${table}, of which the id names one`] : [];
}

/** What came along with a statement has no index: joined in a loop, all of it is looked at for each row of the other. */
function judgeRescan(node: PlanNode): string[] {
  const inner = node.Plans?.find((child) => child['Parent Relationship'] === 'Inner');
  const scan = inner?.['Node Type'] === 'Materialize' ? inner.Plans?.[0] : inner;
  const isLoose = scan !== undefined && scan['Node Type'] === 'Function Scan';
  return isLoose && node['Join Filter'] !== undefined
    ? [`goes through all of ${scan.Alias ?? scan['Node Type']} for each row that it is joined with`]
    : [];
}

/** The scan of a table below nodes that have one child. */
function scanOf(node: PlanNode): PlanNode | undefined {
  if (node['Relation Name'] !== undefined) return node;
  const [only, other] = node.Plans ?? [];
  return only !== undefined && other === undefined ? scanOf(only) : undefined;
}

interface Condition {
  column: string;
  equal: boolean;
}

/** `((w.endpoint_id = m.id) AND (w.due_at <= now()))`: the index's column stands at the left of each comparison. */
const COMPARISON = /\(+(?:"?\w+"?\.)?"?(\w+)"?\)?(?:::\w+)? (=|<=|>=|<|>|IS NULL)/g;
/** `(ROW(a, b) > ROW($1, $2))` is about the first of them. */
const ROW = /\(ROW\((?:"?\w+"?\.)?"?(\w+)"?,[^)]*\) [<>]/g;

function conditionsIn(text: string): Condition[] {
  return [
    ...[...text.matchAll(COMPARISON)].map(([, column = '', operator]) => ({
      column,
      equal: operator === '=' || operator === 'IS NULL',
    })),
    ...[...text.matchAll(ROW)].map(([, column = '']) => ({ column, equal: false })),
  ];
}
