/** The seed's call to add (6.1) as clients put it on the wire: what PHP, curl, ASP and browsers make of the same parameters. */
import { IN_ISRAEL, readAsked } from '../api.fixture.js';
import { voicenterApi } from '../voicenter-api.js';

const ADD = 'dialer-addcall';
const BOUNDARY = '------------------------d74496d66958873e';
const PARAMETERS: Readonly<Record<string, string>> = {
  Campaign: 'xxxxxxxx',
  Target: '0502454545',
  CustomerName: 'ישראל ישראלי',
  Priority: '42',
  var_test1: '1',
  var_test2: 'some value & more=1',
};
const multipart = Object.entries(PARAMETERS)
  .map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  .join('');
const form = new URLSearchParams(PARAMETERS).toString();
const spaced = form.replaceAll('+', '%20');
const { var_test1, var_test2, ...plain } = PARAMETERS;
const nested = (encode: (text: string) => string) =>
  Object.entries(plain)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .concat(
      `${encode('CustomData[var_test1]')}=1`,
      `${encode('CustomData[var_test2]')}=${encodeURIComponent(var_test2 ?? '')}`,
    )
    .join('&');
const custom = JSON.stringify({ var_test1: 1, var_test2 });
/** windows-1255, as older ASP and PHP send it. */
const HEBREW = '%E9%F9%F8%E0%EC+%E9%F9%F8%E0%EC%E9';
const legacy = form.replace(/CustomerName=[^&]*/, `CustomerName=${HEBREW}`);
const json = JSON.stringify({ ...plain, Priority: 42, CustomData: { var_test1: 1, var_test2 } });

interface Sent {
  query?: string;
  body?: string;
  headers?: Record<string, string>;
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const SENT: [how: string, sent: Sent][] = [
  ['http_build_query of a flat array', { body: form, headers: FORM }],
  ['http_build_query with PHP_QUERY_RFC3986', { body: spaced, headers: FORM }],
  ['http_build_query of a nested array', { body: nested(encodeURIComponent), headers: FORM }],
  ['a nested array without escaped brackets', { body: nested(String), headers: FORM }],
  ['parameters of a URL', { query: form }],
  ['parameters of a URL beside an empty JSON object', { query: form, body: '{}' }],
  ['parameters of a URL that was escaped for HTML', { query: form.replaceAll('&', '&amp;') }],
  [
    'the campaign in the URL and the rest in a form',
    { query: 'Campaign=xxxxxxxx', body: form, headers: FORM },
  ],
  [
    'CURLOPT_POSTFIELDS with an array',
    {
      body: `${multipart}--${BOUNDARY}--\r\n`,
      headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
    },
  ],
  ['a form in windows-1255', { body: legacy, headers: FORM }],
  [
    'CustomData as JSON in a form',
    { body: new URLSearchParams({ ...plain, CustomData: custom }).toString(), headers: FORM },
  ],
  ['json_encode', { body: json, headers: { 'content-type': 'application/json' } }],
  ['json_encode under the header that curl has by itself', { body: json, headers: FORM }],
  ['json_encode in a field of a form', { body: `data=${encodeURIComponent(json)}`, headers: FORM }],
  ['JSON with a byte order mark', { body: `\ufeff${json}` }],
  [
    'names in lower case',
    { body: form.replace(/(^|&)(\w+)=/g, (name) => name.toLowerCase()), headers: FORM },
  ],
];

describe('a call to add, 6.1', () => {
  it.each(SENT)('is the same from %s', (_, sent) => {
    const { ask, presented } = readAsked(ADD, sent);
    expect(presented).toEqual({ kind: 'campaign', campaign: 'xxxxxxxx', code: null, others: [] });
    expect(ask).toEqual({
      ok: true,
      ask: {
        kind: 'add_leads',
        isBulk: false,
        items: [
          {
            campaign: 'xxxxxxxx',
            target: '0502454545',
            callerId: null,
            callerName: null,
            originateAt: null,
            customerName: 'ישראל ישראלי',
            priority: 42,
            customData: { test1: var_test1, test2: var_test2 },
            problem: null,
          },
        ],
      },
    });
  });

  it('may lose the plus of its number to a blank', () => {
    const request = {
      method: 'GET',
      path: '/ForwardDialer/Dialer/AddCall',
      query: 'Campaign=x&Target=+972502454545',
      headers: {},
      body: new Uint8Array(),
    };
    expect(voicenterApi.read(request, ADD, IN_ISRAEL).ask).toMatchObject({
      ask: { items: [{ target: '+972502454545' }] },
    });
  });
});
