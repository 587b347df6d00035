import fc from 'fast-check';
import type { IvrFlow } from './ivr-flow.js';
import type { IvrQuestion } from './ivr.js';
import { readIvrFlow } from './read-ivr-flow.js';

/** The flow that a document makes; fails the test when it makes none. */
export function flowOf(document: unknown): IvrFlow {
  const reading = readIvrFlow(document);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.flow;
}

export function problemsOf(document: unknown): { path: string; message: string }[] {
  const reading = readIvrFlow(document);
  return reading.ok ? [] : reading.problems;
}

/** A question at the beginning of a call: say what matters. */
export function question(also: Partial<IvrQuestion> = {}): IvrQuestion {
  return {
    kind: 'ivr',
    asks: 'menu',
    vendorCallId: 'v-1',
    from: '0540000000',
    fromName: null,
    did: '0730000000',
    menu: null,
    previousMenu: null,
    digits: null,
    ...also,
  };
}

/** An office: open in the week, a menu with two keys, nobody there otherwise. */
export const OFFICE = {
  start: { when: 'office', open: 'main', closed: { do: 'hangup', recording: 'closed' } },
  language: 'he',
  hours: {
    office: {
      weekly: Object.fromEntries(
        ['sun', 'mon', 'tue', 'wed', 'thu'].map((day) => [day, [['09:00', '17:00']]]),
      ),
      closed: ['2024-10-03'],
      open: { '2024-06-07': [['10:00', '12:00']] },
    },
  },
  menus: {
    main: {
      recording: 'welcome',
      digits: {
        '1': {
          do: 'dial',
          targets: [{ type: 'extension', target: 'SALES' }],
          ifFailed: 'sorry',
          remember: { chose: 'sales', key: '{digits}' },
        },
        '2': { do: 'say', prompts: [{ say: 'number', number: '42' }], then: 'main' },
        '*': { do: 'layer', layer: 8 },
      },
      invalid: {
        prompts: [{ say: 'recording', recording: 'what' }],
        retries: 2,
        then: { do: 'record', maxSeconds: 60 },
      },
    },
    sorry: { recording: 'sorry', maxDigits: 4, digits: { any: 'main', none: { do: 'hangup' } } },
  },
};

const MENUS = ['main', 'a-1', '5', 'toString'];
const HOURS = ['office', 'constructor'];

const prompt = fc.constantFrom(
  { say: 'recording', recording: 'hello' },
  { say: 'digits', digits: '0547' },
  { say: 'number', number: '-4.5' },
  { say: 'date', date: '2024-02-29' },
  { say: 'dateTime', dateTime: '2024-06-01T10:00:00' },
);
const aside = { callerName: fc.constant('Dana'), remember: fc.constant({ lead: '{digits}' }) };
const optional = { requiredKeys: ['do'] } as { requiredKeys: never[] };

const { step } = fc.letrec<{ step: unknown; leaf: unknown }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom<unknown>(...MENUS),
    fc.record(
      { do: fc.constant('menu'), menu: fc.constantFrom(...MENUS), ...aside },
      { requiredKeys: ['do', 'menu'] },
    ),
    fc.record({ do: fc.constant('hangup'), recording: fc.constant('bye'), ...aside }, optional),
    fc.record({ do: fc.constant('record'), maxSeconds: fc.integer({ min: 1, max: 99 }) }, optional),
    fc.record({ do: fc.constant('layer'), layer: fc.nat(9) }),
    fc.constant({ do: 'fallback' }),
  ),
  step: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('leaf'),
    fc.record({ when: fc.constantFrom(...HOURS), open: tie('step'), closed: tie('step') }),
    fc.record(
      {
        do: fc.constant('say'),
        prompts: fc.array(prompt, { minLength: 1, maxLength: 3 }),
        then: tie('step'),
      },
      { requiredKeys: ['do', 'prompts'] },
    ),
    fc.record(
      {
        do: fc.constant('dial'),
        targets: fc.constant([{ type: 'phone', target: '0501234567' }]),
        ifFailed: tie('step'),
        afterwards: tie('step'),
        ...aside,
      },
      { requiredKeys: ['do', 'targets'] },
    ),
  ),
}));

const menu = fc.record(
  {
    prompts: fc.array(prompt, { maxLength: 3 }),
    confirm: fc.boolean(),
    maxDigits: fc.integer({ min: 4, max: 9 }),
    digits: fc.dictionary(fc.constantFrom('1', '2', '*', '0547', 'any', 'none'), step),
    invalid: fc.record(
      { retries: fc.nat(3), then: step, prompts: fc.array(prompt, { maxLength: 1 }) },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);
const range = fc.constantFrom(['09:00', '17:00'], ['00:00', '24:00'], ['23:59', '24:00']);
const hours = fc.record(
  {
    weekly: fc.dictionary(fc.constantFrom('mon', 'fri', 'sun'), fc.array(range, { maxLength: 2 })),
    closed: fc.constantFrom([], ['2024-10-03']),
    open: fc.constantFrom({}, { '2024-10-05': [['10:00', '12:00']] }),
  },
  { requiredKeys: [] },
);

/** Documents of every kind of step, most of them flows. */
export const documents: fc.Arbitrary<object> = fc.record(
  {
    start: step,
    language: fc.constantFrom('he', 'en'),
    callerName: fc.constant('Support'),
    hours: fc.record(Object.fromEntries(HOURS.map((name) => [name, hours]))),
    menus: fc.record(Object.fromEntries(MENUS.map((name) => [name, menu]))),
  },
  { requiredKeys: ['start', 'hours', 'menus'] },
);

export const flows: fc.Arbitrary<IvrFlow> = documents
  .map((document) => readIvrFlow(document))
  .filter((reading) => reading.ok)
  .map((reading) => reading.flow);

const place = fc.option(
  fc.oneof(
    fc.constantFrom(
      ...MENUS,
      'main~1',
      'main~99',
      '5~2',
      '~',
      '~then',
      'main~1~ifFailed',
      'main~invalid~open',
    ),
    fc
      .array(fc.constantFrom('main', '', '1', 'any', 'invalid', 'then', 'open', '__proto__', 'do'))
      .map((parts) => parts.join('~')),
    fc.string(),
  ),
);

export const pressed = fc.option(
  fc.oneof(fc.constantFrom('', '1', '2', '*', '9', '0547', 'any', 'none'), fc.string()),
);

export const questions: fc.Arbitrary<IvrQuestion> = fc
  .record({ asks: fc.constantFrom('menu' as const, 'layer' as const), menu: place, digits: pressed })
  .map(question);
