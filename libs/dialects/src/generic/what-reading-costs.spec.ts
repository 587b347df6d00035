/** What a stranger's message costs is bounded by work that is counted, whatever the mapping. */
import type { InboundRequest, Reading } from '../dialect.js';
import type { Condition, Shape } from './mapping.js';
import { readByMapping } from './read-by-mapping.js';
import { readMapping } from './read-mapping.js';

const MIB = 1024 * 1024;

function ready(...shapes: Partial<Shape>[]) {
  const reading = readMapping({
    title: 'T',
    guide: [],
    routes: [{ name: 'event', what: 'x' }],
    shapes: shapes.map((shape, at) => ({
      name: `shape ${String(at)}`,
      call: 'id',
      phase: 'ended',
      ...shape,
    })),
  });
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.mapping;
}

/** How often each part of a request was looked at, and how many messages were. */
function read(mapping: ReturnType<typeof ready>, body: Buffer, query = '') {
  const looks = { body: 0, messages: 0 };
  const request: InboundRequest = {
    method: 'POST',
    route: 'event',
    query,
    headers: { 'content-type': 'application/json' },
    get body() {
      looks.body += 1;
      return body;
    },
  };
  const reading = readByMapping(request, mapping, { shape: () => (looks.messages += 1) });
  return { reading, looks };
}

function reasonsOf(reading: Reading): (string | undefined)[] {
  return reading.ok ? (reading.problems ?? []).map(({ reason }) => reason) : [reading.reason];
}

const listOf = (count: number, one: (at: number) => unknown) =>
  Buffer.from(JSON.stringify(Array.from({ length: count }, (_, at) => one(at + 1))));
const never = (at: string, count = 12): Condition[] =>
  Array.from({ length: count }, (_, index) => ({ at, not: [`x${String(index)}`] }));
/** Each of the conditions is asked, and the last of them does not hold. */
const asked = (at: string): Partial<Shape>[] =>
  Array.from({ length: 39 }, () => ({ when: [...never(at, 11), { at: 'id', is: ['nobody'] }] }));

describe('a request', () => {
  it('is decoded as often, however many messages it holds that are looked for in it', () => {
    const mapping = ready({
      when: [
        { at: '@body', startsWith: 'zz' },
        { at: '@body', not: ['y'] },
      ],
    });
    const [few, many] = [2, 2400].map((count) =>
      read(
        mapping,
        listOf(count, (id) => ({ id, x: 'y'.repeat(400) })),
      ),
    );
    expect(many?.looks.messages).toBe(2400);
    expect(many?.looks.body).toBe(few?.looks.body);
  });

  it('may be a list of 5,000 messages; the others are kept as what cannot be read', () => {
    const { reading, looks } = read(
      ready({}),
      listOf(7000, (id) => ({ id })),
    );
    expect(looks.messages).toBe(5000);
    expect(reading.ok && [reading.vendorCallIds.length, reading.problems?.length]).toEqual([5000, 100]);
    expect(reasonsOf(reading).at(-1)).toContain(
      '1901 more that cannot be read. A request has at most 5000 messages.',
    );
    expect(
      JSON.parse(Buffer.from((reading.ok && reading.problems?.at(-1)?.body) || '').toString()),
    ).toHaveLength(1901);
  });

  it.each([
    ['a value of each', 'x', listOf(300, (id) => ({ id, x: 1 })), ''],
    ['all values of each', 'x.*', listOf(300, (id) => ({ id, x: Array(500).fill(1) })), ''],
    [
      'all members of each',
      '*',
      listOf(50, (id) => ({ id, ...Object.fromEntries(Array(1500).fill(1).entries()) })),
      '',
    ],
    ['all of the URL', '@query.x', listOf(5000, (id) => ({ id })), 'x=1&'.repeat(500)],
    ['a long text of each', 'x', listOf(4, (id) => ({ id, x: `${String(id)}${'y'.repeat(MIB / 5)}` })), ''],
  ])('is not read further than a number of steps (%s)', (_what, at, body, query) => {
    const { reading, looks } = read(ready(...asked(at), {}), body, query);
    const isLong = at === 'x.*' || at === '*' || query !== '';
    const reasons = reasonsOf(reading).join('\n');
    if (isLong) expect(reasons).toContain('Reading it by this mapping takes too long.');
    else expect(reasons).toBe('');
    if (isLong) expect(looks.messages).toBeLessThan(500);
  });

  it('is not read at all where it is one message that takes too long', () => {
    const body = Buffer.from(JSON.stringify({ id: 1, a: Array(200_000).fill({}) }));
    expect(reasonsOf(read(ready(...asked('a.x'), {}), body).reading)).toEqual([
      'Reading it by this mapping takes too long.',
    ]);
  });

  it('tells of its calls as much as there was time for, and says so', () => {
    const from = Array.from({ length: 12 }, (_, index) => `x.y${String(index)}`);
    const mapping = ready({ from, to: from, did: from, queue: { id: from, name: from } });
    const { reading } = read(
      mapping,
      listOf(200, (id) => ({ id, x: Array(800).fill({}), from: 'a' })),
    );
    if (!reading.ok) throw new Error(reading.reason);
    expect(reading.reports.map(({ vendorCallId }) => vendorCallId)).toHaveLength(200);
    expect(reading.reports[0]?.unreadableFields).toBeUndefined();
    expect(reading.reports.at(-1)?.unreadableFields).toEqual(['*']);
    expect(reading.reports.at(-1)?.raw).toMatchObject({ from: 'a' });
  });
});
