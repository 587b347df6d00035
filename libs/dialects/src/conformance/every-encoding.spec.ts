/** One message says the same to every dialect on every route, however it was encoded on its way. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Dialect, InboundRequest } from '../dialect.js';
import { DIALECTS } from '../registry.js';
import { writeCall } from '../xmlrpc/write-message.js';
import { escapeXml } from '../xmlrpc/write-value.js';
import { ENCODINGS, xmlEncodings } from './encodings.fixture.js';
import type { Encoding, PlainFields } from './encodings.fixture.js';

/** Beside the fixture's own fields: text in another script, marks of URLs and of JSON, a number that only digits hold. */
const EXTRA: PlainFields = [
  ['zz_note', 'דנה לוי 100% & "בנים" = 1+1?'],
  ['zz_deal', '9007199254740993'],
];
const XML_NAME = /^[A-Za-z_][\w.-]*$/;

const plainXml = xmlEncodings('xml', (fields) => {
  const children = fields.map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`);
  return `<call>${children.join('')}</call>`;
});
const xmlRpc = (method: string) =>
  xmlEncodings('xmlrpc', (fields) =>
    writeCall(method, [Object.fromEntries(fields.filter(([name]) => name !== 'METHOD'))]).replace(
      /^<\?xml.*\n/,
      '',
    ),
  );

/** The fields of a dialect's examples that are nothing but pairs. */
function messagesOf(dialect: Dialect): [name: string, route: string, fields: PlainFields][] {
  const folder = fileURLToPath(new URL(`../${dialect.name}/fixtures/`, import.meta.url));
  return dialect.routes.flatMap((route) =>
    readdirSync(folder + route)
      .filter((name) => /^[^.]+\.(form|query)$/.test(name))
      .map((name): [string, string, PlainFields] => {
        const text = readFileSync(`${folder}${route}/${name}`, 'utf8').trim();
        return [`${route}/${name}`, route, [...new Map(new URLSearchParams(text)), ...EXTRA]];
      }),
  );
}

/** The encodings that a route takes beside those that all do. */
function ownEncodings(dialect: Dialect, route: string, fields: PlainFields): Encoding[] {
  // XML has structs where a form has JSON text.
  if (!fields.every(([name, value]) => XML_NAME.test(name) && !value.startsWith('{'))) return [];
  if (dialect.name !== 'voicenter') return plainXml;
  if (route === 'cdr') return xmlRpc('CDR');
  const method = fields.find(([name]) => name === 'METHOD')?.[1];
  return method === undefined ? [] : xmlRpc(method);
}

function said(dialect: Dialect, request: InboundRequest): unknown {
  const reading = dialect.read(request, {});
  if (!reading.ok) return reading.reason;
  const { reports, question } = reading;
  const asked = question?.kind === 'ivr' ? { ...question, raw: comparable(question.raw ?? {}) } : question;
  return { reports: reports.map((report) => ({ ...report, raw: comparable(report.raw) })), question: asked };
}

/** Elements of XML lose their capitals; `v` is only in the URL. */
function comparable(raw: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(raw)
      .filter(([name]) => name !== 'v')
      .map(([name, value]) => [name.toLowerCase(), value]),
  );
}

// What comes by a socket is JSON alone.
const SENDERS = DIALECTS.filter(({ socket }) => socket === undefined);

describe.each(SENDERS.map((dialect) => [dialect.name, dialect] as const))('%s', (_name, dialect) => {
  describe.each(messagesOf(dialect))('%s', (_file, route, fields) => {
    const send = ([, , encode]: Encoding): InboundRequest => {
      const sent = encode(fields);
      return { method: sent.body.length === 0 ? 'GET' : 'POST', route, country: 'IL', ...sent };
    };
    const [plain, ...others] = [...ENCODINGS, ...ownEncodings(dialect, route, fields)];
    if (plain === undefined) throw new Error('There is no encoding.');
    const expected = said(dialect, send(plain));

    it('is read', () => {
      expect(expected).toMatchObject({ reports: expect.anything() as unknown });
    });

    it.each(others)('says the same as %s', (_encoding, _format, encode) => {
      expect(said(dialect, send(['', 'json', encode]))).toEqual(expected);
    });

    it.each([plain, ...others])('is told by its bytes to be %s', (_encoding, format, encode) => {
      const bodiless = encode(fields).body.length === 0;
      const told = dialect.sniff(send(['', format, encode]));
      expect(told).toBe(format === 'query' && (dialect.name === 'voicenter' || !bodiless) ? 'form' : format);
    });
  });
});
