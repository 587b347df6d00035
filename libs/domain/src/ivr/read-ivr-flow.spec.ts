import fc from 'fast-check';
import { OFFICE, documents, flowOf, flows, problemsOf } from './flow.fixture.js';
import { readIvrFlow } from './read-ivr-flow.js';

const HANG_UP = { do: 'hangup' };
const PROMPTS = [{ say: 'recording', recording: 'r' }];
const flow = (menus: object, start: unknown = 'main') => ({ start, menus });
const pathsOf = (document: unknown) => problemsOf(document).map(({ path }) => path);

/** Whether the path leads to something that is there, or to something that is missing in what is there. */
function leadsSomewhere(document: unknown, path: string): boolean {
  const steps = path === '' ? [] : path.split('.');
  let found: unknown = document;
  for (const [index, step] of steps.entries()) {
    const last = index === steps.length - 1;
    if (typeof found !== 'object' || found === null) return last;
    if (!Object.hasOwn(found, step)) return last;
    found = (found as Record<string, unknown>)[step];
  }
  return true;
}

describe('a document that is a flow', () => {
  it('has what was left out filled in', () => {
    expect(
      flowOf({ start: 'main', menus: { main: { recording: 'hello', digits: { '12': HANG_UP } } } }),
    ).toEqual({
      start: { do: 'menu', menu: 'main', callerName: null, remember: {} },
      language: null,
      callerName: null,
      hours: {},
      menus: {
        main: {
          prompts: [{ say: 'recording', recording: 'hello' }],
          loops: 1,
          delaySeconds: 0,
          maxDigits: 2,
          confirm: false,
          digits: { '12': { do: 'hangup', recording: null, cause: null, callerName: null, remember: {} } },
          invalid: {
            prompts: [],
            retries: 2,
            then: { do: 'hangup', recording: null, cause: null, callerName: null, remember: {} },
          },
        },
      },
    });
  });

  it('is read as itself again', () => {
    fc.assert(
      fc.property(flows, (read) => {
        expect(readIvrFlow(JSON.parse(JSON.stringify(read)))).toEqual({ ok: true, flow: read });
      }),
    );
  });

  it('is not changed by being read', () => {
    const before = structuredClone(OFFICE);
    flowOf(OFFICE);
    expect(OFFICE).toEqual(before);
  });

  it('may have menus named like members of every object', () => {
    const odd = JSON.parse(
      '{"start":"__proto__","menus":{"__proto__":{"recording":"r"},"constructor":{}}}',
    ) as unknown;
    expect(Object.keys(flowOf(odd).menus)).toEqual(['__proto__', 'constructor']);
  });

  it.each(['toString', '__proto__'])('does not take %s for a menu that is there', (name) => {
    expect(pathsOf(flow({ main: {} }, name))).toEqual(['start']);
  });
});

describe('a document that is none', () => {
  it.each([
    ['text', 'x', ''],
    ['no menus', { start: HANG_UP }, 'menus'],
    ['no start', { menus: {} }, 'start'],
    ['a name that nothing has', { ...flow({ main: {} }), stert: 1 }, 'stert'],
    ['a start in an unknown menu', flow({ main: {} }, 'mian'), 'start'],
    ['a key to an unknown menu', flow({ main: { digits: { '1': 'x' } } }), 'menus.main.digits.1'],
    [
      'a step to an unknown menu',
      flow({ main: { digits: { '*': { do: 'menu', menu: 'x' } } } }),
      'menus.main.digits.*.menu',
    ],
    [
      'a menu that is not named where nobody answers',
      flow({
        main: { digits: { '1': { do: 'dial', targets: [{ type: 'phone', target: '1' }], ifFailed: 'x' } } },
      }),
      'menus.main.digits.1.ifFailed',
    ],
    ['unknown hours', flow({ main: {} }, { when: 'office', open: 'main', closed: HANG_UP }), 'start.when'],
    [
      'hours without a step for one side',
      { ...flow({ main: {} }, { when: 'o', open: 'main' }), hours: { o: {} } },
      'start.closed',
    ],
    ['an unknown kind of step', flow({ main: {} }, { do: 'dance' }), 'start.do'],
    ['a step that is a number', flow({ main: {} }, 1), 'start'],
    ['a call to nobody', flow({ main: {} }, { do: 'dial', targets: [] }), 'start'],
    ['words without words', flow({ main: {} }, { do: 'say', prompts: [], then: 'main' }), 'start.prompts'],
    ['a menu called -1', flow({ '-1': {} }, '-1'), 'menus.-1'],
    ['a menu with a dot in its name', flow({ 'a.b': {} }, HANG_UP), 'menus'],
    ['a menu with a name of a try', flow({ 'main~1': {} }, HANG_UP), 'menus.main~1'],
    ['a key that no phone has', flow({ main: { digits: { x: HANG_UP } } }), 'menus.main.digits.x'],
    [
      'a key that is longer than the menu waits',
      flow({ main: { maxDigits: 1, digits: { '12': HANG_UP } } }),
      'menus.main.digits.12',
    ],
    [
      'a recording beside prompts',
      flow({ main: { recording: 'r', prompts: PROMPTS } }),
      'menus.main.recording',
    ],
    [
      'eleven prompts',
      flow({ main: { prompts: Array.from({ length: 11 }, () => PROMPTS[0]) } }),
      'menus.main.prompts',
    ],
    [
      'a day that does not exist',
      flow({ main: { prompts: [{ say: 'date', date: '2023-02-29' }] } }),
      'menus.main.prompts.0.date',
    ],
    ['half a loop', flow({ main: { loops: 0.5 } }), 'menus.main.loops'],
    ['a language by its name', { ...flow({ main: {} }), language: 'Hebrew' }, 'language'],
    ['a control character', flow({ main: { recording: 'a\0' } }), 'menus.main.recording'],
    [
      'hours that end before they begin',
      { ...flow({ main: {} }), hours: { o: { weekly: { mon: [['22:00', '06:00']] } } } },
      'hours.o.weekly.mon.0',
    ],
    [
      'a time of day that is none',
      { ...flow({ main: {} }), hours: { o: { weekly: { mon: [['9:00', '17:00']] } } } },
      'hours.o.weekly.mon.0.0',
    ],
    [
      'a weekday by its name',
      { ...flow({ main: {} }), hours: { o: { weekly: { monday: [] } } } },
      'hours.o.weekly.monday',
    ],
    [
      'a date that is open and closed',
      { ...flow({ main: {} }), hours: { o: { closed: ['2024-10-03'], open: { '2024-10-03': [] } } } },
      'hours.o.open.2024-10-03',
    ],
    [
      'an open day that does not exist',
      { ...flow({ main: {} }), hours: { o: { open: { '2024-02-30': [] } } } },
      'hours.o.open.2024-02-30',
    ],
  ])('because of %s is refused with its path', (_what, document, path) => {
    expect(pathsOf(document)).toEqual([path]);
  });

  it('has all its problems told at once, and never more than a person can read', () => {
    expect(pathsOf(flow({ main: { loops: 0, digits: { '1': 'x', '2': 'y' } } }, 'z'))).toEqual([
      'start',
      'menus.main.loops',
      'menus.main.digits.1',
      'menus.main.digits.2',
    ]);
    const menus = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`m${index}`, { x: 1 }]));
    expect(problemsOf(flow(menus, 'm1'))).toHaveLength(100);
  });

  it('has more than 200 menus', () => {
    const menus = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index}`, {}]));
    expect(problemsOf(flow(menus(200), 'm0'))).toEqual([]);
    expect(pathsOf(flow(menus(201), 'm0'))).toEqual(['menus']);
  });

  it('is nested deeper than anybody reads, however deep', () => {
    let step: unknown = HANG_UP;
    for (let depth = 0; depth < 50_000; depth += 1) step = { do: 'say', prompts: PROMPTS, then: step };
    expect(pathsOf({ start: step, menus: {} })).toEqual([`start${'.then'.repeat(8)}`]);
  });
});

describe('a round that a silent caller never leaves', () => {
  const none = (step: unknown) => ({ digits: { none: step } });

  it.each([
    ['a menu that leads to itself', { main: none('main') }, ['menus.main']],
    ['two menus', { main: none('b'), b: none('main') }, ['menus.main']],
    ['the step after the last try', { main: { invalid: { then: 'main' } } }, ['menus.main']],
    [
      'a call that nobody answers',
      { main: none({ do: 'dial', targets: [{ type: 'phone', target: '1' }], ifFailed: 'main' }) },
      ['menus.main'],
    ],
    ['one of the hours', { main: none({ when: 'o', open: 'main', closed: HANG_UP }) }, ['menus.main']],
  ])('is refused: %s', (_what, menus, paths) => {
    expect(pathsOf({ ...flow(menus), hours: { o: {} } })).toEqual(paths);
  });

  it.each([
    ['something is played in it', { main: none('b'), b: { recording: 'r', ...none('main') } }],
    ['words are said on the way', { main: none({ do: 'say', prompts: PROMPTS, then: 'main' }) }],
    ['something is played before a further try', { main: { invalid: { prompts: PROMPTS, then: 'main' } } }],
    ['it takes a key', { main: { digits: { '1': 'b' } }, b: { digits: { '1': 'main' } } }],
    ['it leads out', { main: none('b'), b: none(HANG_UP) }],
  ])('is none where %s', (_what, menus) => {
    expect(problemsOf(flow(menus))).toEqual([]);
  });
});

describe('reading any document', () => {
  it('never throws on any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (document) => {
        expect(typeof readIvrFlow(document).ok).toBe('boolean');
      }),
    );
  });

  it('names a path that is there, or whose parent is, for whatever was put where it does not belong', () => {
    const damaged = fc
      .tuple(
        documents,
        fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
        fc.jsonValue({ maxDepth: 2 }),
        fc.string(),
      )
      .map(([document, way, value, name]) => replaced(document, way, { value, name }));
    let refused = 0;
    fc.assert(
      fc.property(damaged, (document) => {
        for (const { path, message } of problemsOf(document)) {
          refused += 1;
          expect([path, leadsSomewhere(document, path)]).toEqual([path, true]);
          expect(message).toMatch(/\.$/);
        }
      }),
      { numRuns: 2000 },
    );
    expect(refused).toBeGreaterThan(1000);
  });

  it('takes most of what its own tests make', () => {
    const read = fc.sample(documents, 300).filter((document) => readIvrFlow(document).ok);
    expect(read.length).toBeGreaterThan(100);
  });
});

/** The document with one member, found by turning at each level, replaced or joined by another. */
function replaced(
  document: unknown,
  [turn = 0, ...way]: number[],
  put: { value: unknown; name: string },
): unknown {
  if (typeof document !== 'object' || document === null) return put.value;
  const names = Object.keys(document);
  const name = way.length === 0 && turn % 3 === 0 ? put.name : names[turn % names.length];
  if (name === undefined || way.length === 0) {
    if (Array.isArray(document)) return [...(document as unknown[]), put.value];
    return Object.fromEntries([...Object.entries(document), [name ?? put.name, put.value]]);
  }
  const member = replaced((document as Record<string, unknown>)[name], way, put);
  if (Array.isArray(document)) return document.with(Number(name), member) as unknown;
  return Object.fromEntries([...Object.entries(document), [name, member]]);
}
