import { describe, expect, it } from '@jest/globals';
import { instant } from '#domain';
import { facadeNamed, routeOf, type AskedRequest, type Facade } from '#dialects';
import { createLog } from '#platform';
import { AnswerAsked, type AnswerAskedParts } from './answer-asked.js';

const REQUEST: AskedRequest = {
  ...{ method: 'GET', path: '/hub/cdr', query: 'code=c0de-of-ours&format=json&callID=1' },
  ...{ headers: {}, body: new Uint8Array() },
};
const NOBODY: AnswerAskedParts = {
  book: { find: () => Promise.resolve(undefined) },
  limits: {
    takeRequest: () => Promise.resolve(0),
    guessWait: () => Promise.resolve(0),
    noteGuess: () => Promise.resolve(),
  },
  asks: { carryOut: () => Promise.reject(new Error('not asked')) },
  clock: { now: () => instant(0) },
  log: createLog('silent', 'test'),
};

describe('whoever asks as a vendor’s client does', () => {
  const found = routeOf(REQUEST.path);
  if (!found) throw new Error('the path is nobody’s');

  it('is answered in the vendor’s words when the database is away', async () => {
    const book = { find: () => Promise.reject(new Error('away')) };
    const answer = await new AnswerAsked({ ...NOBODY, book }).answer(REQUEST, found, null);
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([503, { CDR_LIST: [] }]);
  });

  it('is answered also where what was found cannot be written', async () => {
    const real = facadeNamed('voicenter') as Facade;
    const facade: Facade = {
      ...real,
      write: (result, reading, settings) => {
        if (!result.ok && result.failure.code === 'unauthorised') throw new Error('a bug');
        return real.write(result, reading, settings);
      },
    };
    const answer = await new AnswerAsked(NOBODY).answer(REQUEST, { ...found, facade }, null);
    expect([answer.status, JSON.parse(answer.body)]).toMatchObject([503, { CDR_LIST: [] }]);
    expect(answer.body).not.toContain('c0de');
  });
});
