import { describe, expect, it } from '@jest/globals';
import { redactUrl } from './redact-url.js';

describe('redactUrl', () => {
  it('leaves an address without secrets as it is', () => {
    for (const url of [
      'https://crm.example/hook',
      'https://crm.example:8443/v1/calls?call=019a9e5c&from=%2B441632960001&x',
      'https://crm.example/019a9e5c-7a00-7000-8000-000000000000/hook',
    ])
      expect(redactUrl(url)).toBe(url);
  });

  it('leaves an e-mail address as it is, also one that looks like a token', () => {
    expect(redactUrl('mailto:a1b2c3d4e5f6a7b8c9@example.com')).toBe('mailto:a1b2c3d4e5f6a7b8c9@example.com');
  });

  it('hides user name and password', () => {
    expect(redactUrl('https://me:s3cret@crm.example/hook')).toBe('https://[redacted]@crm.example/hook');
  });

  it('hides what query parameters with telling names hold, in any spelling', () => {
    const names = [
      'key',
      'token',
      'code',
      'api_key',
      'apikey',
      'apiKey',
      'APIKey',
      'access-token',
      'X-Auth',
      'sig',
      'p%61ssword',
    ];
    for (const name of names) {
      expect(redactUrl(`https://crm.example/hook?a=1&${name}=s3cret&b=2`)).toBe(
        `https://crm.example/hook?a=1&${name}=[redacted]&b=2`,
      );
    }
  });

  it('does not take a harmless name for a telling one', () => {
    const url = 'https://crm.example/hook?keyboard=1&monkey=2&author=3&country_codes=4&%zz=5';
    expect(redactUrl(url)).toBe(url);
  });

  it('hides tokens in the path, as Bitrix24 and Zapier have them', () => {
    expect(redactUrl('https://b24.example/rest/1/a1b2c3d4e5f6g7h8/crm.lead.add')).toBe(
      'https://b24.example/rest/1/[redacted]/crm.lead.add',
    );
  });

  it('shows nothing of what is no address, and no fragment', () => {
    expect(redactUrl('s3cret')).toBe('[redacted]');
    expect(redactUrl('https://crm.example/hook#s3cret')).toBe('https://crm.example/hook');
  });
});
