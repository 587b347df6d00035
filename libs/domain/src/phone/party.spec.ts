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
    '0722776772;x',
    '1234567890123456789012345678901234567890123456',
    '000000000',
    '+',
    '()',
    '-',
    '000000',
    'anonymous@anonymous.invalid',
    'sip:anonymous@anonymous.invalid',
    '"0722776772" <sip:anonymous@anonymous.invalid>',
    'sip:192.168.100.10',
    'sip:101@192.168.100.10',
    'SIP/101-00000a3f',
    'PJSIP/234567-00000a3f',
    'חסוי',
    'Withheld',
    '112',
    '116117',
  ])('never takes "%s" for a number', (original) => {
    expect(readParty(original, 'IL')).toEqual(nobody(original));
  });

  it('does not take a number that the country has not assigned', () => {
    expect(readParty('0100000000', 'IL')).toEqual(nobody('0100000000'));
  });

  it('takes a number written with a plus that its country could have, without a type', () => {
    expect(readParty('+972100000000', 'US')).toMatchObject({
      e164: '+972100000000',
      country: 'IL',
      type: null,
    });
    expect(readParty('+14362345678', 'IL')).toMatchObject({ e164: '+14362345678', type: null });
    expect(readParty('+97250', 'IL').e164).toBeNull();
    expect(readParty('+999123456789', 'IL').e164).toBeNull();
  });

  it.each([
    ['DE', ' 442079460958', '+442079460958'],
    ['DE', '442079460958', '+442079460958'],
    ['IL', '972502345678', '+972502345678'],
    ['US', '14155552671', '+14155552671'],
    ['US', '447911123456', '+447911123456'],
    ['US', '004362345678', null],
    ['GB', '+44(0)20 7946 0958', '+442079460958'],
    ['DE', '0044 (0)20 7946 0958', '+442079460958'],
    ['DE', ' 44 (0)20 7946 0958', '+442079460958'],
    ['DE', '+44 0 20 7946 0958', '+442079460958'],
    ['US', '+39 (0)6 698 12345', '+390669812345'],
    ['DE', '(+44) 20 7946 0958', '+442079460958'],
    ['DE', '( 44) 20 7946 0958', '+442079460958'],
    ['AU', '0011442079460958', '+442079460958'],
    ['AU', '00442079460958', '+442079460958'],
    ['SG', '001442079460958', '+442079460958'],
    ['US', '011442079460958', '+442079460958'],
    ['RU', '8~10 442079460958', null],
    ['RU', '810442079460958', '+442079460958'],
    ['BR', '0 15 11 98765-4321', '+5511987654321'],
    ['BR', '011 8765-4321', '+5511987654321'],
    ['AR', '011 15-2345-6789', '+5491123456789'],
    ['MX', '+52 1 55 1234 5678', '+525512345678'],
    ['BJ', '97123456', '+2290197123456'],
    ['IT', '06 698 12345', '+390669812345'],
  ])('in %s reads %j as %s', (country, text, e164) => {
    expect(readParty(text, country).e164).toBe(e164);
  });

  it('reads short digits as a number only where they are one without an area’s', () => {
    expect(readParty('234567', 'DE').e164).toBeNull();
    expect(readParty('0234567', 'DE').e164).toBe('+49234567');
    expect(readParty('4561234', 'IS').e164).toBe('+3544561234');
    expect(readParty('6251234', 'IL').e164).toBeNull();
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
      fc.string({ unit: fc.constantFrom(...'+0123456789 sipte:@;=<>"x#,%2B*/٠۹０＋‑') }),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, fc.constantFrom('IL', 'US', 'DE', 'XX', ''), (original, country) => {
        const party = readParty(original, country);
        expect(party.original).toBe(original);
        expect(party.e164 === null || /^\+[1-9]\d{5,14}$/.test(party.e164)).toBe(true);
        expect(readParty(original, country)).toEqual(party);
        if (party.e164 !== null) expect(readParty(party.e164, country).e164).toBe(party.e164);
      }),
      { numRuns: 2000 },
    );
  });

  it('forgets old numbers instead of growing', () => {
    for (let i = 0; i < 20_000; i += 1) readParty(String(100_000 + i), 'XX');
    expect(readParty('0722776772', 'IL').e164).toBe('+972722776772');
  });
});
