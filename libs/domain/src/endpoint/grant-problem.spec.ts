import fc from 'fast-check';
import { grantProblem } from './grant-problem.js';

describe('what somebody reads who did not agree', () => {
  it.each([
    ['access_denied', 'Nobody agreed'],
    ['server_error', 'problem of its own'],
    ['constructor', 'did not give what it was asked for'],
    ['', 'did not give what it was asked for'],
  ])('after %j is in our words', (error, words) => {
    expect(grantProblem(error)).toContain(words);
  });

  it('is a sentence whatever came, and repeats nothing of it', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        expect(grantProblem(`<${text}>`)).toBe(grantProblem(''));
      }),
    );
  });
});
