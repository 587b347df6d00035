import { REFUSAL_REASONS, readRefusalReason, refusalWords } from './refusal.js';

describe('what was refused', () => {
  it.each(REFUSAL_REASONS)('is told in a sentence: %s', (reason) => {
    expect(refusalWords({ reason, count: 1 })).toMatch(/^1 webhook of the last 24 hours .*\.$/);
    expect(refusalWords({ reason, count: 2 })).toMatch(/^2 webhooks /);
    expect(refusalWords({ reason, count: 2 }, 'request')).toMatch(/^2 requests of the last 24 hours /);
    expect(readRefusalReason(reason)).toBe(reason);
  });

  it('is not known by words of the language', () => {
    expect(['constructor', '__proto__', ''].map(readRefusalReason)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
