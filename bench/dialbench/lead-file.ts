const HEADER = 'Phone,Full Name,Priority,Consent Date,State,Segment,Account\n';
const SEGMENTS = ['gold', 'silver', 'bronze'];
/** Numbers of four mobile networks of Israel, ten million each. */
const NETWORKS = ['050', '052', '054', '058'];
/** Odd, and no factor of what it is taken modulo: numbers come in no order, each once. */
const STRIDE = 4_637_321;
const EACH_NETWORK = 8_000_000;
const ROWS_AT_ONCE = 50_000;

export interface LeadFile {
  bytes: Buffer;
  rows: number;
  /** Rows with a number that one before has. */
  duplicates: number;
}

/**
 * A table as CRMs write it, in no order of its numbers, some of them with dashes, and the rows that come again spread over it.
 *
 * @param share  of rows with a number that one before has
 */
export function leadFile(rows: number, share: number): LeadFile {
  const parts = [Buffer.from(HEADER)];
  const every = share > 0 ? Math.round(1 / share) : Infinity;
  let duplicates = 0;
  let next = 0;
  let text = '';
  for (let row = 0; row < rows; row += 1) {
    const isAgain = row % every === every - 1;
    // Of somewhere before, near and far.
    const number = isAgain ? (row * 7_919) % next : next;
    if (isAgain) duplicates += 1;
    else next += 1;
    text += rowOf(number, row);
    if (row % ROWS_AT_ONCE !== ROWS_AT_ONCE - 1 && row !== rows - 1) continue;
    parts.push(Buffer.from(text));
    text = '';
  }
  return { bytes: Buffer.concat(parts), rows, duplicates };
}

function rowOf(number: number, row: number): string {
  const network = NETWORKS[number % NETWORKS.length] ?? '';
  const line = String(2_000_000 + ((Math.floor(number / NETWORKS.length) * STRIDE) % EACH_NETWORK));
  const phone = row % 3 === 0 ? `${network}-${line.slice(0, 3)}-${line.slice(3)}` : network + line;
  const day = String(1 + (row % 28)).padStart(2, '0');
  const segment = SEGMENTS[row % SEGMENTS.length] ?? '';
  return `${phone},Person ${String(row)},${String(row % 5)},2026-10-${day},,${segment},A-${String(row % 9_999)}\n`;
}
