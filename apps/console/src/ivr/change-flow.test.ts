import { readIvrFlow } from '#flows';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { freeKey, freeName, renamed, withHours, withMenu } from './change-flow';
import { withRenamed, withValue, type FlowDocument } from './flow-document';
import { changedTo, historyOf, redone, undone } from './history';
import { rangesOf, rangesText } from './hours-text';

const FLOW: FlowDocument = {
  start: { when: 'office', open: 'main', closed: { do: 'menu', menu: 'main', callerName: 'main' } },
  hours: { office: { weekly: {} } },
  menus: {
    main: {
      prompts: [{ say: 'recording', recording: 'main' }],
      digits: { '1': 'main', '2': { do: 'say', prompts: [], then: 'main' } },
      invalid: { then: 'main' },
    },
  },
};

it('renames a menu wherever the flow leads to it, and nowhere else', () => {
  const next = renamed(FLOW, 'menus', { from: 'main', to: 'first' });
  expect(JSON.stringify(next).match(/"first"/g)).toHaveLength(6);
  expect(JSON.stringify(next).match(/"main"/g)).toHaveLength(2);
});

it('renames hours wherever they are asked for', () => {
  const next = renamed(FLOW, 'hours', { from: 'office', to: 'shop' });
  expect(next['start']).toMatchObject({ when: 'shop' });
  expect(next['hours']).toEqual({ shop: { weekly: {} } });
});

it('does not rename to a name that is taken', () => {
  const two = withMenu(FLOW, 'second');
  expect(renamed(two, 'menus', { from: 'main', to: 'second' })).toBe(two);
});

it('makes menus and hours that can be used at once', () => {
  const name = freeName(FLOW, 'menus', 'main');
  expect(name).toBe('main-2');
  const flow = withHours(withMenu({ start: { do: 'hangup' }, menus: {} }, name), 'office');
  expect(readIvrFlow(flow)).toMatchObject({ ok: true });
});

it('offers the first key that a menu has nothing for', () => {
  expect(freeKey(FLOW, 'main')).toBe('3');
});

it('changes a member without changing the document it was given, and takes members out', () => {
  const next = withValue(FLOW, ['menus', 'main', 'digits', '2', 'then'], undefined);
  expect(FLOW).toHaveProperty('menus.main.digits.2.then', 'main');
  expect(next).not.toHaveProperty('menus.main.digits.2.then');
  expect(withValue({}, ['menus', 'a', 'digits'], {})).toEqual({ menus: { a: { digits: {} } } });
});

it('keeps a key at its place when it becomes another one', () => {
  const next = withRenamed(FLOW, ['menus', 'main', 'invalid'], 'digits2');
  expect(Object.keys((next['menus'] as Record<string, object>)['main'] ?? {})).toEqual([
    'prompts',
    'digits',
    'digits2',
  ]);
});

it('undoes typing as one step, and redoes what was undone, in any order', () => {
  const typed = ['a', 'ab', 'abc'].reduce((history, text) => changedTo(history, text, 'name'), historyOf(''));
  expect(undone(typed).now).toBe('');
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(), fc.option(fc.constantFrom('x', 'y'))), { maxLength: 20 }),
      (steps) => {
        const all = steps.reduce(
          (history, [value, about]) => changedTo(history, value, about),
          historyOf(-1),
        );
        const back = all.past.reduce((history) => undone(history), all);
        expect(back.now).toBe(-1);
        expect(all.past.reduce((history) => redone(history), back).now).toBe(all.now);
      },
    ),
  );
});

it.each([
  [
    '9-12:30, 13:00 – 17',
    [
      ['09:00', '12:30'],
      ['13:00', '17:00'],
    ],
  ],
  ['', undefined],
  ['soon', [['soon']]],
])('reads the hours %s', (text, ranges) => {
  expect(rangesOf(text)).toEqual(ranges);
});

it('writes hours as they can be read', () => {
  const ranges = [
    ['09:00', '12:30'],
    ['13:00', '24:00'],
  ];
  expect(rangesOf(rangesText(ranges))).toEqual(ranges);
});
