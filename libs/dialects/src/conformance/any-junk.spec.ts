/**
 * One bad field never costs the call: in every example of every dialect each field in turn holds what it should not, in every
 * format that the route takes. Held against each dialect in the registry.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import type { LegReport } from '#domain';
import { readXmlFields } from '../content/read-xml-fields.js';
import { squeezed } from '../content/squeezed.js';
import type { Dialect, InboundRequest } from '../dialect.js';
import { DIALECTS } from '../registry.js';
import { readCall } from '../xmlrpc/read-call.js';
import { escapeXml, writeValue, type Writable } from '../xmlrpc/write-value.js';

/** What names a call is another call when it is another text. */
const IDS = new Set(['ivrid', 'ivruniqueid', 'ivruniqeid', 'callid', 'callapiid']);
/** A popup without a status rings; one whose status cannot be read is only noted. */
const MEANT_WHEN_MISSING = new Set(['status', 'statuscall', 'callstatus']);

interface Example {
  name: string;
  dialect: Dialect;
  route: string;
  /** Of XML-RPC. */
  method: string | undefined;
  fields: Record<string, unknown>;
}

/** As a value, and as XML where its type can be a lie. */
interface Junk {
  value: unknown;
  xml?: string;
}

const JUNK: Junk[] = [
  ...['zz junk zz', 'n/a', 'null', '-', '{{x}}', '0:45', '45 apples', '1e3', '٤٥', '"', '<b>&uuml;</b>'],
  ...['2026-11-01 12:00', '01/11/2026', '[]', '{}', '[[', 'x'.repeat(3000), '\ud800', 'a\u0000b', '0,07'],
  ...[true, false, -1, 1e308, 0.1, 2 ** 60, [], {}, [{}], { a: { b: 1 } }, [null], null],
].map((value) => ({ value }));
const LIES: Junk[] = (
  [
    ['int', '30.0'],
    ['int', 'zz junk zz'],
    ['i4', ''],
    ['i8', '99999999999999999999'],
    ['double', 'NaN'],
    ['boolean', 'yes'],
    ['dateTime.iso8601', 'yesterday'],
    ['base64', 'zz*junk'],
    ['short', 'x'],
    ['money', '<amount>3</amount>'],
    ['string', 'a<b>c</b>'],
    ['string', 'Gr&uuml;n &bogus; &#0;'],
  ] as const
).map(([type, text]) => ({ value: text, xml: `<value><${type}>${text}</${type}></value>` }));

function examplesOf(dialect: Dialect): Example[] {
  const folder = fileURLToPath(new URL(`../${dialect.name}/fixtures/`, import.meta.url));
  return dialect.routes
    .filter((route) => existsSync(folder + route))
    .flatMap((route) =>
      readdirSync(folder + route)
        .filter((name) => !name.includes('.unreadable.'))
        .flatMap((name) => {
          const text = readFileSync(`${folder}${route}/${name}`, 'utf8').trim();
          const told = fieldsIn(text, name);
          return told === undefined ? [] : [{ name: `${route}/${name}`, dialect, route, ...told }];
        }),
    );
}

/** Undefined for a list, which is several. */
function fieldsIn(text: string, name: string): Pick<Example, 'method' | 'fields'> | undefined {
  if (/\.(form|query)$/.test(name)) {
    return { method: undefined, fields: Object.fromEntries(new URLSearchParams(text)) };
  }
  if (name.endsWith('.json')) {
    const value = JSON.parse(text) as Record<string, unknown>;
    return Array.isArray(value) ? undefined : { method: undefined, fields: value };
  }
  const call = readCall(text);
  if (call.ok) return { method: call.methodName, fields: call.params[0] as Record<string, unknown> };
  const plain = readXmlFields(text);
  return plain.ok ? { method: undefined, fields: Object.fromEntries(plain.fields) } : undefined;
}

type Send = (
  example: Example,
  fields: Record<string, unknown>,
  junk?: [name: string, junk: Junk],
) => InboundRequest;

const post = ({ route }: Example, body: string): InboundRequest => ({
  method: 'POST',
  route,
  query: '',
  headers: {},
  body: Buffer.from(body),
});
const pairs = (fields: Record<string, unknown>): string =>
  new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, plain(value)]),
  ).toString();
const plain = (value: unknown): string =>
  typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);

const FORMATS: Record<string, Send> = {
  json: (example, fields, junk) => post(example, JSON.stringify(withJunk(fields, junk))),
  form: (example, fields, junk) => post(example, pairs(withJunk(fields, junk))),
  query: (example, fields, junk) => ({
    ...post(example, ''),
    method: 'GET',
    query: pairs(withJunk(fields, junk)),
  }),
};
const XMLRPC: Send = (example, fields, junk) => {
  const members = Object.entries(withJunk(fields, junk)).map(([name, value]) => {
    const xml = junk?.[0] === name ? junk[1].xml : undefined;
    return `<member><name>${escapeXml(name)}</name>${xml ?? writeValue(value as Writable)}</member>`;
  });
  const struct = `<value><struct>${members.join('')}</struct></value>`;
  const method = example.method ?? 'CDR';
  return post(
    example,
    `<methodCall><methodName>${method}</methodName><params><param>${struct}</param></params></methodCall>`,
  );
};
const XML: Send = (example, fields, junk) => {
  const children = Object.entries(withJunk(fields, junk)).map(([name, value]) => {
    const lie = junk?.[0] === name ? junk[1].xml : undefined;
    return `<${name}>${lie ?? escapeXml(plain(value))}</${name}>`;
  });
  return post(example, `<call>${children.join('')}</call>`);
};

function withJunk(fields: Record<string, unknown>, junk?: [string, Junk]): Record<string, unknown> {
  return junk === undefined ? fields : { ...fields, [junk[0]]: junk[1].value };
}

function formatsOf({ dialect, route, method }: Example): [string, Send][] {
  if (method !== undefined) return [['xmlrpc', XMLRPC]];
  const plainOnes = Object.entries(FORMATS);
  if (dialect.name !== 'voicenter') return [...plainOnes, ['xml', XML]];
  return route === 'cdr' ? [...plainOnes, ['xmlrpc', XMLRPC]] : plainOnes;
}

function reportsOf(dialect: Dialect, request: InboundRequest): readonly LegReport[] | string {
  const reading = dialect.read(request, {});
  return reading.ok ? reading.reports : reading.reason;
}

const idsOf = (reports: readonly LegReport[] | string): unknown =>
  typeof reports === 'string' ? reports : reports.map(({ vendorCallId }) => vendorCallId);
/** The call apart from the field: what is kept of it besides, and that it could not be read. */
const apart = (reports: readonly LegReport[]): unknown =>
  reports.map(({ raw: _, unreadableFields: __, ...told }) => told);

/** @returns whether the field could not be read */
function tryJunk(example: Example, send: Send, field: string, junk: Junk): boolean {
  const { dialect, fields } = example;
  const { [field]: _, ...others } = fields;
  const told = reportsOf(dialect, send(example, fields, [field, junk]));
  const without = reportsOf(dialect, send(example, others));
  const where = [example.name, field, junk];
  expect([where, idsOf(told)]).toEqual([where, idsOf(reportsOf(dialect, send(example, fields)))]);
  if (typeof told === 'string' || typeof without === 'string') return false;
  const text = plain(junk.value);
  if (text.includes('zz'))
    expect([where, JSON.stringify(dialect.read(send(example, fields, [field, junk]), {}))]).toEqual([
      where,
      expect.stringContaining('zz'),
    ]);
  const names = told.flatMap(({ unreadableFields = [] }) => unreadableFields);
  const isUnreadable = names.some((name) => squeezed(name) === squeezed(field)) && !text.includes('\ufffd');
  if (isUnreadable && !MEANT_WHEN_MISSING.has(squeezed(field)) && text !== '\ud800') {
    // What cannot be read is as if it had not come, and is kept.
    expect([where, apart(told)]).toEqual([where, apart(without)]);
    expect(told.every(({ raw }) => Object.keys(raw).some((name) => squeezed(name) === squeezed(field)))).toBe(
      true,
    );
  }
  return isUnreadable;
}

describe.each(DIALECTS.map((dialect) => [dialect.name, dialect] as const))('%s', (_name, dialect) => {
  const examples = examplesOf(dialect);
  const fieldsOf = (example: Example, send: Send): string[] => {
    const whole = idsOf(reportsOf(dialect, send(example, example.fields)));
    return Object.keys(example.fields).filter((field) => {
      const { [field]: _, ...others } = example.fields;
      const isNeeded =
        JSON.stringify(idsOf(reportsOf(dialect, send(example, others)))) !== JSON.stringify(whole);
      return !isNeeded && !IDS.has(squeezed(field));
    });
  };

  it.each(
    examples.flatMap((example) =>
      formatsOf(example).map(([format, send]) => [example.name, format, example, send] as const),
    ),
  )('%s as %s is the same call whatever junk one of its fields holds', (_file, format, example, send) => {
    let unreadable = 0;
    const junks = format === 'xmlrpc' || format === 'xml' ? [...JUNK, ...LIES] : JUNK;
    for (const field of fieldsOf(example, send)) {
      for (const junk of junks) unreadable += Number(tryJunk(example, send, field, junk));
    }
    expect(unreadable).toBeGreaterThanOrEqual(0);
  });

  it('and whatever else anybody makes up', () => {
    const cases = examples.flatMap((example) =>
      formatsOf(example).flatMap(([, send]) =>
        fieldsOf(example, send).map((field) => [example, send, field] as const),
      ),
    );
    const value = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.jsonValue({ maxDepth: 2 }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...cases), value, ([example, send, field], junk) => {
        tryJunk(example, send, field, { value: junk });
      }),
      { numRuns: 1000 },
    );
  });
});
