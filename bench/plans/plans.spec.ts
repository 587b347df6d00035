import { judgePlan } from './judge-plan.js';
import { PlanBook } from './plan-book.js';
import { shapeOf, type IndexFacts, type PlanNode } from './plan-node.js';

const indexes = new Map<string, IndexFacts>(
  Object.entries({
    receipt_20261123_pkey: ['id'],
    receipt_20261130_pkey: ['id'],
    receipt_20261123_due: ['connection_id', 'id'],
    receipt_20261130_due: ['connection_id', 'id'],
    call_tenant_idx: ['tenant_id', 'started_at'],
    mailbox_pkey: ['kind', 'id'],
    endpoint_tenant_idx: ['tenant_id', 'id'],
  }).map(([name, columns]) => [name, { family: name.replace(/_\d{8}/, ''), columns }]),
);

const judged = (plan: PlanNode, more: { tiny?: string[]; pruning?: boolean } = {}) =>
  judgePlan(plan, { indexes, pruning: more.pruning ?? false, tiny: new Set(more.tiny) });

const index = (name: string, cond?: string, more: Partial<PlanNode> = {}): PlanNode => ({
  'Node Type': 'Index Scan',
  'Relation Name': name.replace(/_(pkey|due|tenant_idx)$/, ''),
  'Index Name': name,
  ...(cond === undefined ? {} : { 'Index Cond': cond }),
  ...more,
});
const over = (type: string, ...children: PlanNode[]): PlanNode => ({ 'Node Type': type, Plans: children });
const seq = (table: string): PlanNode => ({ 'Node Type': 'Seq Scan', 'Relation Name': table });

describe('the judgement of a plan', () => {
  it('refuses one that reads a table that grows, however deep, and a partition of it', () => {
    expect(judged(seq('receipt'))).toEqual(['reads all of receipt']);
    const parts = over('Append', seq('receipt_20261123'), seq('receipt_20261130'));
    expect(judged(over('ModifyTable', over('Nested Loop', parts)))).toEqual(['reads all of receipt']);
  });

  it('takes one of a tiny table, and of what is no table', () => {
    expect(judged(seq('setting'), { tiny: ['setting'] })).toEqual([]);
    expect(
      judged(over('Nested Loop', { 'Node Type': 'Function Scan' }, { 'Node Type': 'CTE Scan' })),
    ).toEqual([]);
  });

  it.each([
    ['(receipt.id = d.id)', 'receipt_20261123_pkey'],
    ['(id = ANY ($1))', 'receipt_20261123_pkey'],
    ['((d.connection_id = m.id) AND (d.id > $1))', 'receipt_20261123_due'],
    [`((m.kind = 'connection'::text) AND (m.id = due.id))`, 'mailbox_pkey'],
    ['(tenant_id = c.tenant_id)', 'endpoint_tenant_idx'],
  ])('takes %s of %s', (cond, name) => {
    expect(judged(index(name, cond))).toEqual([]);
  });

  it('refuses what joins rows without an index by looking at all of them for each other row', () => {
    const rows: PlanNode = { 'Node Type': 'Function Scan', 'Parent Relationship': 'Inner', Alias: 'd' };
    const fence: PlanNode = { 'Node Type': 'CTE Scan', 'Parent Relationship': 'Outer' };
    const join: PlanNode = { ...over('Nested Loop', fence, rows), 'Join Filter': '(d.id = fence.id)' };
    const complaint = 'goes through all of d for each row that it is joined with';
    expect(judged(join)).toEqual([complaint]);
    const kept = { ...over('Materialize', rows), 'Parent Relationship': 'Inner' };
    expect(judged({ ...join, Plans: [fence, kept] })).toEqual([complaint]);
    // What a row has with it, e.g. `CROSS JOIN LATERAL unnest(fence.ids)`.
    expect(judged(over('Nested Loop', fence, rows))).toEqual([]);
  });

  it('takes an index whose bits are gathered first', () => {
    const bits: PlanNode = {
      'Node Type': 'Bitmap Index Scan',
      'Index Name': 'receipt_20261123_pkey',
      'Index Cond': '(id = $1)',
    };
    const heap = { ...over('Bitmap Heap Scan', bits), 'Relation Name': 'receipt_20261123' };
    expect(judged(heap)).toEqual([]);
  });

  it.each([
    [undefined, 'receipt_20261123_due', 'walks all of receipt_due'],
    ['(id = $1)', 'receipt_20261123_due', 'walks receipt_due by id, which it does not begin with'],
    [`(kind = 'x'::text)`, 'mailbox_pkey', 'walks mailbox_pkey by kind alone, in which very many are alike'],
    [
      '(tenant_id = $1)',
      'call_tenant_idx',
      'walks call_tenant_idx by tenant_id alone, in which very many are alike',
    ],
    ['(id > $1)', 'receipt_20261123_pkey', 'reads receipt_pkey from some id on'],
  ])('refuses %s of %s', (cond, name, complaint) => {
    expect(judged(index(name, cond))).toEqual([complaint]);
  });

  it('takes an ordered walk that a limit ends, and refuses it where it may have to pass many by, or sorts first', () => {
    const walk = (more = {}) => index('receipt_20261123_due', undefined, more);
    expect(judged(over('Limit', over('Merge Append', walk())))).toEqual([]);
    expect(judged(over('Limit', walk({ Filter: '(tries > 0)' })))).toEqual(['walks all of receipt_due']);
    expect(judged(over('Limit', over('Sort', walk())))).toEqual(['walks all of receipt_due']);
    const aside = { ...walk(), 'Parent Relationship': 'InitPlan' };
    expect(judged(over('Limit', aside))).toEqual(['walks all of receipt_due']);
  });

  it('takes any index of a partition that holds nothing yet, and none of one that is not known to', () => {
    const walk = index('receipt_20261130_due');
    const known = { indexes, pruning: false, empty: new Set(['receipt_20261130']) };
    expect(judgePlan(walk, known)).toEqual([]);
    expect(judgePlan(index('receipt_20261123_due'), known)).toEqual(['walks all of receipt_due']);
  });

  it('refuses looking into every partition for an id where the session can tell which one it is', () => {
    const byId = (cond: string) =>
      over('Append', index('receipt_20261123_pkey', cond), index('receipt_20261130_pkey', cond));
    const complaint = ['looks into every partition of receipt, of which the id names one'];
    expect(judged(byId('(id = $1)'), { pruning: true })).toEqual(complaint);
    expect(judged({ ...byId('(id = $1)'), 'Subplans Removed': 3 }, { pruning: true })).toEqual([]);
    expect(judged(byId('(id = $1)'), { pruning: false })).toEqual([]);
    const again = { ...byId('(id = d.id)'), 'Parent Relationship': 'Inner' };
    expect(judged(over('Nested Loop', again), { pruning: true })).toEqual([]);
  });
});

describe('the shape of a plan', () => {
  it('is the same however many partitions there are, and another one with another index', () => {
    const two = over(
      'Append',
      index('receipt_20261123_pkey', '(id = $1)'),
      index('receipt_20261130_pkey', 'x'),
    );
    expect(shapeOf(two, indexes)).toBe(shapeOf(index('receipt_20261123_pkey', '(id = $1)'), indexes));
    expect(shapeOf(index('receipt_20261123_due'), indexes)).not.toBe(shapeOf(two, indexes));
  });
});

describe('the book of plans', () => {
  const message = (text: string, table: string) =>
    `duration: 0.1 ms  plan:\n${JSON.stringify({ 'Query Text': text, Plan: seq(table) })}`;

  it('gives what a function ran to the statement that called it, session by session, and each plan once', () => {
    const book = new PlanBook();
    book.named('outer.call', '\nSELECT claim()');
    for (const session of [1, 1, 2]) {
      book.told(session, message('SELECT 1 FROM mailbox', 'mailbox'));
      book.told(3, message('SELECT 1 FROM nobody', 'nobody'));
      book.told(session, 'something else');
      book.told(session, message('\nSELECT claim()', 'x'));
    }
    expect(book.plans.map(({ statement, plan }) => [statement, plan['Relation Name']])).toEqual([
      ['outer.call', 'mailbox'],
      ['outer.call', 'x'],
    ]);
    expect(book.statements).toEqual(new Set(['outer.call']));
  });
});
