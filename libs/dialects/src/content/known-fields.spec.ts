import fc from 'fast-check';
import { OddText, singleValue, sortFields, spellingsOf } from './known-fields.js';
import { squeezed, squeezedName } from './squeezed.js';

const SPELLINGS = spellingsOf({ id: ['callid', 'id'], other: ['other'] });

const names = fc.constantFrom('id', 'ID', 'call-id', 'CallID', 'other', 'unknown');
const words = fc.constantFrom('7', 'abc', '', ' ', 'null', '{{id}}', '-', 0, 7, true, null);
const nested = fc.constantFrom([], ['x'], {}, new OddText('9'), new OddText('n/a'));
const messages = fc.array(fc.tuple(names, fc.oneof(words, nested)), { maxLength: 6 });

describe('singleValue', () => {
  it('is the value that sorting all the fields finds', () => {
    fc.assert(
      fc.property(messages, (fields) => {
        expect(singleValue(fields, SPELLINGS, 'id')).toBe(sortFields(fields, SPELLINGS).known.id?.value);
      }),
    );
  });
});

describe('squeezedName', () => {
  it('is the name squeezed, at first and ever after, however many there are', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), names), (name) => {
        expect([squeezedName(name), squeezedName(name)]).toEqual([squeezed(name), squeezed(name)]);
      }),
    );
    for (let at = 0; at < 5_000; at += 1) expect(squeezedName(`Field-${at}`)).toBe(`field${at}`);
    expect(squeezedName('Field-1')).toBe('field1');
  });
});
