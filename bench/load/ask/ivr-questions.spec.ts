import { readIvrFlow } from '#domain';
import { extensionFor, ivrDocument, welcome } from './ivr-menus.js';
import { ivrQuestions } from './ivr-questions.js';

const { request, isRight } = ivrQuestions({
  urls: ['http://h:1/a', 'http://h:1/b'],
  prefix: '20261121070000main',
});
const bodyOf = (question: number) =>
  JSON.parse(request(question).toString().split('\r\n\r\n')[1] ?? '') as { DATA: Record<string, string> };

const menu = (REC: string) => JSON.stringify({ STATUS: 0, ACTION: 'MENU', DATA: { REC, MENU: 'main' } });
const call = (TARGET: string) => JSON.stringify({ STATUS: 0, ACTION: 'CALL', DATA: { TARGET } });

describe('the questions of IVR', () => {
  it('are two of each call, and of each tenant in turn', () => {
    const asked = [0, 1, 2, 3].map((question) => bodyOf(question).DATA);
    expect(asked.map(({ MENU, DTMF }) => [MENU, DTMF])).toEqual([
      ['-1', ''],
      ['main', '1'],
      ['-1', ''],
      ['main', '2'],
    ]);
    expect(asked[1]?.['IVR_UNIQUE_ID']).toBe(asked[0]?.['IVR_UNIQUE_ID']);
    expect(asked[2]?.['IVR_UNIQUE_ID']).not.toBe(asked[0]?.['IVR_UNIQUE_ID']);
    expect([0, 1, 2].map((question) => request(question).toString().split(' ')[1])).toEqual([
      '/a',
      '/a',
      '/b',
    ]);
  });

  it('take the tenant’s own menu and target for right, and nothing else', () => {
    expect([isRight(0, menu(welcome(0))), isRight(1, call(extensionFor(0, 1)))]).toEqual([true, true]);
    const wrong: [number, string][] = [
      [0, menu(welcome(1))],
      [0, call(extensionFor(0, 1))],
      [1, call(extensionFor(1, 1))],
      [1, call(extensionFor(0, 2))],
      [1, '{"STATUS":1}'],
      [0, 'ok'],
    ];
    for (const [question, reply] of wrong) expect([reply, isRight(question, reply)]).toEqual([reply, false]);
  });

  it('are asked of a flow that we would keep', () => {
    expect(readIvrFlow(ivrDocument(0))).toMatchObject({ ok: true });
  });
});
