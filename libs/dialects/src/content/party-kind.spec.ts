import { partiesOf } from './party-kind.js';

describe('an end that has an extension', () => {
  it.each([
    ['234567', '0003*234567'],
    ['234567', 'SIP101'],
    ['20456789', '0003*20456789'],
    [' 20456789 ', '20456789'],
    ['0234567123', '0003*0234567123'],
  ])('is that extension, however many digits it has: %j of %s', (party, extension) => {
    expect(partiesOf(party, '', { from: [null, extension], to: [] }).fromKind).toBe('extension');
    expect(partiesOf('', party, { from: [], to: [extension] }).toKind).toBe('extension');
  });

  it.each([
    ['20456789', '0003*210'],
    ['0501234567', '0003*4567'],
    ['20456789', null],
  ])('may be a number that is another one: %j of %s', (party, extension) => {
    expect(partiesOf(party, '', { from: [extension], to: [] })).toEqual({ from: party, to: '' });
  });
});
