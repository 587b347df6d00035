/**
 * PostgreSQL arrays in their binary form. A statement that carries hundreds of rows carries them as one array a column;
 * as text every element would be escaped here and parsed there, as binary it is copied. Measured for 255 rows with
 * documents of 1 KB: as JSON or text, parsing was half of the statement's time.
 *
 * Format: dimensions, has-null flag, element type, length, lower bound (5 x int32), then each element with its length,
 * -1 for null. Source: array_recv and the element types' receive functions in PostgreSQL's sources.
 */
const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;

interface ElementType<T> {
  oid: number;
  /** Bytes of one value. */
  size: (value: T) => number;
  write: (target: Buffer, value: T, at: number) => void;
}

const UUID_BYTES = 16;
const UUID_CHARACTERS = 36;
const DASH = 0x2d;
/** Value of a hex digit by its character code; anything else counts as 0. */
const DIGIT = new Uint8Array(256);
for (let value = 0; value < 16; value += 1) {
  const digit = value.toString(16);
  DIGIT[digit.charCodeAt(0)] = value;
  DIGIT[digit.toUpperCase().charCodeAt(0)] = value;
}

function writeUuid(target: Buffer, text: string, at: number): void {
  let byte = at;
  for (let index = 0; index < UUID_CHARACTERS; index += 2) {
    if (text.charCodeAt(index) === DASH) index += 1;
    const high = DIGIT[text.charCodeAt(index)] as number;
    const low = DIGIT[text.charCodeAt(index + 1)] as number;
    target[byte] = (high << 4) | low;
    byte += 1;
  }
}

const UUID: ElementType<string> = { oid: 2950, size: () => UUID_BYTES, write: writeUuid };
/** Up to here a text is looked at character by character: asking Node to do it costs more. */
const SHORT_TEXT = 48;

function sizeOfText(text: string): number {
  const { length } = text;
  if (length > SHORT_TEXT) return Buffer.byteLength(text);
  for (let index = 0; index < length; index += 1) {
    if (text.charCodeAt(index) > 0x7f) return Buffer.byteLength(text);
  }
  return length;
}

function writeText(target: Buffer, text: string, at: number): void {
  const { length } = text;
  if (length > SHORT_TEXT) {
    target.write(text, at);
    return;
  }
  for (let index = 0; index < length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) {
      target.write(text, at);
      return;
    }
    target[at + index] = code;
  }
}

const TEXT: ElementType<string> = { oid: 25, size: sizeOfText, write: writeText };
const BYTEA: ElementType<Uint8Array> = {
  oid: 17,
  size: (bytes) => bytes.byteLength,
  write: (target, bytes, at) => {
    target.set(bytes, at);
  },
};
const INT2: ElementType<number> = {
  oid: 21,
  size: () => 2,
  write: (target, value, at) => target.writeInt16BE(value, at),
};
const INT4: ElementType<number> = {
  oid: 23,
  size: () => 4,
  write: (target, value, at) => target.writeInt32BE(value, at),
};
const INT8: ElementType<string> = {
  oid: 20,
  size: () => 8,
  write: (target, text, at) => target.writeBigInt64BE(BigInt(text), at),
};
const BOOL: ElementType<boolean> = {
  oid: 16,
  size: () => 1,
  write: (target, value, at) => target.writeUInt8(value ? 1 : 0, at),
};
const FLOAT8: ElementType<number> = {
  oid: 701,
  size: () => 8,
  write: (target, value, at) => target.writeDoubleBE(value, at),
};

function arrayOf<T>(type: ElementType<T>): (values: readonly (T | null)[]) => Buffer {
  return (values) => {
    let bytes = HEADER_BYTES + values.length * LENGTH_BYTES;
    let hasNull = 0;
    const sizes = new Array<number>(values.length);
    for (let index = 0; index < values.length; index += 1) {
      const value = values[index];
      const size = value === null || value === undefined ? -1 : type.size(value);
      sizes[index] = size;
      if (size < 0) hasNull = 1;
      else bytes += size;
    }
    const target = Buffer.allocUnsafe(bytes);
    target.writeInt32BE(values.length === 0 ? 0 : 1, 0);
    target.writeInt32BE(hasNull, 4);
    target.writeInt32BE(type.oid, 8);
    // An empty array has no dimensions, and its text ends here.
    if (values.length === 0) return target.subarray(0, 12);
    target.writeInt32BE(values.length, 12);
    target.writeInt32BE(1, 16);
    let at = HEADER_BYTES;
    for (let index = 0; index < values.length; index += 1) {
      const size = sizes[index] ?? -1;
      // As `writeInt32BE` does, without looking at its arguments again.
      target[at] = size >> 24;
      target[at + 1] = size >> 16;
      target[at + 2] = size >> 8;
      target[at + 3] = size;
      at += LENGTH_BYTES;
      if (size < 0) continue;
      type.write(target, values[index] as T, at);
      at += size;
    }
    return target;
  };
}

/** Encoders by element type: values in, one parameter out. A UUID must be well-formed text. */
export const pgArray = {
  uuid: arrayOf(UUID),
  text: arrayOf(TEXT),
  bytea: arrayOf(BYTEA),
  int2: arrayOf(INT2),
  int4: arrayOf(INT4),
  /** Values as decimal text: they may be larger than a number holds. */
  int8: arrayOf(INT8),
  float8: arrayOf(FLOAT8),
  bool: arrayOf(BOOL),
} as const;
