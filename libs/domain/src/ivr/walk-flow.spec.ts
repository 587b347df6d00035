import fc from 'fast-check';
import { instant } from '../ids.js';
import { dryRunFlow, type DryRunCaller } from './dry-run-flow.js';
import { OFFICE, flowOf, flows, pressed, question, questions } from './flow.fixture.js';
import type { IvrQuestion } from './ivr.js';
import { readOwnIvrAnswer } from './read-own-ivr-answer.js';
import { walkFlow } from './walk-flow.js';

const ZONE = 'Asia/Jerusalem';
/** A Thursday, open. */
const MORNING = instant(Date.parse('2024-06-06T07:00:00Z'));
const NIGHT = instant(Date.parse('2024-06-06T22:00:00Z'));
const office = flowOf(OFFICE);
const ask = (also: Partial<IvrQuestion>, now = MORNING, flow = office) =>
  walkFlow(flow, question(also), { now, timeZone: ZONE });
const actionOf = (also: Partial<IvrQuestion>, now = MORNING, flow = office) => ask(also, now, flow).action;

const MAIN = {
  do: 'menu',
  menu: 'main',
  prompts: [{ say: 'recording', recording: 'welcome' }],
  loops: 1,
  delaySeconds: 0,
  maxDigits: 1,
  confirm: false,
};

describe('walking a flow', () => {
  it('begins at the start, by the hours of the zone', () => {
    expect(ask({})).toEqual({
      kind: 'ivr',
      action: MAIN,
      language: 'he',
      callerName: null,
      customData: {},
    });
    expect(actionOf({}, NIGHT)).toEqual({ do: 'hangup', recording: 'closed', cause: null });
    expect(actionOf({}, instant(Date.parse('2024-10-03T07:00:00Z')))).toMatchObject({ do: 'hangup' });
    expect(actionOf({}, instant(Date.parse('2024-06-07T07:00:00Z')))).toEqual(MAIN);
  });

  it('goes where the key that was pressed leads, and remembers what the step says', () => {
    expect(ask({ menu: 'main', digits: '1' })).toMatchObject({
      action: {
        do: 'dial',
        targets: [{ type: 'extension', target: 'SALES' }],
        maxRingSeconds: 30,
        ifFailed: { to: 'sorry', recording: 'sorry', loops: 1, maxDigits: 4, delaySeconds: 0 },
        afterwards: null,
      },
      customData: { chose: 'sales', key: '1' },
    });
    expect(actionOf({ menu: 'main', digits: '*' })).toEqual({
      do: 'layer',
      layer: 8,
      recording: null,
      loops: 1,
      delaySeconds: 0,
    });
  });

  it('begins again for a menu that the flow does not have', () => {
    for (const menu of ['old', 'toString', '__proto__', 'main~x', 'main~1~2', 'main~9~then', '~', '']) {
      expect(actionOf({ menu, digits: '1' })).toEqual(MAIN);
    }
  });

  it('plays a menu again as often as it says, counting in its name, and then gives up', () => {
    const again = [{ say: 'recording', recording: 'what' }, ...MAIN.prompts];
    expect(actionOf({ menu: 'main', digits: '9' })).toEqual({ ...MAIN, menu: 'main~1', prompts: again });
    expect(actionOf({ menu: 'main~1', digits: null })).toEqual({ ...MAIN, menu: 'main~2', prompts: again });
    expect(actionOf({ menu: 'main~2', digits: '' })).toEqual({
      do: 'record',
      recording: null,
      maxSeconds: 60,
    });
    expect(actionOf({ menu: 'main~99', digits: '9' })).toMatchObject({ do: 'record' });
  });

  it('takes a fitting key at any try', () => {
    expect(actionOf({ menu: 'main~2', digits: '1' })).toMatchObject({ do: 'dial' });
  });

  it('has a step for any other key, and one for none', () => {
    expect(actionOf({ menu: 'sorry', digits: '1234' })).toEqual(MAIN);
    expect(actionOf({ menu: 'sorry', digits: null })).toMatchObject({ do: 'hangup' });
  });

  it('does not take a word of its own for a key', () => {
    expect(actionOf({ menu: 'sorry', digits: 'none' })).toEqual(MAIN);
  });

  it('says words as a menu whose name leads on, whatever is pressed meanwhile', () => {
    const said = actionOf({ menu: 'main', digits: '2' });
    expect(said).toMatchObject({
      do: 'menu',
      menu: 'main~2~then',
      prompts: [{ say: 'number', number: '42' }],
    });
    expect(actionOf({ menu: 'main~2~then', digits: null })).toEqual(MAIN);
    expect(actionOf({ menu: 'main~2~then', digits: '1' })).toEqual(MAIN);
  });

  it('leads on to any step after a call, by a name that means it', () => {
    const flow = flowOf({
      start: {
        do: 'dial',
        targets: [{ type: 'phone', target: '1' }],
        ifFailed: { do: 'say', prompts: MAIN.prompts, then: null },
        afterwards: { do: 'hangup', recording: 'thanks' },
      },
      menus: {},
    });
    const nothing = { recording: null, loops: null, maxDigits: null, delaySeconds: null };
    expect(actionOf({}, MORNING, flow)).toMatchObject({
      ifFailed: { to: '~ifFailed', ...nothing },
      afterwards: { to: '~afterwards', ...nothing },
    });
    expect(actionOf({ menu: '~afterwards' }, MORNING, flow)).toMatchObject({ recording: 'thanks' });
    expect(actionOf({ menu: '~ifFailed' }, MORNING, flow)).toMatchObject({ menu: '~ifFailed~then' });
    expect(actionOf({ menu: '~ifFailed~then' }, MORNING, flow)).toEqual({
      do: 'hangup',
      recording: null,
      cause: null,
    });
  });

  it('looks at the hours when it comes to them, not when it was told of them', () => {
    const flow = flowOf({
      ...OFFICE,
      start: {
        do: 'dial',
        targets: [{ type: 'phone', target: '1' }],
        ifFailed: { when: 'office', open: 'main', closed: { do: 'hangup' } },
      },
    });
    expect(actionOf({ menu: '~ifFailed' }, MORNING, flow)).toEqual(MAIN);
    expect(actionOf({ menu: '~ifFailed' }, NIGHT, flow)).toMatchObject({ do: 'hangup' });
  });

  it("shows a step's name to whoever takes the call, else the flow's", () => {
    const dial = { do: 'dial', targets: [{ type: 'phone', target: '1' }] };
    const flow = (step: object) => flowOf({ start: step, callerName: 'Support', menus: {} });
    expect(ask({}, MORNING, flow(dial))).toMatchObject({
      callerName: 'Support',
      action: { callerName: 'Support' },
    });
    expect(ask({}, MORNING, flow({ ...dial, callerName: 'VIP' }))).toMatchObject({
      callerName: 'VIP',
      action: { callerName: 'VIP' },
    });
  });
});

describe('walking a flow for a PBX that keeps the menus', () => {
  const flow = flowOf({
    start: { do: 'fallback' },
    menus: {
      '5': {
        digits: {
          '1': '6',
          '2': { do: 'dial', targets: [{ type: 'phone', target: '1' }], ifFailed: '7', afterwards: 'own' },
          '3': { do: 'say', prompts: MAIN.prompts, then: { do: 'layer', layer: 9 } },
          '4': 'own',
        },
        invalid: { retries: 1 },
      },
      '6': {},
      '7': {},
      own: { recording: 'r' },
    },
  });
  const pressing = (digits: string) =>
    ask({ asks: 'layer', menu: '5', previousMenu: '4', digits }, MORNING, flow).action;
  const layer = (number: number) => ({
    do: 'layer',
    layer: number,
    recording: null,
    loops: 1,
    delaySeconds: 0,
  });

  it('sends the caller into its layers', () => {
    expect(pressing('1')).toEqual(layer(6));
    expect(pressing('2')).toMatchObject({ do: 'dial', ifFailed: { to: '7' }, afterwards: null });
    expect(pressing('3')).toEqual({ do: 'say', prompts: MAIN.prompts, nextLayer: 9, ifFailedLayer: null });
  });

  it('sends a caller who pressed the wrong key back into the layer', () => {
    expect(pressing('0')).toEqual(layer(5));
  });

  it('has no menus of ours to send a caller into', () => {
    expect(pressing('4')).toEqual({ do: 'fallback' });
  });

  it('starts where a layer is not in the flow', () => {
    expect(ask({ asks: 'layer', menu: '77', digits: '1' }, MORNING, flow).action).toEqual({ do: 'fallback' });
  });
});

describe('a dry run', () => {
  const caller = (digits: (string | null)[], also: Partial<DryRunCaller> = {}): DryRunCaller => ({
    digits,
    did: '0730000000',
    from: '0540000000',
    at: MORNING,
    asks: 'menu',
    ...also,
  });
  const run = (digits: (string | null)[], also: Partial<DryRunCaller> = {}, flow = office) =>
    dryRunFlow(flow, caller(digits, also), ZONE);

  it('walks a flow as a caller would', () => {
    const { steps, ended } = run(['9', '2', '1']);
    expect(steps.map(({ menu, digits, answer }) => [menu, digits, answer.action.do])).toEqual([
      [null, null, 'menu'],
      ['main', '9', 'menu'],
      ['main~1', '2', 'menu'],
      ['main~2~then', null, 'menu'],
      ['main', '1', 'dial'],
    ]);
    expect(ended).toBe('dial');
  });

  it.each([
    ['waiting', [], {}],
    ['waiting', ['9', null], {}],
    ['record', ['9', '9', '9', '9'], {}],
    ['hangup', ['1'], { at: NIGHT }],
    ['layer', ['*'], {}],
  ] as const)('ends with %s after %j', (ended, digits, also) => {
    expect(run([...digits], also).ended).toBe(ended);
  });

  it('goes on in layers that the flow knows, and ends in any other', () => {
    const flow = flowOf({
      start: '5',
      menus: { '5': { digits: { '1': '6', '2': { do: 'layer', layer: 9 } } }, '6': { digits: { '1': '5' } } },
    });
    const { steps, ended } = run(['1', '1', '2'], { asks: 'layer' }, flow);
    expect(steps.map(({ menu }) => menu)).toEqual([null, '5', '6', '5']);
    expect(ended).toBe('layer');
    expect(run(['1'], { asks: 'layer' }, flow).ended).toBe('waiting');
  });
});

describe('any flow', () => {
  const when = fc.integer({ min: 0, max: 4e12 }).map(instant);

  it('has an answer to any question, one that our own JSON can say', () => {
    fc.assert(
      fc.property(flows, questions, when, (flow, asked, now) => {
        const before = JSON.stringify(flow);
        const answer = walkFlow(flow, asked, { now, timeZone: ZONE });
        expect(walkFlow(flow, asked, { now, timeZone: ZONE })).toEqual(answer);
        expect(JSON.stringify(flow)).toBe(before);
        const { customData: _, ...rest } = answer;
        expect(readOwnIvrAnswer(JSON.parse(JSON.stringify(rest)))).toEqual({
          ok: true,
          answer: { ...rest, customData: {} },
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('lets any caller come to an end or wait', () => {
    const asks = fc.constantFrom('menu' as const, 'layer' as const);
    fc.assert(
      fc.property(flows, fc.array(pressed), asks, when, (flow, digits, asked, at) => {
        const { steps, ended } = dryRunFlow(flow, { digits, did: '', from: '', at, asks: asked }, ZONE);
        expect(['hangup', 'dial', 'layer', 'record', 'fallback', 'waiting']).toContain(ended);
        // Between two keys there are at most as many words as steps can be nested.
        expect(steps.length).toBeLessThanOrEqual((digits.length + 1) * 9);
      }),
      { numRuns: 500 },
    );
  });

  it('finds its way back from every name that it gave', () => {
    fc.assert(
      fc.property(flows, questions, when, (flow, asked, now) => {
        const { action } = walkFlow(flow, { ...asked, asks: 'menu' }, { now, timeZone: ZONE });
        const names =
          action.do === 'menu' ? [action.menu] : action.do === 'dial' ? [action.ifFailed?.to ?? null] : [];
        for (const menu of names.filter((name) => name !== null)) {
          expect(menu).toMatch(/^(?:[\w-]{1,64}(?:~\d{1,2}|(?:~[\w*#]+){2,})?|(?:~\w+)+)$/);
          expect(() => walkFlow(flow, question({ menu }), { now, timeZone: ZONE })).not.toThrow();
        }
      }),
      { numRuns: 500 },
    );
  });
});
