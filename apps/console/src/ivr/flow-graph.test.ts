import { readIvrFlow } from '#flows';
import { expect, it } from 'vitest';
import type { FlowDocument } from './flow-document';
import { START, graphOf, problemsOn } from './flow-graph';

const FLOW: FlowDocument = {
  start: { when: 'office', open: 'main', closed: { do: 'hangup' } },
  hours: { office: {} },
  menus: {
    main: {
      digits: {
        '1': { do: 'dial', targets: [{ type: 'extension', target: 'SALES' }], ifFailed: 'main' },
        '2': 'gone',
      },
    },
  },
};

it('makes nodes of menus and steps, and edges of keys and ways on', () => {
  const { nodes, edges } = graphOf(FLOW);
  expect(nodes.map(({ id, kind }) => `${kind} ${id}`)).toEqual([
    'start @start',
    'when start',
    'hangup start.closed',
    'menu menus.main',
    'dial menus.main.digits.1',
    'missing @menu gone',
  ]);
  expect(edges.map(({ id, source, target }) => `${source} -${id}-> ${target}`)).toEqual([
    'start -start.open-> menus.main',
    'start -start.closed-> start.closed',
    '@start -start-> start',
    'menus.main.digits.1 -menus.main.digits.1.ifFailed-> menus.main',
    'menus.main -menus.main.digits.1-> menus.main.digits.1',
    'menus.main -menus.main.digits.2-> @menu gone',
  ]);
});

it('draws a document that is no flow at all', () => {
  expect(graphOf({ start: 7, menus: { a: 3, b: { digits: [] } } }).nodes.map(({ id }) => id)).toContain(
    'menus.b',
  );
  expect(graphOf({}).nodes.map(({ id }) => id)).toEqual([START]);
});

it('has each problem sit on the innermost node that it is in', () => {
  const broken: FlowDocument = {
    ...FLOW,
    menus: {
      main: {
        loops: 0,
        digits: { '1': { do: 'dial', targets: [], ifFailed: 'gone' }, '2': 'gone' },
      },
    },
    language: 'hebrew',
  };
  const reading = readIvrFlow(broken);
  const on = problemsOn(graphOf(broken), reading.ok ? [] : reading.problems);
  expect([...on].map(([id, found]) => `${id}: ${found.length}`).sort()).toEqual([
    '@start: 1',
    'menus.main.digits.1: 2',
    'menus.main: 2',
  ]);
});
