/** Spellings of a URL that lead somewhere else than they seem to. */
import fc from 'fast-check';
import { crm, exchanged, post, scripted, senderWith } from './http-sender.fixture.js';
import { judgeAddress } from './address-guard.js';
import { dnsResolveHost } from './resolve-host.js';
import { checkTargetUrl, literalHost } from './target-guard.js';
import { targetPolicy } from './target-policy.js';

const STRICT = targetPolicy([]);

function refusal(url: string): string {
  const verdict = checkTargetUrl(url, STRICT);
  return verdict.ok ? '' : verdict.reason;
}

describe('a forbidden address', () => {
  it.each([
    // Numbers in other bases, in fewer parts, with zeros in front.
    ['http://0X7F000001/', 'upper-case hexadecimal'],
    ['http://0x7F.0x0.0x0.0x1/', 'hexadecimal parts'],
    ['http://0177.1/', 'octal in two parts'],
    ['http://0x7f.1/', 'hexadecimal in two parts'],
    ['http://127.0.1/', 'three parts'],
    ['http://0000000177.0.0.01/', 'octal with zeros in front'],
    ['http://0x00000000000000007f000001/', 'hexadecimal with zeros in front'],
    ['http://0251.0376.0251.0376/', 'the metadata address in octal'],
    ['http://0xa9fea9fe/latest/meta-data', 'the metadata address in hexadecimal'],
    ['http://0300.0250.1/', 'a private network, mixed'],
    // Other characters for the same digits and dots.
    ['http://①②⑦.⓪.⓪.①/', 'digits in circles'],
    ['http://𝟏𝟐𝟕.𝟎.𝟎.𝟏/', 'bold digits'],
    ['http://127｡0｡0｡1/', 'half-width full stops'],
    ['http://127．0．0．1/', 'full-width full stops'],
    ['http://127.0.0\u00AD.1/', 'a soft hyphen'],
    ['http://127.0.0\u200B.1/', 'a space of no width'],
    ['http://127%2e0%2E0%2e1/', 'percent-encoded dots'],
    ['http://%30%78%37%66.1/', 'percent-encoded hexadecimal'],
    ['http://%EF%BC%91%EF%BC%92%EF%BC%97.0.0.1/', 'percent-encoded full-width digits'],
    // What a URL parser takes away or adds.
    ['  http://127.0.0.1/  ', 'blanks around it'],
    ['http://127.0.\n0.1/', 'a line break in it'],
    ['ht\ttp://127.0.0.1/', 'a tab in it'],
    ['http:127.0.0.1/', 'no slashes'],
    ['http:/127.0.0.1/', 'one slash'],
    ['http:////127.0.0.1/', 'four slashes'],
    ['http:\\\\127.0.0.1/', 'backslashes'],
    ['http://127.0.0.1\\@crm.example/', 'a backslash that ends the host'],
    ['http://127.0.0.1#@crm.example/', 'a fragment that looks like a host'],
    ['http://127.0.0.1?@crm.example/', 'a query that looks like a host'],
    ['http://@127.0.0.1/', 'an empty user'],
    ['http://:@127.0.0.1/', 'an empty user and password'],
    ['hTtP://127.0.0.1/', 'mixed case'],
    ['http://127.0.0.1./', 'a dot at the end'],
    ['http://2130706433./', 'a number with a dot at the end'],
    // IPv6.
    ['http://[::FFFF:7F00:1]/', 'IPv4-mapped in upper case'],
    ['http://[0:0:0:0:0:ffff:127.0.0.1]/', 'IPv4-mapped at length'],
    ['http://[0000:0000:0000:0000:0000:0000:0000:0001]/', 'loopback at length'],
    ['http://[::7f00:1]/', 'IPv4-compatible'],
    ['http://[::127.0.0.1]/', 'IPv4-compatible with dots'],
    ['http://[64:ff9b::7f00:1]/', 'NAT64'],
    ['http://[2002:7f00:1::]/', '6to4'],
    ['http://[FE80::1]/', 'link-local in upper case'],
    ['http://[fec0::1]/', 'site-local'],
  ])('is seen in %j: %s', (url) => {
    expect(refusal(url)).toContain('which is not allowed');
  });

  it.each([
    'http://user@127.0.0.1/',
    'http://127.0.0.1@crm.example/',
    'http://crm.example:80@127.0.0.1/',
    'http://crm.example%40@127.0.0.1/',
    'http://crm.example\\@127.0.0.1/x@y',
    'http://a:b@[::1]/',
  ])('is not hidden by user names: %s', (url) => {
    const verdict = checkTargetUrl(url, STRICT);
    expect(verdict.ok ? verdict.url.hostname : 'refused').toMatch(/^(refused|crm\.example)$/);
  });

  it.each([
    'http://127.0.0.256/',
    'http://127.0.0.1.1/',
    'http://0x100000000/',
    'http://0x7f.0.0.0x/.example',
    'http://127.0.0.09/',
    'http://[::1%25lo]/',
    'http://[::ffff:127.0.0.1/',
    'http://[::ffff:0177.0.0.1]/',
    'http://127.0.0.1%00.example/',
    'http://127.0.0.1%2f.example/',
    'http://127.0.0.1%23/',
    'http://exa mple/',
    'http://\u0000127.0.0.1/x\u0000@',
  ])('%j is no URL, or names that address and nothing else', (url) => {
    const verdict = checkTargetUrl(url, STRICT);
    // `0x` counts as 0 in the URL standard.
    expect(verdict.ok).toBe(false);
  });
});

describe('a number as a host', () => {
  const byte = fc.integer({ min: 0, max: 255 });
  const spelling = fc.constantFrom<(part: number) => string>(
    String,
    (part) => `0${part.toString(8)}`,
    (part) => `000${part.toString(8)}`,
    (part) => `0x${part.toString(16)}`,
    (part) => `0X${part.toString(16).toUpperCase()}`,
    (part) => `0x0000${part.toString(16)}`,
  );
  /** Dressed as some parsers undress it again. */
  const dress = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => `${text}.`,
    (text) => text.replaceAll('.', '%2e'),
    (text) => text.replaceAll('.', '。'),
    (text) => text.replace(/[0-9]/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    (text) => text.replace(/[0-9]/g, (digit) => `%3${digit}`),
    (text) => text.replace(/[0-9]/g, (digit) => String.fromCodePoint(0x1d7ce + Number(digit))),
  );
  const host = fc
    .record({
      bytes: fc.tuple(byte, byte, byte, byte),
      parts: fc.integer({ min: 1, max: 4 }),
      spellings: fc.tuple(spelling, spelling, spelling, spelling),
      dress,
    })
    .map(({ bytes, parts, spellings, dress: dressed }) => {
      // The last part holds all bytes that are left.
      const head = bytes.slice(0, parts - 1);
      const tail = bytes.slice(parts - 1).reduce((sum, each) => sum * 256 + each, 0);
      const text = [...head, tail].map((part, index) => (spellings[index] ?? String)(part)).join('.');
      return { plain: bytes.join('.'), text: dressed(text) };
    });

  it('is judged by the address that it means, however it is written', () => {
    fc.assert(
      fc.property(host, ({ plain, text }) => {
        const verdict = checkTargetUrl(`http://${text}/`, STRICT);
        expect([text, verdict.ok]).toEqual([text, judgeAddress(plain, []).allowed]);
        if (verdict.ok) expect(verdict.url.hostname).toBe(plain);
      }),
      { numRuns: 3_000 },
    );
  });
});

it('whatever is taken is a plain public address, or a name that is still to be resolved', () => {
  const piece = fc.constantFrom(
    ...['127', '0', '.', '1', '0x7f', '017', '@', ':', '80', '[', ']', '::', 'ffff', '%2e', '%00', '／'],
    ...['#', '?', '\\', '/', '。', '①', 'localhost', 'crm.example', '\t', ' ', '\u00AD', '10', '169.254'],
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 9 }), (pieces) => {
      const verdict = checkTargetUrl(`http://${pieces.join('')}/`, STRICT);
      if (!verdict.ok) return;
      const { url } = verdict;
      const literal = literalHost(url.hostname);
      if (literal === null) {
        // What the system's resolver might take for a number after all.
        expect(url.hostname).not.toMatch(/^\d[\d.]*$|(^|\.)0x[\da-f]*\.?$/i);
      } else {
        expect(judgeAddress(literal, [])).toEqual({ allowed: true });
      }
      expect([url.username, url.password]).toEqual(['', '']);
    }),
    { numRuns: 5_000 },
  );
});

describe('ports', () => {
  it('80, 443 and from 1024 up are allowed, and no other', () => {
    const wrong = Array.from({ length: 65_536 }, (_, port) => port).filter((port) => {
      const expected = port === 80 || port === 443 || port >= 1024;
      return checkTargetUrl(`https://crm.example:${port}/`, STRICT).ok !== expected;
    });
    expect(wrong).toEqual([]);
  });

  it.each(['http://crm.example:65536/', 'http://crm.example:-1/', 'http://crm.example:８０８０x/'])(
    '%s has none',
    (url) => {
      expect(checkTargetUrl(url, STRICT).ok).toBe(false);
    },
  );

  it.each(['http://crm.example:00025/', 'http://crm.example:２５/', 'https://crm.example:0/'])(
    '%s is seen through',
    (url) => {
      expect(checkTargetUrl(url, STRICT).ok).toBe(false);
    },
  );
});

describe('names of this machine', () => {
  it.each([
    'localhost',
    'LOCALHOST',
    'LocalHost.',
    'crm.localhost',
    'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
    'ｌｏｃａｌｈｏｓｔ',
    'local%68ost',
    'localho\u00ADst',
  ])('%s leads nowhere, and its server hears nothing', async (name) => {
    let requests = 0;
    const port = await crm((_request, response) => {
      requests += 1;
      response.end();
    });
    const sender = senderWith({ policy: STRICT, resolve: dnsResolveHost() });
    const { exchange, resolvedIp } = exchanged(await sender.send(post(`http://${name}:${port}/`)));
    expect(exchange).toMatchObject({ kind: 'failed', cause: 'blocked' });
    // What a name resolves to inside is nobody's business.
    expect([requests, resolvedIp]).toEqual([0, null]);
  });

  it.each(['169.254.169.254', '::1', 'fd00:ec2::254', '::ffff:10.0.0.1', '100.100.100.200'])(
    'a name that stands for %s leads nowhere',
    async (address) => {
      const sender = senderWith({ policy: STRICT, resolve: scripted([address]) });
      const { exchange, resolvedIp } = exchanged(await sender.send(post('http://metadata.test/')));
      expect(exchange).toMatchObject({ kind: 'failed', cause: 'blocked' });
      expect(resolvedIp).toBeNull();
      expect(JSON.stringify(exchange)).not.toContain(address);
    },
  );
});
