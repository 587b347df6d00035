import fc from 'fast-check';
import { ADDRESS_BOOKS, NOBODY, picture } from './address-books.fixture.js';
import { readVCards } from './read-vcards.js';
import type { VCard } from './vcard.js';

const cards = (text: string) => readVCards(text).map(({ card }) => card);
const cardOf = (...lines: string[]) =>
  cards(['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD'].join('\r\n'))[0];
const cardOf21 = (...lines: string[]) =>
  cards(['BEGIN:VCARD', 'VERSION:2.1', ...lines, 'END:VCARD'].join('\r\n'))[0];
const kindsOf = (...lines: string[]) => cardOf(...lines)?.phones.map(({ kind }) => kind);

describe('an address book', () => {
  it.each(ADDRESS_BOOKS)('of $maker is read', ({ text, cards: expected }) => {
    expect(cards(text)).toEqual(expected);
  });

  it.each(ADDRESS_BOOKS)('of $maker is read whatever its line ends became', ({ text, cards: expected }) => {
    for (const lineEnd of ['\n', '\r', '\r\r\n']) {
      expect([lineEnd, cards(text.replaceAll('\r\n', lineEnd))]).toEqual([lineEnd, expected]);
    }
  });

  it.each(ADDRESS_BOOKS)('of $maker that was cut off before its last line keeps its last card', (book) => {
    expect(cards(book.text.replace(/END:VCARD\s*$/, ''))).toEqual(book.cards);
  });

  it('says in which line each card begins', () => {
    const text = '\ufeffBEGIN:VCARD\r\nFN:A\r\nEND:VCARD\r\n\r\n\r\nbegin:vcard \r\nFN:B\r\nEnd:vCard';
    expect(readVCards(text)).toEqual([
      { line: 1, card: { ...NOBODY, name: 'A' } },
      { line: 6, card: { ...NOBODY, name: 'B' } },
    ]);
  });

  it('has as many cards as begin, ended or not', () => {
    const text = 'BEGIN:VCARD\nFN:A\nTEL:1\nBEGIN:VCARD\nFN:B\nEND:VCARD\nFN:nobody\nEND:VCARD\nBEGIN:VCARD';
    expect(cards(text)).toEqual([
      { ...NOBODY, name: 'A', phones: [{ number: '1', kind: null }] },
      { ...NOBODY, name: 'B' },
      NOBODY,
    ]);
  });

  it.each([
    '',
    ' ',
    'name,phone\nDana,0502345678',
    'FN:Dana\nTEL:0502345678',
    'BEGIN:VCALENDAR\nEND:VCALENDAR',
  ])('is not in %j', (text) => {
    expect(readVCards(text)).toEqual([]);
  });
});

describe('the card of an agent', () => {
  const agent = ['BEGIN:VCARD', 'VERSION:2.1', 'FN:Secretary', 'TEL:2', 'END:VCARD'];

  it('is nobody’s own in vCard 2.1, however deep', () => {
    const deep = [...agent.slice(0, -1), 'AGENT:', '', ...agent, 'TEL:3', 'END:VCARD'];
    const only = { ...NOBODY, name: 'Boss', phones: [{ number: '1', kind: null }] };
    for (const within of [agent, deep]) {
      expect(cardOf21('FN:Boss', 'AGENT:', ...within, 'TEL:1')).toEqual(only);
      expect(cardOf21('AGENT;X=1:', '', ...within, 'FN:Boss', 'TEL:1')).toEqual(only);
      expect(cardOf21('FN:Boss', `AGENT:${within[0] ?? ''}`, ...within.slice(1), 'TEL:1')).toEqual(only);
    }
  });

  it('is one line in vCard 3.0', () => {
    expect(cardOf('FN:Boss', 'AGENT:BEGIN:VCARD\\nFN:Secretary\\n', ' TEL:2\\nEND:VCARD\\n')).toEqual({
      ...NOBODY,
      name: 'Boss',
    });
  });

  it('that never ends does not take the next cards with it', () => {
    const text = [
      'BEGIN:VCARD',
      'FN:Boss',
      'AGENT:',
      ...agent.slice(0, -1),
      'BEGIN:VCARD',
      'FN:Next',
      'END:VCARD',
    ];
    expect(cards(text.join('\n')).map(({ name }) => name)).toEqual(['Boss', 'Next']);
  });

  it('may be told by an address', () => {
    const text = 'BEGIN:VCARD\nFN:A\nAGENT;VALUE=uri:CID:1@x.example\nBEGIN:VCARD\nFN:B';
    expect(cards(text).map(({ name }) => name)).toEqual(['A', 'B']);
  });
});

describe('a name', () => {
  it.each([
    ['Levi;Dana;;;', 'Dana Levi'],
    ['Levi;Dana', 'Dana Levi'],
    ['Levi', 'Levi'],
    [';Dana;;Dr.;', 'Dana'],
    ['Levi\\; Sons;Dana\\, M.', 'Dana, M. Levi; Sons'],
    ['Levi,Cohen;Dana,Ruth', 'Dana Ruth Levi Cohen'],
    ['C:\\\\;Dana\\', 'Dana\\ C:\\'],
    [';;;;', null],
    ['', null],
  ])('is made of its parts, %j, where nothing better is told', (parts, name) => {
    expect(cardOf('FN: ', `N:${parts}`)?.name).toBe(name);
    expect(cardOf(`N:${parts}`, 'FN:Somebody')?.name).toBe('Somebody');
  });
});

describe('a value', () => {
  it('keeps its lines in a note only', () => {
    const card = cardOf('FN: Dana\\n\tLevi ', 'NOTE:\\NOne\\nTwo\\, \\;\\:\\\\ \\x\\', 'TITLE:a,b;c');
    expect([card?.name, card?.note, card?.title]).toEqual(['Dana  Levi', 'One\nTwo, ;:\\ \\x\\', 'a,b;c']);
  });

  it('has no control characters, whoever brought them in', () => {
    const card = cardOf21('FN;ENCODING=QUOTED-PRINTABLE:Da=00na=0D=0A Le\u0007vi=1B', 'TEL:050\u0000\u20281');
    expect([card?.name, card?.phones]).toEqual(['Dana  Levi', [{ number: '050 1', kind: null }]]);
  });

  it('may be anywhere behind a folded line of parameters', () => {
    expect(cardOf('TEL;TYPE=WORK;X-LONG="', ' a:b";TYPE=', ' FAX:03-765', '\t-4329')?.phones).toEqual([
      { number: '03-765-4329', kind: 'fax' },
    ]);
  });

  it('is found behind a quote that never ends', () => {
    expect(cardOf('TEL;TYPE="CELL:0502345678')?.phones).toEqual([{ number: '0502345678', kind: 'mobile' }]);
  });

  it('keeps the blank where vCard 2.1 folds, unless it can have none', () => {
    const folded = ['NOTE:a very', ' long note', 'EMAIL:dana@', ' example.com'];
    expect(cardOf21(...folded)).toMatchObject({ note: 'a very long note', email: 'dana@example.com' });
    expect(cardOf(...folded)).toMatchObject({ note: 'a verylong note', email: 'dana@example.com' });
  });

  it('is no text where it is base64', () => {
    expect(cardOf('FN;ENCODING=b:RGFuYQ==', 'NOTE;BASE64:RGFuYQ==')).toEqual(NOBODY);
  });
});

describe('quoted-printable', () => {
  const note = (...lines: string[]) => cardOf21(...lines, 'TEL:1');

  it.each([
    ['blanks of the text', ['NOTE;ENCODING=QUOTED-PRINTABLE:one=', ' two=', 'three'], 'one twothree'],
    ['blanks of a fold', ['NOTE;ENCODING=QUOTED-PRINTABLE:on=', ' e tw=', ' o'], 'one two'],
    ['a blank in a character', ['NOTE;QUOTED-PRINTABLE:=D7=90=D7=', ' =91'], 'אב'],
    ['folds without an equals sign', ['NOTE;QUOTED-PRINTABLE:=D7=90', ' =D7=91'], 'אב'],
    ['blanks behind the break', ['NOTE;QUOTED-PRINTABLE:a=  ', 'b'], 'ab'],
    ['a colon in the next line', ['NOTE;QUOTED-PRINTABLE:Number=', 'TEL:5'], 'NumberTEL:5'],
    ['characters that are decoded already', ['NOTE;QUOTED-PRINTABLE:=D7=90 ב =D7=92'], 'א ב ג'],
    ['what is no escape', ['NOTE;QUOTED-PRINTABLE:1=2 =zz =3D=3'], '1=2 =zz ==3'],
    ['a charset that nobody knows', ['NOTE;CHARSET=x-klingon;QUOTED-PRINTABLE:=D7=90'], 'א'],
    ['an escape within', ['NOTE;QUOTED-PRINTABLE:a\\;b=5C=2C\\n'], 'a;b,'],
    ['bytes that are no character', ['NOTE;QUOTED-PRINTABLE:M=FCller'], 'M\ufffdller'],
  ])('with %s is read', (_, lines, text) => {
    expect(note(...lines)).toEqual({ ...NOBODY, note: text, phones: [{ number: '1', kind: null }] });
  });

  it('may have its separators encoded', () => {
    expect(note('N;QUOTED-PRINTABLE:=D7=9C=D7=95=D7=99=3B=D7=93=D7=A0=D7=94=3B=3B')?.name).toBe('דנה לוי');
  });

  it('ends where the card does, and is only what says so', () => {
    const text = 'BEGIN:VCARD\nFN;QUOTED-PRINTABLE:A=\nEND:VCARD\nBEGIN:VCARD\nNICKNAME:b=\nFN:B=\nTEL:1';
    expect(cards(text)).toEqual([
      { ...NOBODY, name: 'A=' },
      { ...NOBODY, name: 'B=', phones: [{ number: '1', kind: null }] },
    ]);
  });
});

describe('the kind of a number', () => {
  it.each([
    ['TEL:1', null],
    ['TEL;VOICE;MSG;PREF:1', null],
    ['TEL;CELL:1', 'mobile'],
    ['TEL;TYPE=cell,voice:1', 'mobile'],
    ['tel;type="VOICE,Cell":1', 'mobile'],
    ['TEL;TYPE=WORK;TYPE=CELL:1', 'mobile'],
    ['TEL;WORK;PREF:1', 'work'],
    ['TEL;HOME;FAX:1', 'fax'],
    ['TEL;TYPE=PAGER,WORK:1', 'other'],
    ['TEL;TYPE=MAIN:1', 'main'],
    ['TEL;CELLAR:1', null],
  ])('is told by the types of %j: %s', (line, kind) => {
    expect(kindsOf(line)).toEqual([kind]);
  });

  it.each([
    ['_$!<Home>!$_', 'home'],
    ['_$!<OtherFAX>!$_', 'fax'],
    ['iPhone', 'mobile'],
    ['Mobil (privat)', 'mobile'],
    ['משרד', 'work'],
    ['Dana’s office', 'work'],
    ['Reception', null],
    ['', null],
  ])('is told by the label %j: %s', (label, kind) => {
    expect(kindsOf('item1.TEL:1', `item1.X-ABLabel:${label}`)).toEqual([kind]);
    expect(kindsOf(`a.b.X-ABLABEL:${label}`, 'A.B.TEL;type=pref:1')).toEqual([kind]);
  });

  it('is not told by another’s label', () => {
    expect(kindsOf('TEL:1', 'item1.TEL:2', 'X-ABLabel:Home', 'item2.X-ABLabel:Home')).toEqual([null, null]);
  });
});

/** Pieces of cards in any order are nearer to a card than any random text. */
const PIECES = [
  ...['\r\n', '\n', '\r', ' ', '\t', ':', ';', ',', '=', '"', '\\', '.', '\\n', '=D7', '%', 'tel:', ';ext=', '\u0000', '\ud83d', 'א'],
  ...['BEGIN:VCARD', 'END:VCARD', 'VERSION:2.1', 'VERSION:4.0', 'AGENT:', 'AGENT:BEGIN:VCARD', 'TEL', 'FN:', 'N:', 'ORG:'],
  ...['item1.', 'X-ABLabel:', 'CATEGORIES:', 'NOTE;', 'QUOTED-PRINTABLE:', 'CHARSET=', 'utf-16', 'iso-2022-jp', 'ENCODING=b', 'PREF=', 'TYPE='],
]; // prettier-ignore

const pieces = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 5 })), { maxLength: 60 })
  .map((list) => list.join(''));

/** An address book of which something was lost, doubled or overwritten. */
const mutated = fc
  .tuple(
    fc.constantFrom(...ADDRESS_BOOKS),
    fc.array(fc.tuple(fc.nat(5_000), fc.nat(30), pieces), { minLength: 1, maxLength: 5 }),
  )
  .map(([{ text }, changes]) =>
    changes.reduce((changed, [at, lost, added]) => {
      const place = at % (changed.length + 1);
      return changed.slice(0, place) + added + changed.slice(place + lost);
    }, text),
  );

// eslint-disable-next-line no-control-regex -- these are the ones
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/** Whether it is fit for the database and for a screen: trimmed, not empty, without control characters. */
function isTidy(text: string | null): boolean {
  return text === null || (text !== '' && text === text.trim() && !CONTROLS.test(text));
}

function isTidyCard({ categories, phones, ...texts }: VCard): boolean {
  return [...Object.values(texts), ...categories, ...phones.map(({ number }) => number)].every(isTidy);
}

describe('whatever comes in', () => {
  it('is read without an error, and what is read is tidy', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      pieces,
      mutated,
      pieces.map((text) => `BEGIN:VCARD\n${text}`),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(readVCards(text).filter(({ card }) => !isTidyCard(card))).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('begins cards in the order of their lines, at lines that begin one', () => {
    fc.assert(
      fc.property(fc.oneof(pieces, mutated), (text) => {
        const lines = text.split(/\r{0,2}\n|\r/);
        const begins = readVCards(text).map(({ line }) => line);
        expect(begins).toEqual([...new Set(begins)].sort((one, other) => one - other));
        for (const line of begins) expect(lines[line - 1]).toMatch(/BEGIN.*:.*VCARD/i);
      }),
    );
  });

  it('is read in no time', () => {
    const MANY = 1_000_000;
    const card = (line: string) =>
      `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Dana\r\n${line}\r\nTEL:1\r\nEND:VCARD\r\n`;
    const nasty = [
      card(`PHOTO;ENCODING=b:\r\n${picture(MANY)}`),
      card(`PHOTO;ENCODING=b;TYPE=JPEG:${'/9j/4AAQ'.repeat(MANY / 8)}`),
      card(`PHOTO:data:image/jpeg;base64,${'/9j/4AAQ'.repeat(MANY / 8)}`),
      card(`ADR;QUOTED-PRINTABLE:${'=D7=90=\r\n'.repeat(MANY / 9)}`),
      card('x'.repeat(MANY)),
      card(`TEL;${'"'.repeat(MANY)}`),
      card(`TEL;${';a="'.repeat(MANY / 4)}`),
      card(`TEL;TYPE=${','.repeat(MANY)}`),
      card(`TEL:tel:${';ext'.repeat(MANY / 4)}`),
      card(`NOTE:${'\\'.repeat(MANY)}`),
      card(`NOTE;QUOTED-PRINTABLE:${'= '.repeat(MANY / 2)}`),
      card(`NOTE;QUOTED-PRINTABLE:${'אa'.repeat(MANY / 10)}`),
      card(`NOTE:${'a\r\n '.repeat(MANY / 4)}`),
      card(`item1.X-ABLabel:${'_'.repeat(MANY)}`),
      card(`N:${',;'.repeat(MANY / 2)}`),
      card(' '.repeat(MANY)),
      card('AGENT:\r\nBEGIN:VCARD'),
      '\r'.repeat(MANY),
    ];
    const isQuick = (text: string) => {
      const startedAt = performance.now();
      readVCards(text);
      return performance.now() - startedAt < 1_000;
    };
    // The best of some: another process may have had the processor meanwhile.
    const slow = nasty.filter((text) => ![1, 2, 3, 4, 5, 6].some(() => isQuick(text)));
    expect(slow.map((text) => text.slice(0, 80))).toEqual([]);
  });
});
