/** What the internet sends to a webhook sooner or later. For tests only. */

const MEBIBYTE = 1024 * 1024;

const BOMB = `<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol">
${Array.from({ length: 9 }, (_, i) => `<!ENTITY lol${i + 1} "${`&lol${i === 0 ? '' : i};`.repeat(10)}">`).join('\n')}
]>
<methodCall><methodName>&lol9;</methodName></methodCall>`;

/** Each with a few words for the name of the test. */
export function badBodies(): [what: string, body: Buffer][] {
  const texts: [string, string][] = [
    ['nothing', ''],
    ['white space', ' \r\n\t'],
    ['a byte order mark', '\ufeff'],
    ['prose', 'hello'],
    ['a JSON number', '1'],
    ['a JSON null', 'null'],
    ['a JSON string', '"ivruniqueid"'],
    ['truncated JSON', '{"ivruniqueid":"a","calle'],
    ['JSON with every type where text belongs', JSON.stringify(wrongTypes())],
    ['a list of nonsense', '[null,1,"",[],{}]'],
    ['deep JSON', '['.repeat(MEBIBYTE / 2) + ']'.repeat(MEBIBYTE / 2)],
    ['deep JSON in a field', `{"ivruniqueid":"a","x":${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}}`],
    [
      'deep JSON text in a field',
      JSON.stringify({ ivruniqueid: 'a', IVR: '['.repeat(100_000) + ']'.repeat(100_000) }),
    ],
    ['a mebibyte of JSON', `{"ivruniqueid":"${'x'.repeat(MEBIBYTE - 20)}"}`],
    ['a mebibyte of form', `ivruniqueid=a&x=${'%41'.repeat(MEBIBYTE / 3 - 10)}`],
    ['a mebibyte of ampersands', '&'.repeat(MEBIBYTE)],
    ['a mebibyte of empty elements', '<a/>'.repeat(MEBIBYTE / 4)],
    ['deep XML', '<a>'.repeat(100_000)],
    ['truncated XML', '<?xml version="1.0"?><methodCall><methodName>CDR</methodName><params><param>'],
    ['billion laughs', BOMB],
    [
      'an external entity',
      '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><methodCall>&x;</methodCall>',
    ],
    ['a web page', '<!doctype html><html><body>502 Bad Gateway</body></html>'],
    ['NUL in JSON', '{"ivruniqueid":"a\0"}'],
    ['an escaped NUL in JSON', '{"ivruniqueid":"\\u0000","caller":"\\ud800"}'],
    [
      'prototype names',
      '{"__proto__":{"a":1},"constructor":1,"toString":2,"ivruniqueid":"a","type":"constructor"}',
    ],
  ];
  const bytes: [string, Buffer][] = [
    ['invalid UTF-8', Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d])],
    ['UTF-16', Buffer.from('\ufeff{"ivruniqueid":"a"}', 'utf16le')],
    ['a gzip header', Buffer.from([0x1f, 0x8b, 0x08, 0x00, 0x00])],
    ['a mebibyte of zeros', Buffer.alloc(MEBIBYTE)],
  ];
  return [...texts.map(([what, text]): [string, Buffer] => [what, Buffer.from(text)]), ...bytes];
}

function wrongTypes(): Record<string, unknown>[] {
  const names = [
    'caller',
    'target',
    'time',
    'duration',
    'type',
    'status',
    'did',
    'queueid',
    'record',
    'price',
    'IVR',
    'aiData',
  ];
  const values = [null, true, -1, 1e308, '', 'x', [], [[]], {}, { a: { b: [] } }];
  return values.map((value) => ({
    ivruniqueid: 'a',
    ...Object.fromEntries(names.map((name) => [name, value])),
  }));
}
