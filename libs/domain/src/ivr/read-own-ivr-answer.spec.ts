import fc from 'fast-check';
import { question } from './flow.fixture.js';
import type { IvrQuestion } from './ivr.js';
import { ownIvrQuestion } from './own-ivr-question.js';
import { readOwnIvrAnswer } from './read-own-ivr-answer.js';

const read = (action: unknown, also: object = {}) => readOwnIvrAnswer({ action, ...also });
const pathsOf = (json: unknown) => {
  const reading = readOwnIvrAnswer(json);
  return reading.ok ? [] : reading.problems.map(({ path }) => path);
};

describe('an answer in our own JSON', () => {
  it('may leave out what may be null or has a usual value', () => {
    expect(read({ do: 'menu', menu: 'main' })).toEqual({
      ok: true,
      answer: {
        kind: 'ivr',
        action: {
          do: 'menu',
          menu: 'main',
          prompts: [],
          loops: 1,
          delaySeconds: 0,
          maxDigits: 1,
          confirm: false,
        },
        language: null,
        callerName: null,
        customData: {},
      },
    });
    const target = { type: 'phone', target: '0501234567' };
    expect(read({ do: 'dial', targets: [target], ifFailed: { to: '7' } })).toMatchObject({
      ok: true,
      answer: {
        action: {
          targets: [target],
          callerId: null,
          maxRingSeconds: 30,
          maxCallSeconds: 7200,
          record: false,
          dialStrings: [],
          ifFailed: { to: '7', recording: null },
          afterwards: null,
        },
      },
    });
  });

  it('is read as it is where everything is said', () => {
    const answer = {
      kind: 'ivr',
      action: {
        do: 'say',
        prompts: [{ say: 'dateTime', dateTime: '2024-06-01T10:00:00' }],
        nextLayer: 2,
        ifFailedLayer: 0,
      },
      language: 'en',
      callerName: 'Dana',
      customData: { lead: '7' },
    };
    expect(readOwnIvrAnswer(answer)).toEqual({ ok: true, answer });
  });

  it('says apart what happens when nobody answers, only where it was said', () => {
    const dial = { do: 'dial', dialStrings: ['SIP/1'] };
    const apart = (also: object) => {
      const reading = read({ ...dial, ...also });
      return reading.ok && reading.answer.action;
    };
    expect(apart({})).not.toHaveProperty('ifUnanswered');
    expect(apart({ ifUnanswered: null })).toMatchObject({ ifUnanswered: null });
  });

  it.each([
    ['text', 'hangup', ['']],
    ['no action', {}, ['action']],
    ['an unknown action', { action: { do: 'sing' } }, ['action.do']],
    ['a member that we do not know', { action: { do: 'hangup', reason: 'x' } }, ['action.reason']],
    ['a number as a text', { action: { do: 'layer', layer: '2' } }, ['action.layer']],
    ['the name of the beginning', { action: { do: 'menu', menu: '-1' } }, ['action.menu']],
    ['nobody to dial', { action: { do: 'dial' } }, ['action']],
    [
      'a prompt that says nothing',
      { action: { do: 'say', prompts: [{ say: 'digits', digits: '' }] } },
      ['action.prompts.0.digits'],
    ],
    [
      'a target of an unknown kind',
      { action: { do: 'dial', targets: [{ type: 'fax', target: '1' }] } },
      ['action.targets.0.type'],
    ],
    [
      'custom data that a PBX would cut',
      { action: { do: 'fallback' }, customData: { a: 'x'.repeat(129) } },
      ['customData.a'],
    ],
  ])('is refused for %s, with the path', (_what, json, paths) => {
    expect(pathsOf(json)).toEqual(paths);
  });

  it('is refused, never thrown at, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(readOwnIvrAnswer(json).ok).toBe(false);
        expect(typeof read(json, { customData: json }).ok).toBe('boolean');
      }),
    );
  });
});

describe('a question in our own JSON', () => {
  it('has every member of ours, and survives being sent', () => {
    const asked = question({ menu: 'main', digits: '1' });
    const sent = (one: IvrQuestion): unknown => JSON.parse(JSON.stringify(ownIvrQuestion(one)));
    expect(sent(asked)).toEqual({ ...asked, customData: {} });
    const customData = { deal: '9007199254740993', vip: 1 };
    expect(sent({ ...asked, customData, raw: { VENDOR: 'x' } })).toEqual({ ...asked, customData });
  });
});
