import { describe, expect, it } from '@jest/globals';
import { rateLimitHeaders } from './rate-limit-headers.js';

describe('rateLimitHeaders', () => {
  it('tells the limit, what is left, and whole seconds that are never too few', () => {
    expect(rateLimitHeaders(600, 60, { remaining: 599, msBeforeNext: 59_001 })).toEqual({
      'ratelimit-limit': '600',
      'ratelimit-remaining': '599',
      'ratelimit-reset': '60',
      'ratelimit-policy': '600;w=60',
    });
  });

  it('knows nothing below nothing', () => {
    const headers = rateLimitHeaders(600, 60, { remaining: -1, msBeforeNext: -1 });
    expect(headers).toMatchObject({ 'ratelimit-remaining': '0', 'ratelimit-reset': '0' });
  });
});
