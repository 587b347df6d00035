import { isLoopbackAddress } from './is-loopback-address.js';

describe('isLoopbackAddress', () => {
  it.each(['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])('takes %s for this machine', (address) => {
    expect(isLoopbackAddress(address)).toBe(true);
  });

  it.each([
    '10.0.0.1',
    '172.17.0.1',
    '0.0.0.0',
    '::',
    '::ffff:10.0.0.1',
    'fe80::1%eth0',
    'localhost',
    '',
    undefined,
  ])('does not take %s for it', (address) => {
    expect(isLoopbackAddress(address)).toBe(false);
  });
});
