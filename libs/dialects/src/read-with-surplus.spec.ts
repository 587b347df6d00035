import type { Dialect } from './dialect.js';
import { readWithSurplus } from './read-with-surplus.js';
import { dialectNamed } from './registry.js';

const CDR = Buffer.from(
  JSON.stringify({ ivruniqueid: '1', caller: '0501234567', representativename: 'שלום' }),
);
const voicenter = dialectNamed('voicenter') as Dialect;
const read = (body: Uint8Array, surplus: Uint8Array | null) =>
  readWithSurplus(voicenter, { method: 'POST', route: 'cdr', query: '', headers: {}, body, surplus }, {});

describe('a request whose length was announced too short', () => {
  it('is read with what followed, wherever it was cut', () => {
    for (let at = 1; at < CDR.length; at += 1) {
      expect(read(CDR.subarray(0, at), CDR.subarray(at))).toEqual(read(CDR, null));
    }
  });

  it('is read as it was announced where that can be read', () => {
    expect(read(CDR, Buffer.from('}}'))).toEqual(read(CDR, null));
  });

  it('says so where it cannot be read either way', () => {
    expect(read(Buffer.from('{"a":'), Buffer.from('?'))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('Content-Length is too short') as unknown,
    });
    expect(read(Buffer.from('{"a":'), null)).toMatchObject({
      reason: expect.not.stringContaining('Content-Length') as unknown,
    });
  });
});
