/** The list of the design, "SSRF guard", range by range: its ends are refused, and what is just outside passes. */
import fc from 'fast-check';
import { judgeAddress } from './address-guard.js';

type Row = [subnet: string, before: string | null, first: string, last: string, after: string | null];

interface Range {
  subnet: string;
  ends: string[];
  /** Just outside; without those that belong to another range of the list. */
  neighbours: string[];
}

const rangeOf = ([subnet, before, first, last, after]: Row): Range => ({
  subnet,
  ends: [first, last],
  neighbours: [before, after].filter((ip) => ip !== null),
});

const ROWS_V4: Row[] = [
  ['0.0.0.0/8', null, '0.0.0.0', '0.255.255.255', '1.0.0.0'],
  ['10.0.0.0/8', '9.255.255.255', '10.0.0.0', '10.255.255.255', '11.0.0.0'],
  ['100.64.0.0/10', '100.63.255.255', '100.64.0.0', '100.127.255.255', '100.128.0.0'],
  ['127.0.0.0/8', '126.255.255.255', '127.0.0.0', '127.255.255.255', '128.0.0.0'],
  ['169.254.0.0/16', '169.253.255.255', '169.254.0.0', '169.254.255.255', '169.255.0.0'],
  ['172.16.0.0/12', '172.15.255.255', '172.16.0.0', '172.31.255.255', '172.32.0.0'],
  ['192.0.0.0/24', '191.255.255.255', '192.0.0.0', '192.0.0.255', '192.0.1.0'],
  ['192.0.2.0/24', '192.0.1.255', '192.0.2.0', '192.0.2.255', '192.0.3.0'],
  ['192.88.99.0/24', '192.88.98.255', '192.88.99.0', '192.88.99.255', '192.88.100.0'],
  ['192.168.0.0/16', '192.167.255.255', '192.168.0.0', '192.168.255.255', '192.169.0.0'],
  ['198.18.0.0/15', '198.17.255.255', '198.18.0.0', '198.19.255.255', '198.20.0.0'],
  ['198.51.100.0/24', '198.51.99.255', '198.51.100.0', '198.51.100.255', '198.51.101.0'],
  ['203.0.113.0/24', '203.0.112.255', '203.0.113.0', '203.0.113.255', '203.0.114.0'],
  ['224.0.0.0/4', '223.255.255.255', '224.0.0.0', '239.255.255.255', null],
  ['240.0.0.0/4', null, '240.0.0.0', '255.255.255.255', null],
];

const FS = 'ffff:ffff:ffff:ffff:ffff:ffff';
const ROWS_V6: Row[] = [
  ['::/8', null, '::', `ff:ffff:${FS}`, null],
  ['100::/64', null, '100::', '100::ffff:ffff:ffff:ffff', '100:0:0:1::'],
  ['2001::/23', `2000:ffff:${FS}`, '2001::', `2001:1ff:${FS}`, '2001:200::'],
  ['2001:db8::/32', `2001:db7:${FS}`, '2001:db8::', `2001:db8:${FS}`, '2001:db9::'],
  ['2002::/16', `2001:ffff:${FS}`, '2002::', `2002:ffff:${FS}`, '2003::'],
  ['3fff::/20', `3ffe:ffff:${FS}`, '3fff::', `3fff:fff:${FS}`, '3fff:1000::'],
  ['5f00::/16', `5eff:ffff:${FS}`, '5f00::', `5f00:ffff:${FS}`, '5f01::'],
  ['fc00::/7', `fbff:ffff:${FS}`, 'fc00::', `fdff:ffff:${FS}`, 'fe00::'],
  ['fe80::/10', `fe7f:ffff:${FS}`, 'fe80::', `febf:ffff:${FS}`, null],
  ['fec0::/10', null, 'fec0::', `feff:ffff:${FS}`, null],
  ['ff00::/8', null, 'ff00::', `ffff:ffff:${FS}`, null],
];

/** IPv6 addresses that are judged by the IPv4 address in them, spelt both ways. */
const WRAPPED = ['::ffff:', '::', '64:ff9b::'] as const;
const spelt = (prefix: string, ip: string): string[] => {
  const [a = 0, b = 0, c = 0, d = 0] = ip.split('.').map(Number);
  return [`${prefix}${ip}`, `${prefix}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`];
};

const passes = (ip: string): boolean => judgeAddress(ip, []).allowed;
const verdicts = (ips: readonly string[]) => ips.map((ip) => [ip, passes(ip)]);
const all = (ips: readonly string[], verdict: boolean) => ips.map((ip) => [ip, verdict]);

const V4 = ROWS_V4.map(rangeOf);
const V6 = ROWS_V6.map(rangeOf);

describe.each([...V4, ...V6])('$subnet', ({ ends, neighbours }) => {
  it('is refused from its first address to its last, and its neighbours pass', () => {
    expect(verdicts(ends)).toEqual(all(ends, false));
    expect(verdicts(neighbours)).toEqual(all(neighbours, true));
  });
});

describe.each(V4)('$subnet in IPv6', ({ ends, neighbours }) => {
  it.each(WRAPPED)('is refused in %s, and its neighbours pass', (prefix) => {
    const wrapped = (ips: string[]) => ips.flatMap((ip) => spelt(prefix, ip));
    expect(verdicts(wrapped(ends))).toEqual(all(wrapped(ends), false));
    expect(verdicts(wrapped(neighbours))).toEqual(all(wrapped(neighbours), true));
  });
});

describe('forms that only look as if they wrapped an IPv4 address', () => {
  it.each([
    ['64:ff9b:1::8.8.8.8', 'NAT64 of a network’s own (RFC 8215)'],
    ['64:ff9b::1:808:808', 'beside the well-known prefix'],
    ['64:ff9a:ffff:ffff:ffff:ffff:808:808', 'just before it'],
    ['::ffff:0:808:808', 'IPv4-translated (RFC 2765)'],
    ['::fffe:808:808', 'just before the mapped ones'],
    ['::1:0:808:808', 'just behind them'],
    ['2002:808:808::', '6to4'],
    ['2001:0:808:808::', 'Teredo'],
  ])('%s is refused: %s', (ip) => {
    expect(passes(ip)).toBe(false);
  });
});

describe('what must pass', () => {
  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '192.88.98.255',
    '192.88.100.1',
    '223.255.255.255',
    '2606:4700:4700::1111',
    '64:ff9b::5db8:d822',
  ])('%s does', (ip) => {
    expect(passes(ip)).toBe(true);
  });
});

/** An oracle that shares no code with what it judges: bounds as numbers. */
const numberV6 = (ip: string): bigint => {
  const [head = '', tail] = ip.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':'));
  const [left, right] = [groups(head), groups(tail ?? '')];
  const filled = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return BigInt(`0x${filled.map((group) => group.padStart(4, '0')).join('')}`);
};
const textV6 = (value: bigint): string =>
  (value.toString(16).padStart(32, '0').match(/.{4}/g) ?? []).join(':');

it('all of IPv6 is refused or passes as the list has it, whatever the address', () => {
  const bounds = ROWS_V6.map(([, , first, last]) => [numberV6(first), numberV6(last)] as const);
  const most = 2n ** 128n - 1n;
  const nearAnEdge = fc
    .tuple(fc.constantFrom(...bounds.flat()), fc.bigInt({ min: -300n, max: 300n }))
    .map(([edge, away]) => edge + away)
    .filter((value) => value >= 0n && value <= most);
  fc.assert(
    fc.property(fc.oneof(fc.bigInt({ min: 0n, max: most }), nearAnEdge), (value) => {
      // Those in ::/8 that wrap an IPv4 address are judged above.
      fc.pre(![0n, 0xffffn, 0x64ff9bn << 64n].includes(value >> 32n));
      const isListed = bounds.some(([first, last]) => value >= first && value <= last);
      expect([textV6(value), passes(textV6(value))]).toEqual([textV6(value), !isListed]);
    }),
    { numRuns: 2_000 },
  );
});

it('an IPv4 address is judged the same alone and in any wrapping', () => {
  const part = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(fc.tuple(part, part, part, part), (parts) => {
      const ip = parts.join('.');
      for (const prefix of WRAPPED) {
        for (const text of spelt(prefix, ip)) expect([text, passes(text)]).toEqual([text, passes(ip)]);
      }
    }),
    { numRuns: 1_000 },
  );
});
