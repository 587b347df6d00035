import fc from 'fast-check';
import { isIP } from 'node:net';
import { sourceAddress, sourceKey } from './source-address.js';

const PEER = '10.0.0.1';

describe('where a request comes from', () => {
  it.each<[string, string | undefined, number, string | null]>([
    ['the peer, as no header is believed', '203.0.113.9', 0, PEER],
    ['whom the one proxy saw', '203.0.113.9', 1, '203.0.113.9'],
    ['whom the one proxy saw, whatever the sender put in front', '1.2.3.4, 203.0.113.9', 1, '203.0.113.9'],
    ['whom the outer of two proxies saw', '1.2.3.4, 203.0.113.9, 10.0.0.2', 2, '203.0.113.9'],
    ['the peer, where the header is shorter than our proxies are many', '203.0.113.9', 2, PEER],
    ['the peer, where there is no header', undefined, 1, PEER],
    ['the peer, where the header is no address', 'unknown', 1, PEER],
    ['the peer, where it is somebody’s script', '<script>, 1.2.3.4.5', 1, PEER],
    ['the peer, where it is a name', 'pbx.example', 1, PEER],
    ['the peer, where it is empty', '', 1, PEER],
    ['an address without its port', '203.0.113.9:4711', 1, '203.0.113.9'],
    ['IPv6', '2001:DB8::9', 1, '2001:db8::9'],
    ['IPv6 without its port', '[2001:db8::9]:443', 1, '2001:db8::9'],
    ['IPv4 that is mapped', '::ffff:203.0.113.9', 1, '203.0.113.9'],
  ])('is %s', (_, header, hops, expected) => {
    expect(sourceAddress(header, PEER, hops)).toBe(expected);
  });

  it('is nowhere when the sender was gone at once', () => {
    expect(sourceAddress(undefined, null, 0)).toBeNull();
    expect(sourceAddress('nonsense', undefined, 1)).toBeNull();
  });

  it('is an address or nowhere, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(5), (header, hops) => {
        const address = sourceAddress(header, PEER, hops);
        expect(address !== null && isIP(address) > 0).toBe(true);
      }),
    );
  });

  it('does not depend on what the sender claims', () => {
    fc.assert(
      fc.property(fc.array(fc.ipV4()), fc.ipV4(), (claimed, real) => {
        expect(sourceAddress([...claimed, real].join(', '), PEER, 1)).toBe(real);
      }),
    );
  });
});

describe('what is one source', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    [null, 'unknown'],
  ])('%s is %s', (address, key) => {
    expect(sourceKey(address)).toBe(key);
  });
});
