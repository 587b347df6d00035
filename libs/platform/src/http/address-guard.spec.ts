import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { judgeAddress, parseCidr, parseCidrList } from './address-guard.js';

const FORBIDDEN_V4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
const FORBIDDEN_V6 = [
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];

/** Any address of a subnet, as bytes: the network's own leading bits, then noise. */
function bytesWithin(subnet: string): fc.Arbitrary<number[]> {
  const [network, bits] = ipaddr.parseCIDR(subnet);
  const fixed = network.toByteArray();
  return fc.uint8Array({ minLength: fixed.length, maxLength: fixed.length }).map((noise) =>
    fixed.map((byte, index) => {
      const fixedBits = Math.min(8, Math.max(0, bits - index * 8));
      const mask = (0xff << (8 - fixedBits)) & 0xff;
      return (byte & mask) | ((noise[index] ?? 0) & ~mask & 0xff);
    }),
  );
}

function groups(bytes: readonly number[]): number[] {
  return Array.from(
    { length: 8 },
    (_, index) => ((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0),
  );
}

function hex(value: number, pad = 1): string {
  return value.toString(16).padStart(pad, '0');
}

/** All the spellings of an IPv4 address that some program or other takes. */
function spellingsOfV4(bytes: readonly number[]): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  const whole = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  return [
    bytes.join('.'),
    bytes.map((byte) => `0${byte.toString(8)}`).join('.'),
    bytes.map((byte) => `0x${hex(byte)}`).join('.'),
    `${a}.${b}.${c * 256 + d}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${whole}`,
    `0x${hex(whole)}`,
    `0${whole.toString(8)}`,
    `${bytes.join('.')}.`,
    ` ${bytes.join('.')}`,
    ...spellingsOfV6([...Array<number>(10).fill(0), 0xff, 0xff, ...bytes]),
    ...spellingsOfV6([...Array<number>(12).fill(0), ...bytes]),
    ...spellingsOfV6([0, 0x64, 0xff, 0x9b, ...Array<number>(8).fill(0), ...bytes]),
    `::ffff:${bytes.join('.')}`,
    `::FFFF:${bytes.join('.')}`,
    `0:0:0:0:0:ffff:${bytes.join('.')}`,
    `::${bytes.join('.')}`,
    `64:ff9b::${bytes.join('.')}`,
  ];
}

function spellingsOfV6(bytes: readonly number[]): string[] {
  const parts = groups(bytes);
  const address = new ipaddr.IPv6([...bytes]);
  return [
    parts.map((part) => hex(part)).join(':'),
    parts.map((part) => hex(part, 4)).join(':'),
    parts.map((part) => hex(part, 4).toUpperCase()).join(':'),
    address.toRFC5952String(),
    `${address.toRFC5952String()}%eth0`,
    `${address.toRFC5952String()}%1`,
    `[${address.toRFC5952String()}]`,
    `${parts
      .slice(0, 6)
      .map((part) => hex(part))
      .join(':')}:${bytes.slice(12).join('.')}`,
  ];
}

describe('judgeAddress', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '192.88.98.255',
    '192.88.100.1',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '64:ff9b::5db8:d822',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '2001:200::1',
    '2003::1',
    '::ffff:8.8.8.8',
  ])('lets the public address %s pass', (ip) => {
    expect(judgeAddress(ip, [])).toEqual({ allowed: true });
  });

  it.each([
    '::',
    '::1',
    '::ffff:7f00:1',
    '::ffff:169.254.169.254',
    '64:ff9b::7f00:1',
    '64:ff9b::169.254.169.254',
    '64:ff9b:1::1',
    '::ffff:0:7f00:1',
    '255.255.255.255',
    '169.254.169.254',
    'fd00:ec2::254',
  ])('refuses %s', (ip) => {
    expect(judgeAddress(ip, []).allowed).toBe(false);
  });

  it.each([
    '',
    'localhost',
    'example.com',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '1:2',
    ':::',
    '8.8.8.8/32',
    '08.8.8.8',
  ])('refuses %p, which is no address', (text) => {
    expect(judgeAddress(text, []).allowed).toBe(false);
  });

  it('refuses a zone even on a public address', () => {
    expect(judgeAddress('2606:4700:4700::1111%eth0', []).allowed).toBe(false);
  });

  it('says what is wrong without repeating the address', () => {
    expect(judgeAddress('192.168.1.7', [])).toEqual({
      allowed: false,
      reason: 'belongs to a private network (RFC 1918)',
    });
  });

  it.each(FORBIDDEN_V4)('refuses every address of %s, however it is spelt', (subnet) => {
    fc.assert(
      fc.property(bytesWithin(subnet), (bytes) => {
        for (const text of spellingsOfV4(bytes))
          expect([text, judgeAddress(text, []).allowed]).toEqual([text, false]);
      }),
    );
  });

  it.each(FORBIDDEN_V6)('refuses every address of %s, however it is spelt', (subnet) => {
    fc.assert(
      fc.property(bytesWithin(subnet), (bytes) => {
        for (const text of spellingsOfV6(bytes))
          expect([text, judgeAddress(text, []).allowed]).toEqual([text, false]);
      }),
    );
  });

  it.each([
    ['::1', 'belongs to loopback (RFC 4291)'],
    ['0:0:0:0:0:0:0:1', 'belongs to loopback (RFC 4291)'],
    ['127.0.0.1', 'belongs to loopback (RFC 1122)'],
    ['::ffff:127.0.0.1', 'belongs to loopback (RFC 1122)'],
    ['::127.0.0.1', 'belongs to loopback (RFC 1122)'],
    ['::', 'belongs to this network (RFC 791)'],
    ['::2', 'belongs to this network (RFC 791)'],
  ])('says of %s that it %s', (ip, reason) => {
    expect(judgeAddress(ip, [])).toEqual({ allowed: false, reason });
  });

  it('refuses all of ::/8 but the forms that wrap an IPv4 address', () => {
    const wrapped = ['::/96', '::ffff:0:0/96', '64:ff9b::/96'].map((subnet) => ipaddr.parseCIDR(subnet));
    fc.assert(
      fc.property(bytesWithin('::/8'), (bytes) => {
        const address = new ipaddr.IPv6(bytes);
        fc.pre(!wrapped.some(([network, bits]) => address.match(network, bits)));
        expect(judgeAddress(address.toString(), []).allowed).toBe(false);
      }),
    );
  });

  it('lets exactly the rest of IPv4 pass', () => {
    const forbidden = FORBIDDEN_V4.map((subnet) => ipaddr.IPv4.parseCIDR(subnet));
    fc.assert(
      fc.property(bytesWithin('0.0.0.0/0'), (bytes) => {
        const address = new ipaddr.IPv4(bytes);
        const isForbidden = forbidden.some(([network, bits]) => address.match(network, bits));
        expect(judgeAddress(address.toString(), []).allowed).toBe(!isForbidden);
      }),
      { numRuns: 1_000 },
    );
  });

  it('a subnet that the operator allowed opens itself, also when wrapped in IPv6, and nothing else', () => {
    const allow = parseCidrList('127.0.0.0/8');
    expect(judgeAddress('127.9.9.9', allow).allowed).toBe(true);
    expect(judgeAddress('::ffff:127.0.0.1', allow).allowed).toBe(true);
    expect(judgeAddress('::1', allow).allowed).toBe(false);
    expect(judgeAddress('127.0.0.1%lo', allow).allowed).toBe(false);
    const otherSubnets = FORBIDDEN_V4.filter((subnet) => subnet !== '127.0.0.0/8');
    fc.assert(
      fc.property(fc.oneof(...[...otherSubnets, ...FORBIDDEN_V6].map(bytesWithin)), (bytes) => {
        expect(judgeAddress(ipaddr.fromByteArray(bytes).toString(), allow).allowed).toBe(false);
      }),
    );
  });

  it('an allowed IPv6 subnet opens only itself', () => {
    const allow = parseCidrList('fd00:1::/32');
    expect(judgeAddress('fd00:1::5', allow).allowed).toBe(true);
    expect(judgeAddress('fd00:2::5', allow).allowed).toBe(false);
    expect(judgeAddress('10.0.0.1', allow).allowed).toBe(false);
  });

  it('takes any text without throwing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(typeof judgeAddress(text, []).allowed).toBe('boolean');
      }),
    );
  });
});

describe('parseCidrList', () => {
  it('reads a list with spaces and gaps', () => {
    expect(parseCidrList(' 127.0.0.0/8, ,fd00::/8 ').map(String)).toHaveLength(2);
    expect(parseCidrList('')).toEqual([]);
  });

  it.each([
    '10/8',
    '010.0.0.0/8',
    '0x0a.0.0.0/8',
    '10.0.0/24',
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0.0/-1',
    '10.0.0.0/8/8',
    '10.0.0.0/255.0.0.0',
    'fd00::/129',
    'fd00::%eth0/8',
    '*',
    'localhost/8',
  ])('takes no %p: what it would open is not what it says', (text) => {
    expect(() => parseCidr(text)).toThrow(`"${text}" is not a subnet`);
  });

  it('says which entry is wrong', () => {
    expect(() => parseCidr('127.0.0.1')).toThrow('"127.0.0.1" is not a subnet');
    expect(() => parseCidrList('10.0.0.0/8,banana')).toThrow('"banana"');
  });
});
