import fc from 'fast-check';
import { readCall } from './read-call.js';
import { readResponse } from './read-response.js';
import { MAX_XML_DEPTH, readXml } from './read-xml.js';
import { OddText } from '../content/known-fields.js';
import { structFields } from './struct-fields.js';
import type { XmlRpcStruct } from './value.js';
import { writeCall, writeFault, writeResponse } from './write-message.js';

const call = (value: string, prolog = '<?xml version="1.0"?>') =>
  Buffer.from(
    `${prolog}<methodCall><methodName>CDR</methodName><params><param>${value}</param></params></methodCall>`,
  );
const valueOf = (value: string) => {
  const reading = readCall(call(value));
  if (!reading.ok) throw new Error(reading.reason);
  return reading.params[0];
};
/** The fields of a struct whose only member holds this. */
const memberOf = (xml: string) => {
  const struct = valueOf(
    `<value><struct><member><name>a</name><value>${xml}</value></member></struct></value>`,
  );
  return structFields(struct as XmlRpcStruct);
};
const reasonOf = (value: string) => {
  const reading = readCall(call(value));
  return reading.ok ? undefined : reading.reason;
};

describe('readCall', () => {
  it.each([
    ['<value><i4>12</i4></value>', 12],
    ['<value><int>-12</int></value>', -12],
    ['<value><i8>1345373417</i8></value>', 1345373417],
    ['<value><i8>9007199254740993</i8></value>', '9007199254740993'],
    ['<value><ex:i8>5</ex:i8></value>', 5],
    ['<value><int> +7 </int></value>', 7],
    ['<value><int/></value>', null],
    ['<value><double>-1.5e3</double></value>', -1500],
    ['<value><boolean>1</boolean></value>', true],
    ['<value><boolean>false</boolean></value>', false],
    ['<value><string>a b</string></value>', 'a b'],
    ['<value><string> kept </string></value>', ' kept '],
    ['<value>bare text</value>', 'bare text'],
    ['<value/>', ''],
    ['<value><string/></value>', ''],
    ['<value><string /></value>', ''],
    ['<value>\n  <string>\u05e9</string>\n</value>', '\u05e9'],
    ['<value><string>&#1513;&#x5e9;&lt;&amp;&quot;&apos;&gt;</string></value>', '\u05e9\u05e9<&"\'>'],
    ['<value><string><![CDATA[<a>&amp;]]></string></value>', '<a>&amp;'],
    ['<value><string>a<!-- <b> -->c</string></value>', 'ac'],
    ['<value><string>http://x/?a=1&b=2 & c</string></value>', 'http://x/?a=1&b=2 & c'],
    ['<value><string a="1>2" b=\'"\'>x</string></value>', 'x'],
    ['<value><dateTime.iso8601>20180913T16:15:54</dateTime.iso8601></value>', '20180913T16:15:54'],
    ['<value><base64>16k=</base64></value>', '\u05e9'],
    ['<value><base64>/w==</base64></value>', '/w=='],
    ['<value><nil/></value>', null],
    ['<value><array><data><value>1</value><value><i4>2</i4></value></data></array></value>', ['1', 2]],
    ['<value><array><data/></array></value>', []],
    ['<value><struct/></value>', {}],
    [
      '<value><struct><member><name>a</name><value>1</value></member><member><value>2</value><name>b</name></member></struct></value>',
      { a: '1', b: '2' },
    ],
    ['<VALUE><STRING>x</STRING></VALUE>', 'x'],
    ['<value><string>a\r\nb\rc</string></value>', 'a\nb\nc'],
  ])('reads %s', (xml, value) => {
    expect(valueOf(xml)).toEqual(value);
  });

  it('names the method', () => {
    expect(readCall(call('<value/>'))).toMatchObject({ ok: true, methodName: 'CDR' });
  });

  it.each([
    "<?xml version='1.0' encoding='us-ascii'?>\n",
    '<?xml version="1.0" encoding="ISO-8859-8"?>',
    '\ufeff<?xml version="1.0" encoding="utf-8" ?>',
    '',
    '\n\n',
    '<!-- by hand --><?php-ish thing?>',
  ])('reads UTF-8 whatever the prolog says: %j', (prolog) => {
    expect(readCall(call('<value>\u05e9\u05dc\u05d5\u05dd</value>', prolog))).toMatchObject({
      params: ['\u05e9\u05dc\u05d5\u05dd'],
    });
  });

  it.each([
    ['"Dana" <0502345678>'],
    ['Dana <sip:0502345678@pbx.example>'],
    ['<sip:dana@pbx>'],
    ['<sip:dana>'],
    ['Dana <dana>'],
    ['a < b'],
    ['a <b and c> d'],
    ['<3 & </3'],
    ['x<'],
    ['<<x>>'],
    ['<"a>'],
    ['</ x>'],
    ['<1/>'],
  ])('reads %j as a text, in a value that nobody escaped', (text) => {
    for (const value of [text, `<string>${text}</string>`]) {
      const xml =
        '<methodCall><methodName>CDR</methodName><params><param><value><struct>' +
        `<member><name>a</name><value>${value}</value></member>` +
        '<member><name>b</name><value><int>1</int></value></member></struct></value></param></params></methodCall>';
      expect(readCall(xml)).toEqual({ ok: true, methodName: 'CDR', params: [{ a: text, b: 1 }] });
      for (let length = 0; length < xml.length; length += 1)
        expect(readCall(xml.slice(0, length)).ok).toBe(false);
    }
  });

  it('takes the time that the length asks for, whatever is open', () => {
    const startedAt = performance.now();
    for (const piece of ['<', '<a', '<a>', '<a ', '</', '</a', '</a ', '<a"', '<!', '</a><']) {
      readCall(`<methodCall>${piece.repeat(50_000)}</methodCall>`);
    }
    expect(performance.now() - startedAt).toBeLessThan(3000);
  });

  it.each(['<x:methodCall xmlns:x="urn:x">', '<methodCall xmlns="urn:x">', "<X:METHODCALL xmlns:X='y'>"])(
    'takes no account of namespaces: %s',
    (open) => {
      const prefix = /^<(\w:)/.exec(open)?.[1] ?? '';
      const tag = (name: string, inside: string): string => `<${prefix}${name}>${inside}</${prefix}${name}>`;
      const value = tag('value', tag('int', '1'));
      const body = tag('methodName', 'CDR') + tag('params', tag('param', value));
      const close = `</${open.slice(1).split(/[ >]/)[0]}>`;
      expect(readCall(open + body + close)).toEqual({ ok: true, methodName: 'CDR', params: [1] });
    },
  );

  it('remembers both members of one name', () => {
    const member = (value: string): string => `<member><name>record</name><value>${value}</value></member>`;
    const reading = valueOf(`<value><struct>${member('a')}${member('b')}</struct></value>`);
    expect(structFields(reading as XmlRpcStruct)).toEqual([
      ['record', 'a'],
      ['record', 'b'],
    ]);
  });

  it('keeps a member called __proto__ a member', () => {
    const value = valueOf(
      '<value><struct><member><name>__proto__</name><value>x</value></member></struct></value>',
    );
    expect(Object.keys(value as object)).toEqual(['__proto__']);
  });

  it.each([
    ['<value><string>x</i4></value>', 'not open'],
    ['<value><string>x</value>', 'not open'],
    ['<value>< /value>', 'name'],
  ])('gives a reason for %s', (xml, reason) => {
    expect(reasonOf(xml)).toContain(reason);
  });

  it.each([
    ['<int>30.0</int>', 30],
    ['<int>30.</int>', 30],
    ['<i8>12345678901234567890</i8>', '12345678901234567890'],
    ['<short>7</short>', 7],
    ['<ex:i8>7</ex:i8>', 7],
    ['<ex:float>1.5</ex:float>', 1.5],
    ['<double>123456789012345678</double>', '123456789012345678'],
    ['<string>M&uuml;ller&nbsp;&amp;&nbsp;S&ouml;hne &euro; &Uuml;</string>', 'Müller\u00a0&\u00a0Söhne € Ü'],
    [
      '<string>a & b &c; &constructor; &; &#0; &#xD800; &#1114112;</string>',
      'a & b &c; &constructor; &; &#0; &#xD800; &#1114112;',
    ],
  ])('reads %s, which is clear', (xml, value) => {
    expect(memberOf(xml)).toEqual([['a', value]]);
  });

  it.each([
    ['<int>30.5</int>', '30.5'],
    ['<int>abc</int>', 'abc'],
    ['<i4>1 2</i4>', '1 2'],
    ['<i4>0x10</i4>', '0x10'],
    ['<double>NaN</double>', 'NaN'],
    ['<double>1,5</double>', '1,5'],
    ['<boolean>yes</boolean>', 'yes'],
    ['<constructor>x</constructor>', 'x'],
    ['<timestamp>12</timestamp>', '12'],
    ['<base64>no*base64</base64>', 'no*base64'],
  ])('keeps the text of %s, and knows it is odd', (xml, text) => {
    expect(memberOf(xml)).toEqual([['a', new OddText(text)]]);
  });

  it.each([
    ['<string>a</string><string>b</string>', ['a', 'b']],
    ['<string>a<b>x</b></string>', { b: 'x', '': 'a' }],
    ['<money><amount>3</amount><currency>ILS</currency></money>', { amount: '3', currency: 'ILS' }],
    ['<list><item>1</item><item>2</item></list>', { item: ['1', '2'] }],
  ])('keeps what is in %s, which is no single value', (xml, value) => {
    expect(memberOf(xml)).toEqual([['a', value]]);
  });

  it('reads a struct around a member that has no name or no value', () => {
    const members = '<member><value>1</value></member><member><name>b</name></member>';
    expect(valueOf(`<value><struct>${members}</struct></value>`)).toEqual({ '': '1', b: '' });
  });

  it('refuses document types, and with them every entity bomb', () => {
    const bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>';
    expect(readCall(call('<value>&b;</value>', bomb))).toMatchObject({
      ok: false,
      reason: expect.stringContaining('document type') as string,
    });
  });

  it('never takes a message that was cut off for a whole one', () => {
    const whole = call(
      '<value><struct><member><name>a</name><value><i4>1</i4></value></member></struct></value>',
    );
    for (let end = 0; end < whole.length; end += 1) expect(readCall(whole.subarray(0, end)).ok).toBe(false);
    expect(readCall(whole).ok).toBe(true);
  });

  it('refuses a second root, text beside the root, and other documents', () => {
    for (const xml of [
      '<methodCall/><methodCall/>',
      'x<methodCall/>',
      '<methodCall/>x',
      '<html/>',
      '',
      '</a>',
      '</>',
    ]) {
      expect(readCall(xml).ok).toBe(false);
    }
  });

  it('reads as deep as is allowed and no deeper, without recursing', () => {
    const nested = (levels: number) => '<a>'.repeat(levels) + '</a>'.repeat(levels);
    expect(readXml(nested(MAX_XML_DEPTH)).ok).toBe(true);
    expect(readXml(nested(MAX_XML_DEPTH + 1)).ok).toBe(false);
    expect(readXml(nested(140_000)).ok).toBe(false);
  });

  it('refuses what is larger than a body may be', () => {
    expect(readCall('<a>'.repeat(1_500_000))).toEqual({ ok: false, reason: 'The XML is too large.' });
  });

  it.each([
    '<a ' + '""'.repeat(400_000),
    '<'.repeat(900_000),
    '<a "'.repeat(200_000),
    '&'.repeat(900_000),
    '<a>&a'.repeat(100_000),
  ])('gives up on a megabyte of rubbish in linear time', (rubbish) => {
    expect(readCall(rubbish).ok).toBe(false);
  });
});

describe('readResponse', () => {
  it("reads the seed's answers, whose names differ in case", () => {
    const answer = (root: string, err: number, errdesc: string) =>
      `<?xml version="1.0" ?>\n<${root}>\n <params>\n <param><value><struct>
        <member><name>err</name><value><int>${err}</int></value></member>
        <member><name>errdesc</name><value><string>${errdesc}</string></value></member>
      </struct></value></param></params></${root}>`;
    expect(readResponse(answer('methodResponse', 0, 'OK'))).toEqual({
      ok: true,
      value: { err: 0, errdesc: 'OK' },
    });
    expect(readResponse(answer('methodresponse', 2, 'Some error description'))).toMatchObject({
      value: { err: 2 },
    });
  });

  it('tells a fault from a value', () => {
    expect(readResponse(writeFault(4, 'Too many <params>'))).toMatchObject({
      ok: false,
      fault: { code: 4, text: 'Too many <params>' },
    });
  });

  it('gives a reason for a response without a value, and for rubbish', () => {
    expect(readResponse('<methodResponse/>')).toEqual({
      ok: false,
      reason: 'The XML-RPC response holds no value.',
    });
    expect(readResponse('<html><body>502</body></html>').ok).toBe(false);
    expect(readResponse('').ok).toBe(false);
  });
});

describe('what we write, we read', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', ' ', '<', '>', '&', '"', "'", '\n', '\r', ']]>', 'ש', '😀', '&amp;'),
  });
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', maxDepth: 4 },
      text,
      fc.integer(),
      fc.maxSafeInteger(),
      fc
        .double({ noNaN: true, noDefaultInfinity: true })
        .map((number) => (Object.is(number, -0) ? 0 : number)),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.string({ unit: fc.constantFrom('a', 'B', '<', '&', '_') }), tie('value'), {
        maxKeys: 3,
      }),
    ),
  }));

  it('as a call and as a response, byte for byte', () => {
    fc.assert(
      fc.property(value, (any) => {
        expect(readCall(Buffer.from(writeCall('CDR', [any as never])))).toEqual({
          ok: true,
          methodName: 'CDR',
          params: [any],
        });
        expect(readResponse(Buffer.from(writeResponse(any as never)))).toEqual({ ok: true, value: any });
      }),
      { numRuns: 1000 },
    );
  });

  it('leaves out characters that XML cannot carry', () => {
    expect(readResponse(writeResponse('a\0b\ud800c\x1f\ufffe😀'))).toEqual({ ok: true, value: 'abc😀' });
  });
});
