import fc from 'fast-check';
import { partyFromText } from './party-words.js';

describe('partyFromText', () => {
  it.each(['101', '1234567', '0', 'SIPSIP', 'AAPINFzL', 'dana.levi', '0003*210', '*2700', 'dana0501234567'])(
    'takes %s for an extension',
    (text) => {
      expect(partyFromText(text, 'IL')).toEqual({ kind: 'extension', value: text });
    },
  );

  it.each([
    ['0501234567', 'IL', '+972501234567'],
    ['972501234567', 'IL', '+972501234567'],
    ['+972 50-123-4567', 'IL', '+972501234567'],
    ['442071838750', 'IL', '+442071838750'],
    [' 442071838750', 'DE', '+442071838750'],
    ['tel:+442071838750', 'IL', '+442071838750'],
    ['0100000000', 'IL', '+972100000000'],
    ['00000000', 'IL', '00000000'],
    ['(01) 0000-0000', '', '0100000000'],
  ])('takes %j in %s for the number %s', (text, country, value) => {
    expect(partyFromText(text, country)).toEqual({ kind: 'number', value });
  });

  it('takes blanks around a text for nothing', () => {
    expect(partyFromText(' 101 ', 'IL')).toEqual({ kind: 'extension', value: '101' });
  });

  it('never throws, and is stable: what it says is read the same again', () => {
    const texts = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'+0123456789 ()-./*#a:') }));
    fc.assert(
      fc.property(texts, fc.constantFrom('IL', 'DE', 'XX', ''), (text, country) => {
        const party = partyFromText(text, country);
        if (party.value.startsWith('+')) expect(partyFromText(party.value, country)).toEqual(party);
      }),
    );
  });
});
