import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLine } from './csv-line.js';
import { CsvReader, type CsvRow } from './csv-reader.js';

function rowsOf(text: string | Buffer, { size = 7, delimiter = ',' } = {}): CsvRow[] {
  const bytes = Buffer.from(text);
  const reader = new CsvReader(delimiter);
  const rows: CsvRow[] = [];
  const read = () => {
    for (let row = reader.next(); row; row = reader.next()) rows.push(row);
  };
  for (let at = 0; at < bytes.length; at += size) {
    reader.write(bytes.subarray(at, at + size));
    read();
  }
  reader.write(null);
  read();
  return rows;
}

const seen = (rows: readonly CsvRow[]) =>
  rows.map(({ cells, line, fault }) => [line, cells, fault ?? 'read']);

/** What the library that read these files before makes of one; undefined where it reads none of it. */
function libraryReads(text: string, delimiter: string): string[][] | undefined {
  try {
    return parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
    });
  } catch {
    return undefined;
  }
}

const messy = (delimiter: string) =>
  fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom('"', delimiter, '\n', '\r\n', '\r', '""', `"${delimiter}`) },
        { weight: 2, arbitrary: fc.constantFrom('a', 'bc', ' ', 'é', 'א', '😀', '12') },
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''));
const aDelimiter = fc.constantFrom(',', ';', '\t', '|', '¦', '→');

describe('rows of separated values', () => {
  it('are those that the library reads, whatever is in the file and wherever its pieces are cut', () => {
    fc.assert(
      fc.property(
        aDelimiter.chain((delimiter) => fc.tuple(fc.constant(delimiter), messy(delimiter))),
        fc.integer({ min: 1, max: 9 }),
        ([delimiter, text], size) => {
          const expected = libraryReads(text, delimiter);
          const rows = rowsOf(text, { size, delimiter });
          const isOpen = rows.some(({ fault }) => fault === 'open_quote');
          // The library ends at a quote that is never closed, and takes one that is closed on another line for text.
          if (expected === undefined || isOpen)
            expect([isOpen, /"[^]*[\n\r]|"[^"]*$/.test(text)]).toEqual([true, true]);
          else
            expect(rows.map(({ cells, fault }) => [cells, fault])).toEqual(
              expected.map((c) => [c, undefined]),
            );
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('are the same wherever the pieces are cut, and can be read on from the end of any of them', () => {
    fc.assert(
      fc.property(
        aDelimiter.chain((delimiter) => fc.tuple(fc.constant(delimiter), messy(delimiter))),
        fc.integer({ min: 1, max: 9 }),
        ([delimiter, text], size) => {
          const bytes = Buffer.from(text);
          const whole = rowsOf(bytes, { size: bytes.length + 1, delimiter });
          expect(rowsOf(bytes, { size, delimiter })).toEqual(whole);
          for (const [index, { toBytes, line }] of whole.entries()) {
            const rest = rowsOf(bytes.subarray(toBytes), { size, delimiter });
            const moved = rest.map((row) => ({
              ...row,
              toBytes: row.toBytes + toBytes,
              line: row.line + line,
            }));
            expect(moved).toEqual(whole.slice(index + 1));
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('give back what was written, with the line that each ends on', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.constantFrom('"', ',', 'a\nb', 'a\r\nb', '\r', 'א', ''),
    );
    const file = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(file, fc.integer({ min: 1, max: 30 }), (cells, size) => {
        const rows = rowsOf(cells.map(csvLine).join(''), { size });
        expect(rows.map((row) => row.cells)).toEqual(cells);
        let line = 0;
        const lines = cells.map((row) => (line += csvLine(row).match(/\r\n|\n|\r/g)?.length ?? 0));
        expect(rows.map((row) => row.line)).toEqual(lines);
      }),
    );
  });

  it('cost themselves alone where a quote is never closed, and reading goes on at the next line', () => {
    // Nor is it closed by one that begins a cell of another line.
    expect(seen(rowsOf('a,b\n1,"c,d\ne,f\r\n2,"g",h'))).toEqual([
      [1, ['a', 'b'], 'read'],
      [2, ['1', '"c,d'], 'open_quote'],
      [3, ['e', 'f'], 'read'],
      [4, ['2', 'g', 'h'], 'read'],
    ]);
    expect(seen(rowsOf('a,b\n1,"c,d\ne,f\r\n\ng,h'))).toEqual([
      [1, ['a', 'b'], 'read'],
      [2, ['1', '"c,d'], 'open_quote'],
      [3, ['e', 'f'], 'read'],
      [5, ['g', 'h'], 'read'],
    ]);
  });

  it('that have an open quote end with its line however much of the file follows', () => {
    const lines = Array.from({ length: 60_000 }, (_, at) => `${String(at)},name of somebody ${String(at)}`);
    const text = ['x,y', '"two\nlines","open,z', ...lines, ''].join('\n');
    for (const size of [1_000_000, 65_536]) {
      const rows = rowsOf(text, { size });
      expect(seen(rows.slice(0, 3))).toEqual([
        [1, ['x', 'y'], 'read'],
        [3, ['two\nlines', '"open,z'], 'open_quote'],
        [4, ['0', 'name of somebody 0'], 'read'],
      ]);
      expect(rows).toHaveLength(lines.length + 2);
      expect(rows.at(-1)?.line).toBe(lines.length + 3);
    }
  });

  it('that are too long for rows cost themselves, with or without quotes, and are not kept', () => {
    const long = 'x'.repeat(1_100_000);
    for (const text of [`a,b\n${long},1\nc,d\n`, `a,b\n"q",${long}\nc,d\n`, `a,b\n"${long}\nc,d\n`]) {
      for (const size of [4_000_000, 65_536, 262_144]) {
        const rows = rowsOf(text, { size });
        expect(rows.map(({ line, fault }) => [line, fault])).toEqual([
          [1, undefined],
          [2, 'too_long'],
          [3, undefined],
        ]);
        expect(rows[1]?.cells[0]).toHaveLength(201);
        expect(rows[2]?.cells).toEqual(['c', 'd']);
      }
    }
    expect(seen(rowsOf(long, { size: 65_536 }))).toHaveLength(1);
  });
});
