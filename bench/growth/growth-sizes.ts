/** How large the tables are made, one size after another. */

export interface GrowthSize {
  /** Beside those that the load is sent to. */
  tenants: number;
  /** Deliveries that wait for endpoints which nobody answers at. */
  waiting: number;
  /** Rows of history: receipts, calls, events, deliveries, attempts. */
  rows: number;
}

export const DEFAULT_SIZES = '1:0:0,100:100k:5M,10k:1M:50M';
/** A hundredth of each. */
export const SMALL_SIZES = '1:0:0,10:1k:50k,100:10k:500k';

/** Each call leaves one row in each of the log tables. */
export const ROWS_PER_CALL = 5;
/** What a row of history takes on the disk with its part of the indexes; measured. */
const BYTES_PER_ROW = 680;
/** An event and a delivery. */
const BYTES_PER_WAITING = 1_100;
const BYTES_PER_TENANT = 8_000;
/** PostgreSQL's log of changes, what its sorting and vacuuming puts aside, and the product's own files. */
const BYTES_BESIDE = 5 * 2 ** 30;

const DEAD_ENDPOINT_OWES = 1_000;

/** @param text  `tenants:waiting:rows` of each size, with k and M, one after another and none smaller than the last */
export function readSizes(text: string): GrowthSize[] {
  const sizes = text.split(',').map(readSize);
  sizes.reduce((last, next) => {
    if (next.tenants < last.tenants || next.waiting < last.waiting || next.rows < last.rows) {
      throw new RangeError('--sizes wants each size at least as large as the one before.');
    }
    return next;
  });
  return sizes;
}

function readSize(text: string): GrowthSize {
  const [tenants, waiting, rows, ...more] = text.split(':').map(numberOf);
  if (
    tenants === undefined ||
    waiting === undefined ||
    rows === undefined ||
    more.length > 0 ||
    tenants < 1
  ) {
    throw new RangeError(`--sizes wants tenants:waiting:rows, such as ${DEFAULT_SIZES}; not "${text}".`);
  }
  return { tenants, waiting, rows };
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1_000, M: 1_000_000 };

function numberOf(text: string): number {
  const [, digits = '', unit = ''] = /^(\d{1,9})([kM]?)$/.exec(text.trim()) ?? [];
  if (digits === '') throw new RangeError(`--sizes wants whole numbers with k or M; not "${text}".`);
  return Number(digits) * (UNITS[unit] ?? 1);
}

export function deadEndpointsOf({ waiting }: Pick<GrowthSize, 'waiting'>): number {
  return Math.ceil(waiting / DEAD_ENDPOINT_OWES);
}

export function nameOfSize({ tenants, waiting, rows }: GrowthSize): string {
  return [tenants, waiting, rows].map(shortly).join(' / ');
}

function shortly(count: number): string {
  if (count >= 1_000_000) return `${String(count / 1_000_000)} M`;
  return count >= 1_000 ? `${String(count / 1_000)} k` : String(count);
}

/** Of the largest size; bytes. */
export function spaceFor({ tenants, waiting, rows }: GrowthSize): number {
  return rows * BYTES_PER_ROW + waiting * BYTES_PER_WAITING + tenants * BYTES_PER_TENANT + BYTES_BESIDE;
}

/** @throws Error when there is less than the largest of the sizes takes */
export function assertSpace(sizes: readonly GrowthSize[], freeBytes: number): void {
  const needed = Math.max(...sizes.map(spaceFor));
  if (needed <= freeBytes) return;
  const gib = (bytes: number) => (bytes / 2 ** 30).toFixed(1);
  throw new Error(
    `The largest size takes about ${gib(needed)} GiB and the disk has ${gib(freeBytes)} GiB free: give smaller --sizes, or --small.`,
  );
}
