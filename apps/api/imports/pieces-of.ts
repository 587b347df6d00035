import { AppError } from '#domain';
import { invalidRequest } from '../http/validation.pipe.js';
import { isWorkbook } from './is-workbook.js';
import type { ToUtf8 } from './to-utf8.js';

/** Bytes of one row of `import_chunk`. */
export const PIECE_BYTES = 256 * 1024;

/** @throws AppError 413 `import.too_large`; 400 `request.invalid` for a workbook */
export async function* piecesOf(
  body: AsyncIterable<Uint8Array>,
  toUtf8: ToUtf8,
  mostBytes: number,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const gathered of gather(body)) {
    if (total === 0 && isWorkbook(gathered)) throw noTable();
    total += gathered.length;
    if (total > mostBytes) throw tooLarge(mostBytes);
    const piece = toUtf8.write(gathered);
    if (piece.length > 0) yield piece;
  }
  const rest = toUtf8.end();
  if (rest.length > 0) yield rest;
}

/** What comes in bits of any size, in pieces of one. */
async function* gather(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array[] = [];
  let bytes = 0;
  for await (const bit of body) {
    held.push(bit);
    bytes += bit.length;
    if (bytes < PIECE_BYTES) continue;
    yield Buffer.concat(held);
    held = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(held);
}

function tooLarge(mostBytes: number): AppError {
  const message = `A file has at most ${String(mostBytes / 1024 / 1024)} MiB: cut it in several.`;
  return new AppError('rejected', 'import.too_large', message, { status: 413 });
}

function noTable() {
  const message = 'This is a workbook and no table: save it as CSV (UTF-8) and send that.';
  return invalidRequest([{ field: '', message }]);
}
