import fc from 'fast-check';
import { readContent } from '../read-content.js';

const CRLF = '\r\n';
const curl = (fields: readonly [string, string][], boundary = 'x7Y', end = CRLF) =>
  fields
    .map(
      ([name, value]) =>
        `--${boundary}${end}Content-Disposition: form-data; name="${name}"${end}${end}${value}${end}`,
    )
    .join('') + `--${boundary}--${end}`;
const send = (body: string | Uint8Array, contentType?: string, country = 'IL') =>
  readContent({
    method: 'POST',
    route: 'cdr',
    query: '',
    headers: { 'content-type': contentType },
    body: typeof body === 'string' ? Buffer.from(body) : body,
    country,
  });
const TWO: [string, string][] = [
  ['ivruniqueid', '1'],
  ['caller', 'דנה'],
];

describe('a multipart body', () => {
  it.each([
    ['as curl sends it', curl(TWO), 'multipart/form-data; boundary=x7Y'],
    [
      'with quotes around the boundary',
      curl(TWO, 'a b:c'),
      'multipart/form-data; charset=utf-8; boundary="a b:c"',
    ],
    ['with lines that end in LF', curl(TWO, 'x7Y', '\n'), 'multipart/form-data; boundary=x7Y'],
    ['without its last boundary', curl(TWO).replace('--x7Y--\r\n', ''), 'multipart/form-data; boundary=x7Y'],
    ['without the boundary in the header', curl(TWO), 'multipart/form-data'],
    ['with another boundary in the header', curl(TWO), 'multipart/form-data; boundary=zzz'],
    ['under another header', curl(TWO, '----WebKitFormBoundary7MA4'), 'application/json'],
    ['without a header', curl(TWO), undefined],
    ['with text in front', `preamble${CRLF}${curl(TWO)}`, 'multipart/form-data; boundary=x7Y'],
    [
      'with names without quotes',
      curl(TWO).replaceAll(/name="(\w+)"/g, 'name=$1'),
      'multipart/form-data; boundary=x7Y',
    ],
    [
      'with files',
      curl(TWO).replaceAll(/name="(\w+)"/g, 'filename="$1.txt"; name="$1"'),
      'multipart/form-data; boundary=x7Y',
    ],
  ])('is a form %s', (_what, body, contentType) => {
    expect(send(body, contentType)).toMatchObject({ ok: true, format: 'form', fields: TWO });
  });

  it('is decoded part by part', () => {
    const body = Buffer.concat([
      Buffer.from(`--b${CRLF}Content-Disposition: form-data; name="a"${CRLF}${CRLF}`),
      Buffer.from('f9ece5ed', 'hex'),
      Buffer.from(
        `${CRLF}--b${CRLF}Content-Disposition: form-data; name="b"${CRLF}Content-Type: text/plain; charset=windows-1251${CRLF}${CRLF}`,
      ),
      Buffer.from('cff0e8', 'hex'),
      Buffer.from(
        `${CRLF}--b${CRLF}Content-Disposition: form-data; name="c"${CRLF}Content-Transfer-Encoding: base64${CRLF}${CRLF}16nXnA==${CRLF}`,
      ),
      Buffer.from(
        `--b${CRLF}Content-Disposition: form-data; name*=UTF-8''d%D7%A9${CRLF}Content-Transfer-Encoding: quoted-printable${CRLF}${CRLF}=D7=\r\n=A9${CRLF}--b--`,
      ),
    ]);
    expect(send(body, 'multipart/form-data; boundary=b')).toMatchObject({
      fields: [
        ['a', 'שלום'],
        ['b', 'При'],
        ['c', 'של'],
        ['dש', 'ש'],
      ],
    });
  });

  it('holds lists like any form', () => {
    const fields: [string, string][] = [
      ['record[]', 'a'],
      ['record[]', 'b'],
      ['IVR[0][layer_id]', '1'],
    ];
    expect(send(curl(fields))).toMatchObject({
      fields: [
        ['record', 'a'],
        ['record', 'b'],
        ['IVR', [{ layer_id: '1' }]],
      ],
    });
  });

  it('of one part with JSON or XML is that JSON or XML', () => {
    expect(send(curl([['file', '{"ivruniqueid":1}']]))).toMatchObject({
      format: 'json',
      value: { ivruniqueid: 1 },
    });
    expect(send(curl([['x', '<?xml version="1.0"?><methodCall/>']]))).toMatchObject({ format: 'xmlrpc' });
  });

  it('reads what was put into it, whatever that is', () => {
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !/[\0\ufeff\ufffd]|x7Y/.test(value));
    fc.assert(
      fc.property(fc.array(text, { minLength: 2, maxLength: 6 }), (values) => {
        const fields = values.map((value, index): [string, string] => [`f${index}`, value]);
        expect(send(curl(fields), 'multipart/form-data; boundary=x7Y')).toMatchObject({ fields });
      }),
    );
  });
});
