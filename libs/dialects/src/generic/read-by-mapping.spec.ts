/** What a mapping makes of messages, by one part of it after the other. */
import fc from 'fast-check';
import type { LegReport } from '#domain';
import type { InboundRequest, Reading } from '../dialect.js';
import type { Mapping, Shape } from './mapping.js';
import { readByMapping } from './read-by-mapping.js';
import { readMapping } from './read-mapping.js';
import type { ReadyMapping } from './ready-mapping.js';

function ready(...shapes: (Partial<Shape> | Shape)[]): ReadyMapping {
  const own = shapes.map((shape) => ({ name: 'any', phase: 'ended', call: 'id', ...shape }));
  const mapping = { title: 'T', guide: [], routes: [{ name: 'event', what: 'x' }], shapes: own };
  const reading = readMapping(mapping satisfies Omit<Mapping, 'shapes'>);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.mapping;
}

const requestOf = (body: string | Uint8Array, more: Partial<InboundRequest> = {}): InboundRequest => ({
  method: 'POST',
  route: 'event',
  query: '',
  headers: {},
  body: typeof body === 'string' ? Buffer.from(body) : body,
  ...more,
});
const read = (mapping: ReadyMapping, message: unknown, more?: Partial<InboundRequest>): Reading =>
  readByMapping(requestOf(typeof message === 'string' ? message : JSON.stringify(message), more), mapping);
function legs(mapping: ReadyMapping, message: unknown, more?: Partial<InboundRequest>): readonly LegReport[] {
  const reading = read(mapping, message, more);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.reports;
}
const leg = (shape: Partial<Shape>, message: unknown, more?: Partial<InboundRequest>): Partial<LegReport> =>
  legs(ready(shape), message, more)[0] ?? {};

describe('where things stand', () => {
  it('is a path through objects, lists, and texts that hold JSON', () => {
    const message = {
      id: 1,
      a: { 'b.c': [{ n: '+1' }, { n: '+2' }] },
      msg: '{"to":"+3","deep":"{\\"did\\":\\"+4\\"}"}',
    };
    expect(leg({ from: 'a.b\\.c.1.n', to: 'msg.to', did: 'msg.deep.did' }, message)).toMatchObject({
      from: '+2',
      to: '+3',
      did: '+4',
    });
  });

  it('is the first of several that is filled', () => {
    expect(leg({ from: ['a', 'b', { is: 'nobody' }] }, { id: 1, a: ' ', b: '+2' })).toMatchObject({
      from: '+2',
    });
    expect(leg({ from: ['a', 'b', { is: 'nobody' }] }, { id: 1 })).toMatchObject({ from: 'nobody' });
  });

  it('may be the URL, a header, the route, or a field of a form as it came', () => {
    const shape = { call: '@query.id', from: '@header.x-from', type: '@route', did: '@form.did' };
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-from': '+1' };
    expect(leg(shape, 'did=%2B2&x=1', { query: 'id=7', headers })).toMatchObject({
      vendorCallId: '7',
      from: '+1',
      vendorType: 'event',
      did: '+2',
    });
  });

  it('is in a form, in XML, or in a URL alone', () => {
    expect(leg({ from: 'f' }, 'id=5&f=%2B1')).toMatchObject({ vendorCallId: '5', from: '+1' });
    expect(leg({ from: 'f' }, '<x><id>5</id><f>+1</f></x>')).toMatchObject({ vendorCallId: '5', from: '+1' });
    expect(leg({ from: 'f' }, '', { query: 'id=5&f=%2B1' })).toMatchObject({ vendorCallId: '5', from: '+1' });
  });

  it('may be told in pieces that are joined, and is nothing where one is missing', () => {
    const shape = { call: { join: ['day', 'agent'], with: '/' } };
    expect(leg(shape, { day: 'mon', agent: 7 })).toMatchObject({ vendorCallId: 'mon/7' });
    expect(read(ready(shape), { day: 'mon' })).toMatchObject({
      ok: false,
      reason: expect.stringContaining('no id of the call') as unknown,
    });
  });
});

describe('which kind a message is', () => {
  const mapping = ready(
    { name: 'rings', phase: 'ringing', when: [{ at: 'event', is: ['Ring', 'alert'] }] },
    { name: 'noise', quiet: true, when: [{ at: 'event', startsWith: 'agent.' }] },
    {
      name: 'long',
      phase: 'ended',
      when: [
        { at: 'event', is: ['end'] },
        { at: 'secs', above: 0 },
      ],
    },
    {
      name: 'short',
      phase: 'noted',
      when: [
        { at: 'event', is: ['end'] },
        { at: 'secs', not: ['1'] },
      ],
    },
  );

  it('is the first that fits, without regard to case', () => {
    expect(legs(mapping, { id: 1, event: 'RING' })).toMatchObject([{ phase: 'ringing' }]);
    expect(legs(mapping, { id: 1, event: 'end', secs: '3' })).toMatchObject([{ phase: 'ended' }]);
    expect(legs(mapping, { id: 1, event: 'end', secs: 0 })).toMatchObject([{ phase: 'noted' }]);
  });

  it('may be quiet: it is taken, and tells of no call', () => {
    expect(read(mapping, { event: 'agent.paused' })).toMatchObject({
      ok: true,
      vendorCallIds: [],
      reports: [],
    });
  });

  it('is none: the message is kept as what cannot be read', () => {
    expect(read(mapping, { id: 1, event: 'fax' })).toMatchObject({
      ok: false,
      reason: 'The message is of no kind that the mapping knows.',
    });
  });

  it('is another for each of a list', () => {
    expect(
      legs(mapping, [
        { id: 1, event: 'ring' },
        { id: 2, event: 'end', secs: 2 },
      ]),
    ).toMatchObject([{ vendorCallId: '1' }, { vendorCallId: '2' }]);
    expect(read(mapping, [{ id: 1, event: 'ring' }, { event: 'fax' }])).toMatchObject({
      ok: true,
      problems: [{ reason: expect.stringContaining('message 2 of 2') as unknown }],
    });
  });
});

describe('parts of a message that are legs', () => {
  const mapping = ready({
    each: 'members',
    call: '^.call',
    leg: 'channel',
    skip: [{ at: 'kind', is: ['queue'] }],
    phase: { at: 'state', words: { ring: 'ringing', up: 'answered' } },
    from: '^.from',
    extension: 'ext',
  });

  it('are told one by one, with what stands around them', () => {
    const told = legs(mapping, {
      call: 'c',
      from: '+1',
      trunk: 't',
      members: [
        { channel: 'a', state: 'ring', ext: '101', mos: 4 },
        { kind: 'queue', state: 'up' },
        { channel: 'b', state: 'up', ext: '102' },
        { channel: 'x', state: 'odd' },
      ],
    });
    expect(told).toMatchObject([
      { vendorCallId: 'c', leg: 'a', phase: 'ringing', extension: '101', from: '+1' },
      { vendorCallId: 'c', leg: 'b', phase: 'answered', extension: '102', from: '+1' },
    ]);
    // Said once, with the first of them.
    expect(told[0]?.raw).toMatchObject({ trunk: 't', mos: 4 });
    expect(told[1]?.raw).not.toHaveProperty('trunk');
  });
});

describe('texts', () => {
  it.each<[string, NonNullable<Shape['from']>, string]>([
    ['"Ann B" <sip:101@pbx.example>', { at: 'v', take: ['sipUser'] }, '101'],
    ['sip:+15551234;ext=1@pbx.example:5060;transport=tcp', { at: 'v', take: ['sipUser'] }, '+15551234'],
    ['"Ann B" <101>', { at: 'v', take: ['numberIn'] }, '101'],
    ['"Ann B" <101>', { at: 'v', take: ['nameIn'] }, 'Ann B'],
    ['%2B972%2050', { at: 'v', take: ['urlDecoded'] }, '+972 50'],
    ['PJSIP/101-0001', { at: 'v', take: [{ after: '/' }, { before: '-' }] }, '101'],
    ['4915791234567', { at: 'v', take: ['plus'] }, '+4915791234567'],
    ['client:ann', { at: 'v', take: [{ withoutPrefix: 'client:' }] }, 'ann'],
    ['(050) 123-4567', { at: 'v', take: ['digits'] }, '0501234567'],
    ['aGVsbG8=', { at: 'v', take: ['base64Decoded'] }, 'hello'],
  ])('%s', (v, from, wanted) => {
    expect(leg({ from }, { id: 1, v })).toMatchObject({ from: wanted });
  });
});

describe('words', () => {
  const result = {
    at: 'cause',
    words: { OK: 'answered', gone: { inbound: 'missed', outbound: 'cancelled' } },
  } as const;
  const direction = { at: 'way', words: { in: 'inbound', out: 'outbound' } } as const;

  it('become ours, some by the direction', () => {
    expect(leg({ direction, result }, { id: 1, way: 'IN', cause: 'gone' })).toMatchObject({
      direction: 'inbound',
      result: 'missed',
    });
    expect(leg({ direction, result }, { id: 1, way: 'out', cause: 'Gone' })).toMatchObject({
      direction: 'outbound',
      result: 'cancelled',
    });
  });

  it('that nobody gave a meaning are told', () => {
    expect(leg({ direction, result, status: 'cause' }, { id: 1, cause: 'flown' })).toMatchObject({
      result: 'unknown',
      unknownWords: [{ kind: 'status', word: 'flown' }],
    });
  });

  it('of Asterisk have theirs where the mapping has none', () => {
    expect(leg({ status: 's' }, { id: 1, s: 'NO ANSWER' })).toMatchObject({ result: 'missed' });
  });

  it('are not needed for a direction that the ends show', () => {
    expect(leg({ from: 'f', to: 't' }, { id: 1, f: '101', t: '0501234567' })).toMatchObject({
      direction: 'outbound',
    });
    expect(leg({ from: 'f', to: 't' }, { id: 1, f: '101', t: '102' })).toMatchObject({
      direction: 'internal',
    });
    expect(leg({ from: 'f', to: 't' }, { id: 1, f: '0501234567', t: '102' })).toMatchObject({
      direction: 'inbound',
    });
  });

  it('tell ours and theirs apart, whoever called', () => {
    const shape = { direction, ours: 'line', theirs: 'person' };
    expect(leg(shape, { id: 1, way: 'in', line: '+1', person: '+2' })).toMatchObject({
      from: '+2',
      to: '+1',
    });
    expect(leg(shape, { id: 1, way: 'out', line: '+1', person: '+2' })).toMatchObject({
      from: '+1',
      to: '+2',
    });
  });
});

describe('times', () => {
  const at = Date.parse('2026-11-21T09:30:00Z') / 1000;

  it.each<[unknown, NonNullable<Shape['startedAt']>, number, string | undefined]>([
    [at, 't', at, undefined],
    [at * 1000, 't', at, undefined],
    ['2026-11-21T11:30:00+02:00', 't', at, 'utc'],
    ['2026-11-21 09:30:00', 't', at, 'local'],
    ['Sat, 21 Nov 2026 09:30:00 +0000', 't', at, 'utc'],
    ['21/11/2026 09:30', { at: 't', format: 'DD/MM/YYYY HH:mm' }, at, 'local'],
    ['11/21/2026 9:30:00 AM', { at: 't', format: 'MM/DD/YYYY hh:mm:ss A' }, at, 'local'],
    ['21/11/2026 10:30', { at: 't', format: 'DD/MM/YYYY HH:mm', zone: 'Europe/Berlin' }, at, 'utc'],
  ])('%p', (t, startedAt, startedEpochSeconds, startedBy) => {
    expect(leg({ startedAt }, { id: 1, t })).toMatchObject({ startedEpochSeconds });
    expect(leg({ startedAt }, { id: 1, t }).startedBy).toBe(startedBy);
  });

  it.each(['0', '', '0000-00-00 00:00:00', '0001-01-01T00:00:00', 'never set'])('%p is none', (t) => {
    const startedAt = { at: 't', none: ['never set'] };
    const told = leg({ startedAt }, { id: 1, t });
    expect(told).toMatchObject({ startedEpochSeconds: null });
    expect(told.unreadableFields).toBeUndefined();
  });

  it('that cannot be read are kept as they came', () => {
    expect(leg({ startedAt: 't' }, { id: 1, t: '21/11/26' })).toMatchObject({
      startedEpochSeconds: null,
      unreadableFields: ['t'],
      raw: { t: '21/11/26' },
    });
  });

  it('give the lengths that a vendor leaves to be counted', () => {
    const told = leg(
      { startedAt: 's', answeredAt: 'a', endedAt: 'e' },
      { id: 1, s: at, a: at + 7, e: at + 49 },
    );
    expect(told).toMatchObject({ result: 'answered', ringSeconds: 7, talkSeconds: 42 });
  });

  it('give the start of what is told by its end', () => {
    const told = leg(
      { endedAt: 'e', totalSeconds: 'd', talkSeconds: 't' },
      { id: 1, e: at + 49, d: 49, t: 42 },
    );
    expect(told).toMatchObject({ startedEpochSeconds: at, ringSeconds: 7, talkSeconds: 42 });
  });

  it('that contradict each other say nothing', () => {
    const told = leg(
      { startedAt: 's', answeredAt: 'a', endedAt: 'e' },
      { id: 1, s: at + 50, a: at + 7, e: at + 49 },
    );
    expect(told).toMatchObject({ ringSeconds: null, talkSeconds: 42 });
  });

  it('of the message itself are told, lengths may be in other units', () => {
    expect(
      leg(
        { toldAt: 'w', talkSeconds: { at: 'ms', unit: 'ms' } },
        { id: 1, w: '2026-11-21T09:30:00Z', ms: 42_500 },
      ),
    ).toMatchObject({ toldAt: at * 1000, talkSeconds: 42.5 });
  });
});

it('keeps what has no place, and drops what has one', () => {
  const shape = { from: 'data.from', custom: { order: 'data.order' }, recordings: 'data.rec.url' };
  const message = {
    id: 1,
    data: { from: '+1', order: 'o-7', rec: { url: 'https://x.example/1', size: 9 }, codec: 'opus' },
  };
  expect(leg(shape, message)).toMatchObject({
    customData: { order: 'o-7' },
    recordings: [{ url: 'https://x.example/1' }],
  });
  expect(leg(shape, message).raw).toEqual({ data: { rec: { size: 9 }, codec: 'opus' } });
});

it('keeps as it came what is in the place of a word, a number or an address, and is none', () => {
  const shape = {
    direction: 'way',
    extension: 'ext',
    recordings: 'rec',
    price: { amount: 'cost', currency: { is: 'EUR' } },
    from: { at: 'from', take: ['sipUser'] },
  } satisfies Partial<Shape>;
  const ext = 'x'.repeat(300);
  const message = { way: 'sideways', ext, rec: 'zz', cost: 'much', from: 'sip:101@pbx.example' };
  const told = leg(shape, { id: 1, ...message });
  expect(told).toMatchObject({ extension: null, recordings: [], price: null, from: '101', raw: message });
  expect(told.unreadableFields).toEqual(['ext', 'way', 'cost']);
});

it('is total: whatever comes, an answer and never an exception', () => {
  const mapping = ready(
    {
      when: [{ at: 'a', there: true }],
      each: 'a',
      call: ['id', '^.id', 'a.id'],
      leg: 'b',
      phase: { at: 'p', words: { x: 'ringing' }, otherwise: 'ended' },
      startedAt: 'b',
      talkSeconds: 'b',
      recordings: 'b',
      custom: 'a',
      ai: 'b',
    },
    {
      call: { join: ['a', 'b'] },
      from: { at: ['a.*', 'b.0'], take: ['sipUser', 'urlDecoded', 'base64Decoded'] },
      agent: { code: 'a', name: 'b' },
      price: { amount: 'a', currency: 'b' },
    },
    { call: 'id', startedAt: 'a', endedAt: 'b', totalSeconds: 'a', transferOf: 'b' },
  );
  const names = fc.constantFrom('id', 'a', 'b', 'p', '__proto__', 'constructor');
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      fc.jsonValue(),
      fc.string({ unit: 'binary' }),
      fc.array(tie('tree')),
      fc.dictionary(names, tie('tree')),
    ),
  }));
  const bodies = fc.oneof(
    tree.map((value) => Buffer.from(JSON.stringify(value))),
    fc.dictionary(names, fc.string()).map((fields) => Buffer.from(new URLSearchParams(fields).toString())),
    fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  );
  fc.assert(
    fc.property(bodies, fc.string(), (body, query) => {
      const reading = readByMapping(requestOf(body, { query }), mapping);
      if (!reading.ok) return;
      expect(reading.vendorCallIds).toEqual([
        ...new Set(reading.reports.map(({ vendorCallId }) => vendorCallId)),
      ]);
      // Storable, and what was stored is what was read.
      expect(JSON.parse(JSON.stringify(reading.reports))).toEqual(reading.reports);
    }),
    { numRuns: 2000 },
  );
});

it('reads a body of a million characters of nesting and repetition in a moment', () => {
  const mapping = ready({ each: 'a.*.b.*', call: '^.id', from: ['^.a.*.b.*.c', 'x.*.y.*'], leg: 'n' });
  const list = Array.from({ length: 300 }, (_, i) => ({
    b: Array.from({ length: 300 }, (__, n) => ({ c: i, n })),
  }));
  const before = process.hrtime.bigint();
  read(mapping, { id: 'c', a: list });
  expect(Number(process.hrtime.bigint() - before) / 1e9).toBeLessThan(10);
});
