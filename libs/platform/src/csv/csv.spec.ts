import fc from 'fast-check';
import { csvBatches } from './csv-batches.js';
import type { CsvRow } from './csv-reader.js';
import { csvLine } from './csv-line.js';
import { guessDelimiter } from './guess-delimiter.js';

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

async function rowsOf(
  text: string | Buffer,
  { size = 7, most = 3, delimiter = ',' } = {},
): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const batch of csvBatches(cut(Buffer.from(text), size), { delimiter, most }))
    rows.push(...batch.rows);
  return rows;
}

describe('separated values', () => {
  it('are read with any line ends, quotes within cells and rows of any length', async () => {
    const text = 'a,b\r\n"x\ny","say ""hi"""\n\n5" pipe,2,3\r"last",';
    expect((await rowsOf(text)).map(({ cells }) => cells)).toEqual([
      ['a', 'b'],
      ['x\ny', 'say "hi"'],
      ['5" pipe', '2', '3'],
      ['last', ''],
    ]);
  });

  it('can be read on from the end of any row, wherever the pieces are cut', async () => {
    const cell = fc
      .oneof(fc.string({ unit: 'grapheme', maxLength: 6 }), fc.constantFrom('"', ',', 'a\nb', 'א', ''))
      .map((text) => text.replaceAll('\r', ''));
    const file = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        file,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        async (cells, size, most) => {
          const text = Buffer.from(cells.map(csvLine).join(''));
          const rows = await rowsOf(text, { size, most });
          expect(rows.map((row) => row.cells)).toEqual(cells);
          for (const [index, { toBytes }] of rows.entries()) {
            const rest = await rowsOf(text.subarray(toBytes), { size, most });
            expect(rest.map((row) => row.cells)).toEqual(cells.slice(index + 1));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('end every file with a last batch', async () => {
    const lasts = [];
    for (const text of ['', 'a\n', 'a\nb\n', 'a\nb\nc\n']) {
      const batches = [];
      for await (const { rows, isLast } of csvBatches(cut(Buffer.from(text), 9), {
        delimiter: ',',
        most: 2,
      })) {
        batches.push([rows.length, isLast]);
      }
      lasts.push(batches);
    }
    expect(lasts).toEqual([
      [[0, true]],
      [[1, true]],
      [
        [2, false],
        [0, true],
      ],
      [
        [2, false],
        [1, true],
      ],
    ]);
  });

  it('pass on what reading the file itself fails with', async () => {
    async function* failing(): AsyncGenerator<Buffer> {
      yield await Promise.resolve(Buffer.from('a,b\n'));
      throw new Error('the database is away');
    }
    const reading = csvBatches(failing(), { delimiter: ',', most: 9 });
    await expect(reading.next()).rejects.toThrow('the database is away');
  });
});

describe('the delimiter', () => {
  it.each([
    [',', 'a,b;c,d\n1,2,3\n'],
    [';', 'Name;Amount\nDana;1,5\nDavid;2,5\n'],
    ['\t', 'a\tb, c\n1\t2\n'],
    ['|', 'a|b\n1|2\n'],
    [',', 'only\none\ncolumn\n'],
    [';', '"a;b";c\n"d,e,f";g\n'],
  ])('%j is found in %j', (delimiter, text) => {
    expect(guessDelimiter(text, true).delimiter).toBe(delimiter);
  });

  it('is found where the start is cut within a quote, and the row that it is cut in does not count', () => {
    expect(guessDelimiter('a;b\n1;2\n3;"4 is cu', false)).toEqual({
      delimiter: ';',
      rows: [
        ['a', 'b'],
        ['1', '2'],
      ],
    });
    expect(guessDelimiter('a;b\n1;2\n3;4', false).rows).toHaveLength(2);
  });
});
