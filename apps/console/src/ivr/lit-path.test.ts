import { dryRunFlow, instant, readIvrFlow, type IvrFlow } from '#flows';
import { expect, it } from 'vitest';
import { firstView, tidyPlaces } from './lay-out';
import { graphOf } from './flow-graph';
import { litPath } from './lit-path';
import { movedAlong, movedOf } from './moved-places';

const DOCUMENT = {
  start: { when: 'office', open: 'main', closed: { do: 'hangup' } },
  hours: { office: { weekly: { mon: [['09:00', '17:00']] } } },
  menus: {
    main: {
      prompts: [{ say: 'recording', recording: 'welcome' }],
      digits: { '1': { do: 'say', prompts: [{ say: 'digits', digits: '1' }], then: { do: 'record' } } },
      invalid: { retries: 1, then: { do: 'fallback' } },
    },
  },
};
const MONDAY_AT_TEN = instant(Date.UTC(2026, 10, 30, 10));
const SUNDAY = instant(Date.UTC(2026, 10, 29, 10));

function flow(): IvrFlow {
  const reading = readIvrFlow(DOCUMENT);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.flow;
}

function litBy(digits: (string | null)[], at = MONDAY_AT_TEN): { edges: string[]; last: string | null } {
  const run = dryRunFlow(flow(), { digits, did: '', from: '', at, asks: 'menu' }, 'UTC');
  const { edges, last } = litPath(flow(), run, { now: at, timeZone: 'UTC' });
  return { edges: [...edges], last };
}

it('lights the way by the hours', () => {
  expect(litBy([])).toEqual({ edges: ['start', 'start.open'], last: 'menus.main' });
  expect(litBy([], SUNDAY)).toEqual({ edges: ['start', 'start.closed'], last: 'start.closed' });
});

it('lights a key and what follows it without another one', () => {
  expect(litBy(['1'])).toEqual({
    edges: ['start', 'start.open', 'menus.main.digits.1', 'menus.main.digits.1.then'],
    last: 'menus.main.digits.1.then',
  });
});

it('stays in a menu that is played again, and leaves it when that was often enough', () => {
  expect(litBy(['9']).last).toBe('menus.main');
  expect(litBy(['9', null])).toMatchObject({ last: 'menus.main.invalid.then' });
});

it('puts what follows to the right of what it follows, and nothing upon another', () => {
  const graph = graphOf(DOCUMENT);
  const places = tidyPlaces(graph);
  for (const { source, target } of graph.edges) {
    expect(places.get(target)?.x).toBeGreaterThan(places.get(source)?.x ?? Infinity);
  }
  expect(new Set([...places.values()].map(({ x, y }) => `${x} ${y}`)).size).toBe(graph.nodes.length);
});

it('shows all of a flow that can be read at that size, else its beginning', () => {
  const { nodes, ...graph } = graphOf(DOCUMENT);
  const places = tidyPlaces({ nodes, ...graph });
  expect(firstView(nodes, places, { width: 4_000, height: 2_000 })).toMatchObject({ zoom: 1 });
  const small = firstView(nodes, places, { width: 390, height: 400 });
  const start = places.get('@start') ?? { x: 0, y: 0 };
  expect(small.zoom).toBe(0.75);
  expect(start.x * small.zoom + small.x).toBeCloseTo(16);
  expect(Math.abs((start.y + 35) * small.zoom + small.y - 200)).toBeLessThan(10);
});

it('moves what stands behind a menu along when that is called otherwise, and reads no rubbish', () => {
  const kept = movedOf({
    nodes: { 'menus.a': { x: 1, y: 2 }, 'menus.a.digits.1': { x: 3, y: 4 }, bad: { x: 'no' } },
  });
  expect(movedAlong(kept, 'menus.a', 'menus.b')).toEqual({
    'menus.b': { x: 1, y: 2 },
    'menus.b.digits.1': { x: 3, y: 4 },
  });
  expect(movedOf(null)).toEqual({});
});
