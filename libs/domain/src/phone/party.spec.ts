import fc from 'fast-check';
import { readParty } from './party.js';

const nobody = (original: string) => ({ original, e164: null, country: null, countryName: null, type: null });

describe('readParty', () => {
  it.each([
    '0722776772',
    '072-277-6772',
    '972722776772',
    '+972722776772',
    '+972 (72) 277-6772',
    '00972722776772',
  ])('reads %s as one and the same Israeli number', (original) => {
    expect(readParty(original, 'IL')).toEqual({
      original,
      e164: '+972722776772',
      country: 'IL',
      countryName: 'Israel',
      type: 'voip',
    });
  });

  it('knows mobile and fixed lines apart', () => {
    expect(readParty('0523258000', 'IL').type).toBe('mobile');
    expect(readParty('036123456', 'IL').type).toBe('fixed_line');
  });

  it('reads a number of another country with or without a mark', () => {
    for (const original of ['+442071838750', '00442071838750', '442071838750']) {
      expect(readParty(original, 'IL')).toMatchObject({
        e164: '+442071838750',
        country: 'GB',
        countryName: 'United Kingdom',
      });
    }
  });

  it('reads a number that belongs to no country', () => {
    expect(readParty('+80012345678', 'IL')).toMatchObject({
      e164: '+80012345678',
      country: null,
      countryName: null,
    });
  });

  it.each([
    '',
    ' ',
    'Anonymous',
    'anonymous',
    'Unknown',
    'Walter Melon',
    'AAPINFzL',
    'SIPSIP1',
    '101',
    '2101',
    '21011',
    '0003*210',
    '*2700',
    'sip:0722776772@pbx',
    '0722776772;x',
    '1234567890123456789012345678901234567890123456',
    '000000000',
    '+',
    '()',
    '٠٧٢٢٧٧٦٧٧٢',
  ])('never takes "%s" for a number', (original) => {
    expect(readParty(original, 'IL')).toEqual(nobody(original));
  });

  it('does not take a number that the country has not assigned', () => {
    expect(readParty('0100000000', 'IL')).toEqual(nobody('0100000000'));
  });

  it('reads only marked numbers when the country is not one', () => {
    expect(readParty('0722776772', 'XX')).toEqual(nobody('0722776772'));
    expect(readParty('0722776772', '')).toEqual(nobody('0722776772'));
    expect(readParty('+972722776772', 'XX').e164).toBe('+972722776772');
  });

  it('reads the same digits by the country of the connection', () => {
    expect(readParty('0722776772', 'IL').country).toBe('IL');
    expect(readParty('0722776772', 'US').e164).toBeNull();
  });

  it('never throws, keeps the original, and gives E.164 or nothing', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...'+0123456789 ()-./') }),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, fc.constantFrom('IL', 'US', 'DE', 'XX', ''), (original, country) => {
        const party = readParty(original, country);
        expect(party.original).toBe(original);
        expect(party.e164 === null || /^\+[1-9]\d{5,14}$/.test(party.e164)).toBe(true);
        expect(readParty(original, country)).toEqual(party);
      }),
      { numRuns: 2000 },
    );
  });

  it('forgets old numbers instead of growing', () => {
    for (let i = 0; i < 20_000; i += 1) readParty(String(100_000 + i), 'XX');
    expect(readParty('0722776772', 'IL').e164).toBe('+972722776772');
  });
});
