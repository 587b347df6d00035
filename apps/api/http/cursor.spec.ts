import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instant } from '#domain';
import {
  idCursor,
  numberCursor,
  readIdCursor,
  readNumberCursor,
  readTimeCursor,
  timeCursor,
} from './cursor.js';

const ID = '019a9e5c-7a00-7000-8000-000000000000';

describe('a cursor', () => {
  it('is read as what it was made of', () => {
    expect(readIdCursor(idCursor(ID))).toBe(ID);
    const place = { startedAt: instant(1_795_251_600_123), id: ID };
    expect(readTimeCursor(timeCursor(place))).toEqual(place);
    expect(readNumberCursor(numberCursor('+972502345678'))).toBe('+972502345678');
  });

  it('left out is the first page', () => {
    expect(readIdCursor(undefined)).toBeNull();
    expect(readTimeCursor(undefined)).toBeNull();
    expect(readNumberCursor(undefined)).toBeNull();
  });

  it('of one kind of list is refused by the other', () => {
    expect(() => readTimeCursor(idCursor(ID))).toThrow(/not one of ours/);
    expect(() => readNumberCursor(idCursor(ID))).toThrow(/not one of ours/);
    expect(() => readIdCursor(timeCursor({ startedAt: instant(0), id: ID }))).toThrow(/not one of ours/);
  });

  it('that is none is refused with one code, whatever it is', () => {
    const reads = [readIdCursor, readTimeCursor, readNumberCursor];
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((text) => Buffer.from(text).toString('base64url')),
        ),
        (text) => {
          for (const read of reads)
            expect(() => read(text)).toThrow(expect.objectContaining({ code: 'cursor.invalid' }));
        },
      ),
    );
  });

  it('with a time that no date can be is refused', () => {
    const text = Buffer.from(JSON.stringify([8.64e15 + 1, ID])).toString('base64url');
    expect(() => readTimeCursor(text)).toThrow(/not one of ours/);
  });
});
