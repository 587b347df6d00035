import fc from 'fast-check';
import { mailOutcomeOf } from './mail-outcome-of.js';
import type { OutcomeClass } from './outcome.js';

const reply = (status: number, body = '') => ({ kind: 'answered', status, headers: {}, body }) as const;

describe('mailOutcomeOf', () => {
  it.each<[number, OutcomeClass]>([
    [250, 'delivered'],
    [251, 'delivered'],
    [421, 'unreachable'],
    [450, 'unreachable'],
    [452, 'unreachable'],
    [550, 'refused'],
    [552, 'refused'],
    [554, 'refused'],
    [354, 'unreachable'],
    [0, 'unreachable'],
  ])('a reply of %i is %s', (status, expected) => {
    expect(mailOutcomeOf(reply(status)).class).toBe(expected);
  });

  it('has the words of the server in its note, in one line', () => {
    expect(mailOutcomeOf(reply(550, '5.1.1 no such\r\n mailbox')).note).toBe(
      'The mail server refused it: 5.1.1 no such mailbox',
    );
    expect(mailOutcomeOf(reply(250)).note).toBe('The mail server took it.');
  });

  it('a failure is never the recipient’s', () => {
    for (const cause of ['timeout', 'tls', 'unknown', 'blocked'] as const) {
      expect(mailOutcomeOf({ kind: 'failed', cause, message: 'Why.' })).toEqual({
        class: 'unreachable',
        note: 'Why.',
      });
    }
  });

  it('has a class and a short note for every reply', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999 }), fc.string({ maxLength: 2_000 }), (status, body) => {
        const { class: verdict, note } = mailOutcomeOf(reply(status, body));
        expect(['delivered', 'unreachable', 'refused']).toContain(verdict);
        expect(note.length).toBeLessThan(400);
        expect(note).not.toMatch(/[\r\n]/);
      }),
    );
  });
});
