import fc from 'fast-check';
import { instant } from '#domain';
import { readTokens } from './read-tokens.js';

const NOW = instant(Date.UTC(2026, 10, 29));
const MINUTE = 60_000;

describe('what a token endpoint gave', () => {
  const read = (more: object) => readTokens({ access_token: 'a', ...more }, NOW);

  it.each<[unknown, number | null]>([
    [3600, 59.5 * MINUTE],
    ['3600', 59.5 * MINUTE],
    [30, 15_000],
    [0, 0],
    [undefined, null],
    ['', null],
    ['soon', null],
    [-1, null],
    [Infinity, null],
    [10 * 365 * 86_400, 24 * 60 * MINUTE - 30_000],
  ])('with expires_in %j is used for %j ms', (expires_in, goodForMs) => {
    expect(read({ expires_in })?.goodForMs).toBe(goodForMs);
  });

  it.each([
    [{ refresh_token_expires_in: 86_400 }, NOW + 86_400_000],
    [{ refresh_expires_in: '86400' }, NOW + 86_400_000],
    [{ refresh_expires_in: 0 }, null],
    [{}, null],
  ])('with %j has a refresh token that ends at %j', (more, endsAt) => {
    expect(read(more)?.refreshEndsAt).toBe(endsAt);
  });

  it.each([
    [{ access_token: 'a b' }],
    [{ access_token: '' }],
    [{ access_token: 7 }],
    [{ token_type: 'mac' }],
    [{ token_type: 7 }],
  ])('is of no use as %j', (more) => {
    expect(read(more)).toBeNull();
  });

  it('is a value whatever it is, and one that a header can carry', () => {
    const members = fc.record(
      {
        access_token: fc.oneof(fc.string(), fc.anything()),
        refresh_token: fc.anything(),
        token_type: fc.constantFrom<unknown>(undefined, 'Bearer', 'bearer', 'x', 1),
        expires_in: fc.anything(),
        refresh_expires_in: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(members, (given) => {
        const tokens = readTokens(given, NOW);
        if (tokens === null) return;
        expect(tokens.access).toMatch(/^[\x21-\x7e]+$/);
        expect(tokens.goodForMs ?? 0).toBeGreaterThanOrEqual(0);
        expect(tokens.refresh).not.toBe('');
        expect(Number.isSafeInteger(tokens.refreshEndsAt ?? 0)).toBe(true);
      }),
    );
  });
});
