import { describe, expect, it } from '@jest/globals';
import { gzipSync } from 'node:zlib';
import { ENCODINGS, xmlEncodings } from '../conformance/encodings.fixture.js';
import { textsIn, type KeptRequest } from './texts-in.js';

const NUMBER = '050-234-5678';
const FIELDS = [
  ['caller', NUMBER],
  ['name', 'דנה לוי'],
] as const;
const XML = xmlEncodings('xml', (fields) =>
  fields.map(([name, value]) => `<${name}>${value}</${name}>`).join(''),
);
const kept = (traits: Partial<KeptRequest>): KeptRequest => ({
  query: '',
  headers: {},
  body: new Uint8Array(),
  surplus: null,
  country: 'IL',
  ...traits,
});
const holds = (traits: Partial<KeptRequest>) => textsIn(kept(traits)).some((text) => text.includes(NUMBER));

describe('textsIn', () => {
  it.each([...ENCODINGS, ...XML].map(([name, , send]) => [name, send] as const))('reads %s', (_, send) => {
    expect(holds(send(FIELDS))).toBe(true);
  });

  it('reads what is packed in text in text', () => {
    const packed = gzipSync(JSON.stringify({ caller: NUMBER })).toString('base64');
    expect(holds({ body: Buffer.from(`data=${encodeURIComponent(packed)}`) })).toBe(true);
    const quoted = [...NUMBER].map((letter) => `=${letter.charCodeAt(0).toString(16)}`).join('');
    expect(holds({ body: Buffer.from(quoted) })).toBe(true);
    const entities = [...NUMBER].map((letter) => `&#x${letter.charCodeAt(0).toString(16)};`).join('');
    expect(holds({ body: Buffer.from(`<a>${entities}</a>`) })).toBe(true);
  });

  it('reads the query, the headers and what came behind the body', () => {
    expect(holds({ query: `a=${encodeURIComponent(NUMBER)}` })).toBe(true);
    expect(holds({ headers: { 'x-caller': NUMBER } })).toBe(true);
    expect(holds({ surplus: Buffer.from(NUMBER) })).toBe(true);
    expect(holds({ body: Buffer.from('caller=050-234-5679') })).toBe(false);
  });

  it('comes to an end with what is escaped without end', () => {
    const body = Buffer.from(`${'%25'.repeat(50_000)}${'QUJD'.repeat(50_000)}`);
    expect(textsIn(kept({ body })).length).toBeLessThan(2_100);
  });
});
