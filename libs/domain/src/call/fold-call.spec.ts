import fc from 'fast-check';
import { id } from '../ids.js';
import { instant, type CallId, type ConnectionId } from '../ids.js';
import { readParty } from '../phone/party.js';
import type { Call, CallLeg } from './call.js';
import { laterContext, type CallContext } from './call-context.js';
import { CALL_RESULTS, DIRECTIONS } from './call.js';
import { foldCall } from './fold-call.js';
import { isEmpty } from './is-empty.js';
import type { LegReport } from './leg-report.js';
import { LEG_PHASES } from './leg-report.js';
import { leg } from './leg.fixture.js';
import { readLeg } from './read-leg.js';

const ids = { id: id<CallId>('c-1'), connectionId: id<ConnectionId>('k-1'), vendorCallId: 'v-1' };
const fold = (...legs: CallLeg[]) => foldCall(null, legs, ids).call;

describe('a leg that the PBX accounts for', () => {
  it('derives answer and end from the start and the lengths', () => {
    expect(readLeg(leg({ ringSeconds: 5, queueSeconds: 20, talkSeconds: 60 }))).toMatchObject({
      startedAt: 1_000_000,
      answeredAt: 1_025_000,
      endedAt: 1_085_000,
    });
  });

  it('gives no answer time to a leg that nobody took', () => {
    expect(readLeg(leg({ result: 'missed', talkSeconds: null }))).toMatchObject({
      answeredAt: null,
      endedAt: 1_005_000,
    });
  });

  it('counts a voicemail box as an answer', () => {
    expect(readLeg(leg({ result: 'voicemail' })).answeredAt).toBe(1_005_000);
  });

  it.each([null, -1, 1e12, Number.NaN])(
    'knows no more than when it heard of the end when the start is %s',
    (startedEpochSeconds) => {
      const read = readLeg(leg({ startedEpochSeconds }, 2_000_000));
      expect(read).toMatchObject({ startedAt: null, answeredAt: null, endedAt: 2_000_000, talkSeconds: 60 });
    },
  );
});

describe('a customer who is handed on after a colleague was asked', () => {
  const asked = leg({
    leg: 'attended_1',
    direction: 'internal',
    startedEpochSeconds: 900,
    from: '101',
    to: '102',
  });
  const handedOn = leg({
    leg: 'attended_2',
    startedEpochSeconds: 1000,
    from: '0501234567',
    extension: '102',
  });

  it('makes no internal call, although the asking came first', () => {
    expect(fold(asked, handedOn)).toMatchObject({
      direction: 'inbound',
      from: { original: '0501234567' },
      extension: '102',
    });
    expect(fold(handedOn, asked).direction).toBe('inbound');
  });

  it('counts only where both came to the same: an answer inside says more than none outside', () => {
    expect(fold(asked, leg({ leg: 'attended_2', result: 'missed' })).result).toBe('answered');
  });
});

describe('foldCall with one leg', () => {
  it('makes the call out of it', () => {
    const call = fold(leg({ extension: 'AAPINFzL', price: { amount: 0.07, currency: 'ILS' } }));
    expect(call).toMatchObject({ ...ids, result: 'answered', talkSeconds: 60, extension: 'AAPINFzL' });
    expect(call.price).toEqual({ amount: 0.07, currency: 'ILS' });
    expect(call.legs).toHaveLength(1);
  });

  it('sees no change in a replay, even when the record went through a database', () => {
    const message = leg({
      recordings: [{ url: 'https://a/1.mp3' }],
      customData: { a: { b: 1 } },
      ai: { summary: 's' },
    });
    const { call, changed } = foldCall(null, [message], ids);
    const stored = JSON.parse(JSON.stringify(call)) as Call;
    expect(changed).toBe(true);
    expect(foldCall(stored, [message], ids)).toEqual({ call, changed: false });
  });

  it('keeps the id of a record that exists', () => {
    const call = fold(leg());
    expect(foldCall(call, [leg()], { ...ids, id: id<CallId>('c-2') }).call.id).toBe('c-1');
  });

  it('takes what a later duplicate adds and loses nothing of what was known', () => {
    const before = fold(leg({ customData: { lead: '7' }, agent: { code: '9996', name: null } }));
    const { call, changed } = foldCall(
      before,
      [
        leg({
          recordings: [{ url: 'https://a/1.mp3' }],
          ai: { summary: 's' },
          agent: { code: '9996', name: 'Walter' },
        }),
      ],
      ids,
    );
    expect(changed).toBe(true);
    expect(call).toMatchObject({
      customData: { lead: '7' },
      agent: { code: '9996', name: 'Walter' },
      recordings: [{ url: 'https://a/1.mp3' }],
      ai: { summary: 's' },
    });
  });

  it('believes the report that says more when two contradict each other', () => {
    const call = fold(leg(), leg({ result: 'unknown', vendorStatus: 'ZAPPED', talkSeconds: 2 }));
    expect(call).toMatchObject({ result: 'answered', vendorStatus: 'ANSWER', talkSeconds: 60 });
  });

  it('never mixes two agents into one', () => {
    const call = fold(leg({ agent: { code: '1', name: 'Zoe' } }), leg({ agent: { code: '2', name: 'Abe' } }));
    expect(call.agent).toEqual({ code: '2', name: 'Abe' });
  });

  it('survives a member that is called __proto__', () => {
    const odd = JSON.parse('{"__proto__": {"x": 1}, "a": 1}') as Record<string, unknown>;
    const call = fold(leg({ raw: odd, customData: odd }), leg({ raw: { b: 2 }, customData: { b: 2 } }));
    expect(Object.keys(call.customData).sort()).toEqual(['__proto__', 'a', 'b']);
    expect(call.customData['x']).toBeUndefined();
  });
});

describe('foldCall with an agent and a customer leg', () => {
  const agent = leg({
    leg: 'agent',
    vendorType: 'Click2Call leg1',
    direction: 'outbound',
    from: '0501112233',
    to: 'SIPSIP',
    extension: 'SIPSIP',
    agent: { code: '7', name: 'Walter' },
    talkSeconds: 75,
    price: { amount: 0.1, currency: 'ILS' },
    customData: { lead: '7' },
  });
  const customer = leg({
    leg: 'customer',
    vendorType: 'Click2Call leg2',
    vendorStatus: 'NOANSWER',
    direction: 'outbound',
    result: 'missed',
    startedEpochSeconds: 1010,
    ringSeconds: 30,
    talkSeconds: 0,
    from: '0722776772',
    to: '0523258000',
    price: { amount: 0.2, currency: 'ILS' },
    recordings: [{ url: 'https://a/2.mp3' }],
  });

  it('tells of the agent leg alone while there is no other', () => {
    expect(fold(agent)).toMatchObject({ result: 'answered', extension: 'SIPSIP', talkSeconds: 75 });
  });

  it('takes result, talk and parties from the customer, person and extension from the agent', () => {
    expect(fold(customer, agent)).toMatchObject({
      direction: 'outbound',
      result: 'missed',
      vendorType: 'Click2Call leg2',
      vendorStatus: 'NOANSWER',
      startedAt: 1_000_000,
      answeredAt: null,
      endedAt: 1_080_000,
      ringSeconds: 30,
      talkSeconds: 0,
      from: readParty('0722776772', 'IL'),
      to: readParty('0523258000', 'IL'),
      extension: 'SIPSIP',
      agent: { code: '7', name: 'Walter' },
      recordings: [{ url: 'https://a/2.mp3' }],
      customData: { lead: '7' },
    });
  });

  it('adds the prices without the dust of binary fractions', () => {
    expect(fold(agent, customer).price).toEqual({ amount: 0.3, currency: 'ILS' });
  });

  it('does not add another currency', () => {
    const foreign = { ...customer, price: { amount: 5, currency: 'USD' } };
    expect(fold(agent, foreign).price).toEqual({ amount: 0.1, currency: 'ILS' });
  });

  it('lists the legs in the order of their start', () => {
    expect(fold(customer, agent).legs.map((each) => each.key)).toEqual(['agent', 'customer']);
  });
});

describe('foldCall with a leg for every extension that rang', () => {
  it('is told by the one that answered', () => {
    const rang = leg({
      leg: 'x101',
      result: 'missed',
      vendorStatus: 'NOANSWER',
      extension: '101',
      talkSeconds: 0,
    });
    const took = leg({ leg: 'x102', extension: '102', startedEpochSeconds: 1003 });
    expect(fold(rang, took)).toMatchObject({ result: 'answered', extension: '102', talkSeconds: 60 });
  });
});

describe('foldCall with what was remembered of the call', () => {
  const context: CallContext = { at: instant(5), data: { plan: 'gold', lead: '7' } };
  const folded = (previous: Call | null, said: Partial<LegReport>, remembered: CallContext | null) =>
    foldCall(previous, [leg(said)], ids, remembered);

  it('shows it as custom data of the call, and of no leg', () => {
    const { call } = folded(null, {}, context);
    expect(call).toMatchObject({ customData: context.data, context, legs: [{ customData: {} }] });
  });

  it('believes what the PBX reports before it, where that says anything', () => {
    const { call } = folded(null, { customData: { plan: 'silver', lead: '', own: 'x' } }, context);
    expect(call.customData).toEqual({ plan: 'silver', lead: '7', own: 'x' });
  });

  it('takes it up with the next message, also one that says nothing new', () => {
    const before = folded(null, {}, null).call;
    const { call, changed } = folded(before, {}, context);
    expect([changed, call.customData]).toEqual([true, context.data]);
    expect(folded(call, {}, context).changed).toBe(false);
  });

  it('keeps it when the store has forgotten it', () => {
    expect(folded(folded(null, {}, context).call, {}, null)).toMatchObject({
      changed: false,
      call: { context },
    });
  });
});

describe('foldCall, whatever comes', () => {
  const text = fc.constantFrom('', 'a', 'b', 'SIPSIP');
  const seconds = fc.option(fc.integer({ min: 0, max: 5 }));
  const json = fc.constantFrom<unknown>(
    null,
    '',
    'a',
    0,
    1,
    {},
    { a: 1 },
    { b: 1, a: [1] },
    { a: [1], b: 1 },
    [],
  );
  const named = fc.option(fc.record({ id: fc.constantFrom('1', '2'), name: fc.option(text) }));
  const record = fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), json, { maxKeys: 3 });
  const told = fc.record<LegReport>({
    phase: fc.constantFrom(...LEG_PHASES),
    vendorCallId: fc.constant('v-1'),
    leg: fc.constantFrom('only', 'agent', 'customer', 'transfer'),
    vendorType: text,
    vendorStatus: text,
    direction: fc.constantFrom(...DIRECTIONS),
    result: fc.constantFrom(...CALL_RESULTS),
    startedEpochSeconds: seconds,
    ringSeconds: seconds,
    queueSeconds: seconds,
    talkSeconds: seconds,
    from: fc.constantFrom('', '0722776772', '101'),
    to: fc.constantFrom('', '0523258000', '972523258000', 'Anonymous'),
    did: fc.option(fc.constantFrom('0722776772', '1')),
    extension: fc.option(text),
    agent: fc.option(fc.record({ code: fc.option(text), name: fc.option(text) })),
    queue: named,
    department: named,
    price: fc.option(
      fc.record({ amount: fc.constantFrom(0, 0.1, 0.2), currency: fc.constantFrom('ILS', 'USD') }),
    ),
    recordings: fc.array(fc.record({ url: fc.constantFrom('u1', 'u2', 'u3') }), { maxLength: 2 }),
    ivrPath: fc.constantFrom(
      [],
      [{ order: 1, layerId: '1', layerName: null, layerNumber: null, digits: '2' }],
      [{ order: 1, layerId: '1', layerName: 'Main', layerNumber: 0, digits: '2' }],
      [{ order: 0, layerId: '2', layerName: null, layerNumber: null, digits: '2' }],
      [
        { order: 1, layerId: '1', layerName: null, layerNumber: null, digits: '2' },
        { order: 2, layerId: '2', layerName: null, layerNumber: null, digits: null },
      ],
    ),
    customData: record,
    transferOf: fc.option(text),
    ai: json,
    raw: record,
  });
  // Of a PBX that tells its own times, and when a caller begins to wait.
  const own = fc.record(
    {
      toldAt: fc.integer({ min: 990_000, max: 1_020_000 }),
      queued: fc.constant(true as const),
      endGuessed: fc.constant(true as const),
    },
    { requiredKeys: [] },
  );
  const report = fc.tuple(told, own).map(([said, more]): LegReport => ({ ...said, ...more }));
  // A message is what was said and when it came: the same one received twice has two times.
  const message = fc.record({
    report,
    at: fc.integer({ min: 1_000_000, max: 1_010_000 }),
    context: fc.option(fc.constantFrom(...states())),
  });
  const messages = fc.array(message, { minLength: 1, maxLength: 6 });
  type Message = { report: LegReport; at: number; context: CallContext | null };
  const legOf = ({ report: said, at }: Message) => leg(said, at);
  const inTurn = (all: readonly Message[]) =>
    all.reduce<Call | null>((call, each) => foldCall(call, [legOf(each)], ids, each.context).call, null);
  const contextOf = (all: readonly Message[]) =>
    all.reduce<CallContext | null>((latest, { context }) => laterContext(latest, context), null);
  const atOnce = (all: readonly Message[]) => foldCall(null, all.map(legOf), ids, contextOf(all)).call;

  /** One call's context as it is added to: a member more, another value for one that there was. */
  function states(): CallContext[] {
    const data = [{ a: '1' }, { a: '1', b: 'x' }, { a: '2', b: 'x' }, { a: '2', b: 'x', ['__proto__']: 'y' }];
    return data.map((members, index) => ({ at: instant(index), data: members }));
  }

  it('gives the same call in any order, with any repetition, one by one or all at once', () => {
    const shuffled = messages.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length, maxLength: 2 * all.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([all, again]) => {
        const once = atOnce(all);
        expect(inTurn(again)).toEqual(once);
        expect(atOnce(again)).toEqual(once);
      }),
      { numRuns: 1500 },
    );
  });

  it('sees no change in any replay, through a database or not', () => {
    fc.assert(
      fc.property(messages, (all) => {
        const stored = JSON.parse(JSON.stringify(atOnce(all))) as Call;
        for (const each of all) {
          expect(foldCall(stored, [legOf(each)], ids, each.context).changed).toBe(false);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('never loses a field that was known, but for the status of a result that is no longer believed', () => {
    fc.assert(
      fc.property(report, report, (one, two) => {
        const before = foldCall(null, [leg(one)], ids).call.legs[0];
        const after = foldCall(null, [leg(one), leg({ ...two, leg: one.leg })], ids).call.legs[0];
        for (const [name, value] of Object.entries(before ?? {})) {
          if (name !== 'vendorStatus' && !isEmpty(value))
            expect(isEmpty(after?.[name as keyof CallLeg])).toBe(false);
        }
        expect(Object.keys(after?.raw ?? {})).toEqual(expect.arrayContaining(Object.keys(one.raw)));
      }),
    );
  });

  it('does not touch what it is given', () => {
    const given = Object.freeze(leg({ recordings: Object.freeze([{ url: 'u2' }, { url: 'u1' }]) as never }));
    const copy = structuredClone(given);
    foldCall(null, [given, given], ids);
    expect(given).toEqual(copy);
  });

  it('knows nothing of a call without reports', () => {
    expect(fold()).toMatchObject({ result: 'unknown', startedAt: null, legs: [] });
  });
});
