import type { Dialect, Reading } from '../dialect.js';
import { dialectNamed } from '../registry.js';

const MESSAGES: [string, string, Record<string, string>][] = [
  ['voicenter', 'cdr', { ivruniqueid: '7.1', caller: '0502345678', status: 'ANSWER' }],
  ['voicenter', 'popup', { ivrid: '7.1', phone: '0502345678', status: 'Ringing' }],
  ['voipnow', 'dial-in', { CallID: '7.1', CallerIDNum: '0502345678' }],
  ['globalex', 'incoming', { callid: '7.1', caller: '0502345678', ext: '101' }],
];
const json = JSON.stringify;
const form = (fields: Record<string, string>, named: (name: string) => string): string =>
  Object.entries(fields)
    .map(([name, value]) => `${encodeURIComponent(named(name))}=${value}`)
    .join('&');
const xml = (fields: Record<string, string>): string =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');

const read = (name: string, route: string, body: string, query = ''): Reading =>
  (dialectNamed(name) as Dialect).read(
    { method: 'POST', route, query, headers: {}, body: Buffer.from(body) },
    {},
  );

const WRAPPED: [string, (fields: Record<string, string>) => string][] = [
  ['a name around it', (fields) => json({ cdr: fields })],
  ['any name around it', (fields) => json({ alert: fields })],
  ['a list under a name', (fields) => json({ data: [fields] })],
  ['JSON as text under a name', (fields) => json({ CDR: json(fields) })],
  ['a list in a list', (fields) => json([[fields]])],
  ['a list of texts', (fields) => json([json(fields)])],
  ['two names', (fields) => json({ a: { b: fields } })],
  ['brackets', (fields) => form(fields, (name) => `cdr[${name}]`)],
  ['brackets of a list', (fields) => form(fields, (name) => `data[0][${name}]`)],
  ['a prefix', (fields) => form(fields, (name) => `cdr.${name}`)],
];

describe.each(MESSAGES)('a record of %s %s', (name, route, fields) => {
  it.each(WRAPPED)('is found in %s', (_what, wrap) => {
    const plain = read(name, route, json(fields));
    const wrapped = read(name, route, wrap(fields));
    if (!plain.ok || !wrapped.ok) throw new Error(json([plain, wrapped]));
    expect(wrapped.reports).toEqual(plain.reports);
    expect(wrapped.question).toEqual(plain.question);
  });

  it('keeps what stands beside it', () => {
    const reading = read(name, route, json({ source: 'pbx1', cdr: fields }));
    if (!reading.ok) throw new Error(reading.reason);
    expect(reading.reports[0]?.raw).toMatchObject({ source: 'pbx1' });
  });

  it('is none of another name than its dialect knows, nor within what says something itself', () => {
    expect(read(name, route, json({ cdr: { some: 'thing' } })).ok).toBe(false);
    const [id = ''] = Object.keys(fields);
    expect(read(name, route, json({ cdr: { [id]: '1' }, other: { [id]: '2' } })).ok).toBe(false);
    expect(read(name, route, '{"a":'.repeat(20) + json(fields) + '}'.repeat(20)).ok).toBe(false);
  });
});

it.each(MESSAGES.filter(([name]) => name !== 'voicenter'))(
  'XML of %s %s may have a root more',
  (name, route, fields) => {
    const plain = read(name, route, `<alert>${xml(fields)}</alert>`);
    const wrapped = read(name, route, `<root><alert>${xml(fields)}</alert></root>`);
    if (!plain.ok || !wrapped.ok) throw new Error(json([plain, wrapped]));
    expect(wrapped.reports).toEqual(plain.reports);
    const two = read(name, route, `<r><alert>${xml(fields)}</alert><alert>${xml(fields)}</alert></r>`);
    expect(two.ok && two.reports.length).toBe(2);
  },
);

it.each(MESSAGES)('the names of %s %s are read behind any number of others', (name, route, fields) => {
  const others = Array.from({ length: 1500 }, (_, index) => `x${index}=1`).join('&');
  const text = `${others}&${form(fields, (field) => field)}`;
  for (const reading of [read(name, route, '', text), read(name, route, text)]) {
    if (!reading.ok) throw new Error(reading.reason);
    expect(reading.vendorCallIds).toEqual(['7.1']);
    expect(reading.reports[0]?.unreadableFields).toHaveLength(20);
  }
});
