import fc from 'fast-check';
import { id, instant } from '../ids.js';
import type { CallId, ConnectionId } from '../ids.js';
import type { Call, CallLeg } from './call.js';
import type { CallNews } from './call-news.js';
import { callView } from './call-view.js';
import { closeCall } from './close-call.js';
import { eventsOf } from './events-of.js';
import { foldCall } from './fold-call.js';
import { heard, leg } from './leg.fixture.js';
import { NOTHING_TOLD, toldAlso } from './told-so-far.js';

const ids = { id: id<CallId>('c-1'), connectionId: id<ConnectionId>('k-1'), vendorCallId: 'v-1' };
const fold = (...legs: CallLeg[]) => foldCall(null, legs, ids).call;
const S = 1_000;

/** What a dialect says of one key press, as it comes. */
const pressed = (layerId: string, digits: string | null, at: number) =>
  heard(
    {
      phase: 'ringing',
      leg: 'ivr',
      ivrPath: [{ order: 0, layerId, layerName: null, layerNumber: 4, digits }],
    },
    at,
  );
const listed = (...steps: [layerId: string, digits: string][]) =>
  leg({
    ivrPath: steps.map(([layerId, digits], index) => ({
      order: index + 10,
      layerId,
      layerName: 'Main',
      layerNumber: 0,
      digits,
    })),
  });
const way = (call: Call) =>
  call.ivrPath.map(({ order, layerId, digits, at }) => [order, layerId, digits, at]);

/** What is told when these come in one after another. */
function news(...legs: CallLeg[]): CallNews[] {
  let call: Call | null = null;
  const all: CallNews[] = [];
  let told = NOTHING_TOLD;
  for (const each of legs) {
    const after: Call = foldCall(call, [each], ids).call;
    const found = eventsOf(call, after, told, instant(9_000_000));
    told = toldAlso(told, found);
    all.push(...found);
    call = told.types.includes('call.ended') ? closeCall(after, instant(9_000_000)) : after;
  }
  return all;
}
const inputs = (...legs: CallLeg[]) =>
  news(...legs)
    .filter(({ type }) => type === 'ivr.input')
    .map(({ occurredAt, input }) => [occurredAt, input?.menu, input?.digits]);

describe('the way of a caller through the menus', () => {
  it('is the steps that were told while he was there, in the order of time', () => {
    const call = fold(pressed('7', '2', 20 * S), pressed('3', '1', 10 * S), pressed('7', null, 30 * S));
    expect(way(call)).toEqual([
      [1, '3', '1', 10 * S],
      [2, '7', '2', 20 * S],
      [3, '7', null, 30 * S],
    ]);
  });

  it('is the PBX’s own list, with the steps that it does not have after it', () => {
    const call = fold(pressed('3', '1', 10 * S), listed(['3', '1'], ['5', '9']), pressed('7', '2', 20 * S));
    expect(way(call)).toEqual([
      [1, '3', '1', null],
      [2, '5', '9', null],
      [3, '7', '2', 20 * S],
    ]);
  });

  it('counts a step once that the PBX told twice within two seconds, and twice when the caller came back', () => {
    const twice = fold(pressed('3', '1', 10 * S), pressed('3', '1', 11 * S), pressed('3', '1', 40 * S));
    expect(way(twice).map(([, , , at]) => at)).toEqual([10 * S, 40 * S]);
  });

  it('is shown with its times as text', () => {
    const { ivrPath } = callView(fold(pressed('3', '1', 10 * S)));
    expect(ivrPath).toEqual([
      {
        order: 1,
        layerId: '3',
        layerName: null,
        layerNumber: 4,
        digits: '1',
        at: '1970-01-01T00:00:10.000Z',
      },
    ]);
  });

  it('is the same whatever the order and however often each message came, and has an end', () => {
    const message = fc.record({
      menu: fc.constantFrom('3', '7'),
      digits: fc.constantFrom('1', '2', null),
      at: fc.integer({ min: 0, max: 6 * S }),
    });
    const messages = fc
      .array(message, { minLength: 1, maxLength: 8 })
      .map((all) => [...all.map(({ menu, digits, at }) => pressed(menu, digits, at)), listed(['3', '1'])]);
    const shuffled = messages.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length, maxLength: 2 * all.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([all, again]) => {
        const once = fold(...all);
        const inTurn = again.reduce<Call | null>((call, each) => foldCall(call, [each], ids).call, null);
        expect(inTurn).toEqual(once);
        expect(fold(...again)).toEqual(once);
        expect(foldCall(JSON.parse(JSON.stringify(once)) as Call, all, ids).changed).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('does not grow without end when a caller goes round in a menu for hours', () => {
    const round = Array.from({ length: 500 }, (_, index) => pressed('3', '1', index * 10 * S));
    const [kept] = fold(...round).legs;
    expect(kept?.ivrPath).toHaveLength(200);
    const [other] = fold(...round.reverse()).legs;
    expect(other).toEqual(kept);
  });
});

describe('ivr.input', () => {
  it('is told once for each step, with what was pressed where and when', () => {
    expect(news(pressed('3', '1', 10 * S), pressed('7', '2', 20 * S))).toEqual([
      {
        type: 'call.ringing',
        occurredAt: 10 * S,
        ringing: { leg: 'ivr', extension: null, first: true },
        rang: [],
      },
      { type: 'ivr.input', occurredAt: 10 * S, input: { menu: '3', layerNumber: 4, digits: '1' } },
      { type: 'ivr.input', occurredAt: 20 * S, input: { menu: '7', layerNumber: 4, digits: '2' } },
    ]);
  });

  it('is not told again of a message that the PBX repeats or that is replayed', () => {
    const first = pressed('3', '1', 10 * S);
    expect(inputs(first, first, pressed('3', '1', 11 * S))).toEqual([[10 * S, '3', '1']]);
  });

  it('is not told again when the earlier of two repetitions comes later', () => {
    expect(inputs(pressed('3', '1', 11 * S), pressed('3', '1', 10 * S))).toEqual([[11 * S, '3', '1']]);
  });

  it('is told again when the caller comes back to the menu', () => {
    expect(inputs(pressed('3', '1', 10 * S), pressed('3', '1', 40 * S))).toHaveLength(2);
  });

  it('is not told after the end, nor of a list that comes with it', () => {
    const types = news(listed(['3', '1']), pressed('7', '2', 20 * S)).map(({ type }) => type);
    expect(types).toEqual(['call.ended', 'call.updated']);
  });
});

describe('a key that is told after the end of the call was', () => {
  const over = closeCall(foldCall(null, [pressed('3', '1', 10 * S)], ids).call, instant(60 * S));
  const after = (...steps: CallLeg[]) => steps.reduce((call, step) => foldCall(call, [step], ids).call, over);

  it('is the known one, repeated, or one that was held up, and stays', () => {
    const [known, held] = [pressed('3', '1', 70 * S), pressed('7', '2', 80 * S)];
    expect(way(after(known))).toEqual(way(over));
    const both = way(after(held, known, pressed('7', '2', 90 * S), held));
    expect(both.map(([, layer, digits]) => [layer, digits])).toEqual([
      ['3', '1'],
      ['7', '2'],
    ]);
    expect(way(after(pressed('7', '2', 90 * S), held))).toEqual(both);
  });
});
