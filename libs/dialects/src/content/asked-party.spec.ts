import fc from 'fast-check';
import { askedParty } from './asked-party.js';

describe('askedParty', () => {
  it.each([
    ['101', 'extension', '101'],
    ['0003*210', 'extension', '0003*210'],
    ['SIPSIP', 'extension', 'SIPSIP'],
    ['0501234567', 'number', '+972501234567'],
    ['+44 20 7946 0958', 'number', '+442079460958'],
    [' 442079460958', 'number', '+442079460958'],
  ])('reads %s as %s %s', (text, kind, value) => {
    expect(askedParty(text, 'IL')).toEqual({ kind, value });
  });

  it.each(['', ' ', '<b>', 'a b', '1'.repeat(21), 'x'.repeat(65)])('is nobody: "%s"', (text) => {
    expect(askedParty(text, 'IL')).toBeNull();
  });

  it('keeps digits as they are while nobody knows whose country they are of', () => {
    expect(askedParty('0501234567', null)).toEqual({ kind: 'number', value: '0501234567' });
  });

  it('lets through nothing that is markup, or another line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(askedParty(text, 'IL')?.value ?? '').toMatch(/^[\w.*#@+-]*$/);
      }),
    );
  });
});
