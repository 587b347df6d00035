import { hashToken, newToken } from './token.js';

describe('tokens', () => {
  it('carry their prefix and 256 random bits', () => {
    expect(newToken('swh')).toMatch(/^swh_[\w-]{43}$/);
    expect(newToken('swh')).not.toBe(newToken('swh'));
  });

  it('are stored as their SHA-256', () => {
    expect(hashToken('abc').toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
