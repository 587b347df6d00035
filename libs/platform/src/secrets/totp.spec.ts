import { describe, expect, it } from '@jest/globals';
import { newTotpSecret, totpCode, totpStepOf, totpUri } from './totp.js';

/** `12345678901234567890`, as RFC 6238 has it, in base32. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('TOTP', () => {
  // RFC 6238, appendix B, the last six digits.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('gives the code that the RFC has at second %i', (second, code) => {
    expect(totpCode(SECRET, Math.floor(second / 30))).toBe(code);
  });

  it('takes a code one step early or late and no further, also with a blank in it', () => {
    const now = 1_111_111_111_000;
    const step = Math.floor(now / 30_000);
    const taken = [-2, -1, 0, 1, 2].map((drift) => totpStepOf(SECRET, totpCode(SECRET, step + drift), now));
    expect(taken).toEqual([null, step - 1, step, step + 1, null]);
    expect(totpStepOf(SECRET, '050 471', now)).toBe(step);
    for (const code of ['', '05047', '0504711', '０５０４７１', 'abcdef'])
      expect(totpStepOf(SECRET, code, now)).toBeNull();
  });

  it('makes secrets of 160 bits that apps take', () => {
    expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
    expect(newTotpSecret()).not.toBe(newTotpSecret());
    expect(totpUri(SECRET, 'a@b.example')).toBe(
      `otpauth://totp/Switchhook:a%40b.example?secret=${SECRET}&issuer=Switchhook`,
    );
  });
});
