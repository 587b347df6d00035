import fc from 'fast-check';
import { NOBODY } from './address-books.fixture.js';
import { foldedLine } from './folded-line.js';
import { readVCards } from './read-vcards.js';
import { tidyLine, tidyLines } from '../tidy-text.js';
import type { PhoneKind, VCard } from './vcard.js';
import { writeVCard } from './write-vcard.js';

const DANA: VCard = {
  uid: 'urn:uuid:1',
  name: 'Dana Ruth Levi',
  company: 'Levi, Levi; Sons',
  email: 'dana@levi.example',
  url: 'https://levi.example/a,b;c',
  title: 'Head',
  note: 'One\nTwo \\ three',
  categories: ['VIP', 'a,b'],
  phones: [
    { number: '+972502345678', kind: 'mobile' },
    { number: '03-765-4321', kind: 'main' },
    { number: '101', kind: null },
  ],
};

const octets = (text: string) => new TextEncoder().encode(text).length;
const unfolded = (text: string) => text.replaceAll('\r\n ', '');

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom(
    'a\r\nTEL:1',
    'a\nEND:VCARD\nBEGIN:VCARD',
    '\\n',
    '\\',
    ';,:\\',
    '"',
    'a\u2028TEL:1',
    'a\u0085b',
    'a\tb',
    ' ',
  ),
);
const maybe = fc.option(text);
const number = fc.string({ unit: fc.constantFrom(...'0123456789+-() .*#,pwx/\r\n\\;') });
const kind = fc.constantFrom<PhoneKind | null>('mobile', 'work', 'home', 'main', 'fax', 'other', null);
const anyCard = fc.record({
  id: fc.uuid(),
  uid: maybe,
  name: maybe,
  company: maybe,
  email: maybe,
  url: maybe,
  title: maybe,
  note: maybe,
  categories: fc.array(text, { maxLength: 4 }),
  phones: fc.array(fc.record({ number, kind }), { maxLength: 4 }),
});

/** As the least careful reader parts lines. */
// eslint-disable-next-line no-control-regex -- these are the ones
const ANY_LINE_END = /\r\n|[\u0000-\u0008\n-\u001f\u007f-\u009f\u2028\u2029]/;
const OWN =
  /^(?:(?:BEGIN|END):VCARD$|VERSION:3\.0$|(?:UID|FN|N|ORG|TITLE|EMAIL;TYPE=INTERNET|URL|NOTE|CATEGORIES|TEL;TYPE=[A-Z,]+):)/;

const orNull = (value: string) => (value === '' ? null : value);
const line = (value: string | null) => orNull(tidyLine(value ?? ''));

/** What is left of a card once it has been written. */
function tidied(card: VCard & { id: string }): VCard {
  const [company, email] = [line(card.company), line(card.email)?.replace(/^mailto:/i, '') ?? null];
  return {
    uid: line(card.uid) ?? card.id,
    name: line(card.name) ?? company ?? email ?? line(card.phones[0]?.number ?? null),
    company,
    email,
    url: line(card.url),
    title: line(card.title),
    note: orNull(tidyLines(card.note ?? '')),
    categories: card.categories.map(tidyLine).filter((category) => category !== ''),
    phones: card.phones
      .map((phone) => ({ ...phone, number: tidyLine(phone.number) }))
      .filter((phone) => phone.number !== ''),
  };
}

describe('a card that is written', () => {
  it('is a vCard 3.0', () => {
    expect(writeVCard({ ...DANA, id: '7' }).split('\r\n')).toEqual([
      'BEGIN:VCARD',
      'VERSION:3.0',
      'UID:urn:uuid:1',
      'FN:Dana Ruth Levi',
      'N:Levi;Dana Ruth;;;',
      'ORG:Levi\\, Levi\\; Sons',
      'TITLE:Head',
      'TEL;TYPE=CELL:+972502345678',
      'TEL;TYPE=MAIN,VOICE:03-765-4321',
      'TEL;TYPE=VOICE:101',
      'EMAIL;TYPE=INTERNET:dana@levi.example',
      'URL:https://levi.example/a,b;c',
      'NOTE:One\\nTwo \\\\ three',
      'CATEGORIES:VIP,a\\,b',
      'END:VCARD',
      '',
    ]);
  });

  it('has no more than it must where nothing is known', () => {
    expect(writeVCard({ ...NOBODY, id: '7' })).toBe(
      'BEGIN:VCARD\r\nVERSION:3.0\r\nUID:7\r\nFN:\r\nN:;;;;\r\nEND:VCARD\r\n',
    );
  });

  it.each([
    [{ company: 'Levi Ltd', email: 'a@b.example' }, 'Levi Ltd'],
    [{ email: 'a@b.example', phones: DANA.phones }, 'a@b.example'],
    [{ phones: DANA.phones }, '+972502345678'],
  ])('of somebody without a name, %j, is called %s', (known, name) => {
    expect(writeVCard({ ...NOBODY, ...known, id: '7' })).toContain(`\r\nFN:${name}\r\n`);
  });

  it('has a single word as the given name', () => {
    expect(writeVCard({ ...NOBODY, name: 'Dana', id: '7' })).toContain('\r\nN:;Dana;;;\r\n');
  });

  it('is read as it was, but for blanks around and control characters', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        expect(readVCards(writeVCard(card))).toEqual([{ line: 1, card: tidied(card) }]);
      }),
      { numRuns: 200 },
    );
  });

  it('has its own properties and no other, whatever its values are', () => {
    fc.assert(
      fc.property(anyCard, (card) => {
        const lines = unfolded(writeVCard(card)).split(ANY_LINE_END);
        expect(lines.pop()).toBe('');
        expect(lines.filter((written) => !OWN.test(written))).toEqual([]);
        expect(lines.filter((written) => /^(BEGIN|END):/.test(written))).toHaveLength(2);
      }),
      { numRuns: 200 },
    );
  });

  it('can be put behind others: as many are read as were written', () => {
    fc.assert(
      fc.property(fc.array(anyCard, { maxLength: 8 }), (list) => {
        const read = readVCards(list.map(writeVCard).join(''));
        expect(read.map(({ card }) => card)).toEqual(list.map(tidied));
      }),
    );
  });
});

describe('a line that is folded', () => {
  const anyLine = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 500 }),
    fc.string({ unit: fc.constantFrom('a', 'é', 'א', '€', '👩‍👩‍👧', ' ', '\\'), maxLength: 500 }),
  );

  it('has at most 75 octets in each line, and unfolds to what it was', () => {
    fc.assert(
      fc.property(anyLine, (written) => {
        const lines = foldedLine(written).split('\r\n');
        for (const folded of lines) {
          expect(octets(folded)).toBeLessThanOrEqual(75);
          // A surrogate of its own would be half a character.
          expect(folded.isWellFormed()).toBe(true);
        }
        for (const folded of lines.slice(1)) expect(folded.startsWith(' ')).toBe(true);
        expect(unfolded(lines.join('\r\n'))).toBe(written);
      }),
    );
  });

  it('is left alone as long as it fits', () => {
    expect(foldedLine('a'.repeat(75))).toBe('a'.repeat(75));
    expect(foldedLine('a'.repeat(76))).toBe(`${'a'.repeat(75)}\r\n a`);
    expect(foldedLine('a'.repeat(150))).toBe(`${'a'.repeat(75)}\r\n ${'a'.repeat(74)}\r\n a`);
    expect(foldedLine(`${'a'.repeat(74)}א`)).toBe(`${'a'.repeat(74)}\r\n א`);
  });
});
