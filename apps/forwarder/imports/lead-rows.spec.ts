import fc from 'fast-check';
import type { LeadColumn } from '#domain';
import { csvBatches, type CsvRow } from '#platform';
import { LeadRows } from './lead-rows.js';

const COLUMNS: LeadColumn[] = [{ is: 'phone' }, { is: 'name' }, { is: 'notBefore' }];
const ask = {
  columns: COLUMNS,
  header: ['phone', 'name', 'at'],
  country: 'IL',
  timeZone: 'UTC',
  keepInvalid: false,
};

async function rowsOf(text: string): Promise<CsvRow[]> {
  async function* pieces() {
    yield await Promise.resolve(Buffer.from(text));
  }
  const rows: CsvRow[] = [];
  for await (const batch of csvBatches(pieces(), { delimiter: ',', most: 7 })) rows.push(...batch.rows);
  return rows;
}

const part = fc.oneof(
  fc.constantFrom(
    '0502345678',
    '0502345679',
    '101',
    ',',
    ',',
    '\n',
    '\n',
    '\r\n',
    '"',
    '""',
    'soon',
    '2026-12-24',
  ),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
);

describe('rows of a file of leads', () => {
  it('are each a lead, one that came before, or a fault with its line, whatever is in the file', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { maxLength: 60 }),
        fc.integer({ max: 1_000, min: 0 }),
        async (parts, before) => {
          const rows = await rowsOf(parts.join(''));
          const reading = new LeadRows({ ...ask, linesBefore: before });
          for (const row of rows) reading.add([row]);
          const { leads, repeated, failed } = reading.done();
          expect(leads.length + repeated + failed).toBe(rows.length);
          const lost = new Set(reading.faults.filter(({ imported }) => !imported).map(({ line }) => line));
          expect(lost.size).toBe(failed);
          const lines = new Set(rows.map(({ line }) => line + before));
          for (const { line } of reading.faults) expect(lines.has(line)).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
