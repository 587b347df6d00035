import type { ImportFault } from '#db';
import type { CsvFault } from '#platform';

/** What is said of a row that could not be read as a row. Nothing of it is imported. */
export const FAULT_OF_ROW: Readonly<Record<CsvFault, Pick<ImportFault, 'code' | 'message'>>> = {
  open_quote: {
    code: 'row.open_quote',
    message: 'A quote is opened on this line and never closed: the row was read to the end of the line.',
  },
  too_long: { code: 'row.too_long', message: 'The row is longer than 1 MiB: is the delimiter right?' },
};
