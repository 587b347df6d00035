import fc from 'fast-check';
import { readColumn, writeColumn, faultOfColumns, type Column } from './column.js';
import { distinctRows } from './distinct-rows.js';
import { guessColumns } from './guess-columns.js';
import { readContactRow, type ContactRow } from './read-contact-row.js';

const columns = (...texts: string[]) => texts.map((text) => readColumn(text) as Column);
const read = (cells: string[], of: string[], country = 'IL') =>
  readContactRow(cells, columns(...of), country);

describe('a row of a file', () => {
  it.each([
    [['Dana', 'Cohen'], ['firstName', 'lastName'], 'Dana Cohen'],
    [['Dana', ''], ['firstName', 'lastName'], 'Dana'],
    [['Dana', 'D. Cohen'], ['firstName', 'name'], 'D. Cohen'],
    [['Acme', 'a@b.example'], ['company', 'email'], 'Acme'],
    [['', 'a@b.example'], ['company', 'email'], 'a@b.example'],
    [['050-234-5678'], ['phone'], '+972502345678'],
  ])('%j as %j is named %j', (cells, of, name) => {
    expect(read(cells, of).contact?.name).toBe(name);
  });

  it.each([
    ['050-234-5678; 02-6251234', ['+972502345678', '+97226251234']],
    ['050-234-5678 ::: 050-234-5678', ['+972502345678']],
    ['+34 912 345 678,0502345678', ['+34912345678', '+972502345678']],
  ])('has the numbers of a cell with several: %j', (cell, numbers) => {
    expect(read([cell], ['phone']).contact?.phones.map(({ e164 }) => e164)).toEqual(numbers);
  });

  it('has a number once, with the label of the first column', () => {
    const { contact } = read(['050-234-5678', '+972502345678'], ['phone:mobile', 'phone:work']);
    expect(contact?.phones).toEqual([{ e164: '+972502345678', label: 'mobile' }]);
  });

  it('keeps what can be read beside what cannot, and says which cell that is', () => {
    const { contact, faults } = read(
      ['Dana', '101', 'dana@', 'javascript:alert(1)', 'x'.repeat(300)],
      ['name', 'phone', 'email', 'url', 'company'],
    );
    expect(contact).toMatchObject({ name: 'Dana', phones: [], email: null, url: null, company: null });
    expect(faults.map(({ column, code }) => [column, code])).toEqual([
      [1, 'phone.unreadable'],
      [2, 'email.unreadable'],
      [3, 'url.unreadable'],
      [4, 'row.too_long'],
    ]);
  });

  it('removes a field of one’s own by an empty cell, and leaves out what is no column', () => {
    const { contact } = read(['Dana', '', 'gold', 'x'], ['name', 'metadata:segment', 'metadata:rank', '']);
    expect(contact?.metadata).toEqual({ segment: null, rank: 'gold' });
  });

  it('never throws, and makes what the database takes', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('\0', '\ud800', '05023', ' ', '=1+1'),
    );
    const column = fc.constantFrom(
      'name',
      'phone',
      'phone:x',
      'email',
      'url',
      'metadata:k',
      'externalId',
      '',
    );
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 8 }), fc.array(column, { maxLength: 8 }), (cells, of) => {
        const { contact, faults } = read(cells, of);
        const text = JSON.stringify(contact ?? {});
        expect(text).not.toMatch(/\\u0000|\\ud[89a-f]/i);
        expect(contact?.name).not.toBe('');
        expect(contact === undefined).toBe(faults.some(({ code }) => code === 'row.empty'));
      }),
    );
  });
});

describe('rows of one batch', () => {
  const row = (traits: Partial<ContactRow>): ContactRow => ({
    ...{ externalId: null, name: 'N', company: null, email: null, url: null, metadata: {}, phones: [] },
    ...traits,
  });
  const phones = (...numbers: string[]) => numbers.map((e164) => ({ e164, label: null }));

  it('that are about one contact leave the last one', () => {
    const rows = [
      row({ externalId: '1', name: 'a' }),
      row({ externalId: '2' }),
      row({ externalId: '1', name: 'b' }),
    ];
    expect(distinctRows(rows)).toEqual({ rows: [rows[1], rows[2]], repeated: 1 });
  });

  it('without an id are about one contact when name and a number are the same', () => {
    const rows = [
      row({ name: 'Dana', phones: phones('+1', '+2') }),
      row({ name: 'David', phones: phones('+1') }),
      row({ name: 'DANA', phones: phones('+2', '+3') }),
      row({ name: 'Dana', phones: phones('+3') }),
      row({ name: 'Dana' }),
    ];
    expect(distinctRows(rows)).toEqual({ rows: [rows[1], rows[3], rows[4]], repeated: 2 });
  });

  it('are each kept or counted', () => {
    const some = fc.record({
      externalId: fc.option(fc.constantFrom('1', '2', '3')),
      name: fc.constantFrom('a', 'A', 'b'),
      phones: fc.uniqueArray(fc.constantFrom('+1', '+2', '+3')).map((numbers) => phones(...numbers)),
    });
    fc.assert(
      fc.property(fc.array(some.map(row)), (rows) => {
        const { rows: kept, repeated } = distinctRows(rows);
        expect(kept.length + repeated).toBe(rows.length);
        const ids = kept.flatMap(({ externalId }) => externalId ?? []);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});

describe('columns', () => {
  it.each([
    [
      'Google',
      'First Name,Last Name,Organization Name,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value',
      'firstName,lastName,company,email,,phone',
    ],
    [
      'Outlook',
      'First Name,Last Name,Company,Business Phone,Mobile Phone,Business Fax,E-mail Address,Web Page',
      'firstName,lastName,company,phone:work,phone:mobile,phone:fax,email,url',
    ],
    [
      'HubSpot',
      'Record ID,First Name,Last Name,Email,Phone Number,Company',
      'externalId,firstName,lastName,email,phone,company',
    ],
    [
      'Hebrew',
      'מזהה,שם מלא,חברה,נייד,טלפון בעבודה,דוא"ל',
      'externalId,name,company,phone:mobile,phone:work,email',
    ],
    [
      'German',
      'Kundennummer;Vorname;Nachname;Firma;Telefon;Handy',
      'externalId,firstName,lastName,company,phone,phone:mobile',
    ],
    ['twice', 'Name,Full Name,Phone,Phone', 'name,,phone,phone'],
  ])('are guessed by the header of %s', (_, header, expected) => {
    const cells = header.split(/[,;]/);
    expect(guessColumns(cells).map(writeColumn)).toEqual(expected.split(','));
  });

  it('are written as they are read', () => {
    for (const text of ['name', 'phone', 'phone:work', 'metadata:a:b', '']) {
      expect(writeColumn(readColumn(text) as Column)).toBe(text);
    }
    for (const text of [
      'Name',
      'phone:',
      'metadata',
      'metadata:__proto__',
      'x',
      ':',
      `phone:${'x'.repeat(65)}`,
    ]) {
      expect(readColumn(text)).toBeUndefined();
    }
  });

  it('must make a contact, each of them once', () => {
    expect(faultOfColumns(columns('name', 'phone', 'phone:work', ''))).toBeUndefined();
    expect(faultOfColumns(columns('externalId', 'metadata:x'))).toMatch(/No column has a name/);
    expect(faultOfColumns(columns('name', 'name'))).toMatch(/name is in two columns/);
  });
});
