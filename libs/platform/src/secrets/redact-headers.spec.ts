import { redactHeaders } from './redact-headers.js';

describe('redactHeaders', () => {
  it.each([
    'Authorization',
    'proxy-authorization',
    'Cookie',
    'set-cookie',
    'X-API-Key',
    'x-auth-token',
    'api_key',
    'X-Client-Secret',
    'x-password',
    'Authentication',
    'X-Authorization',
    'X-Forwarded-Authorization',
    'Proxy-Authenticate-Token',
    'Cookie2',
    'X-Pin',
    'X-Code',
    'X-Access-Code',
    'X-Passphrase',
    'X-Jwt',
    'X-Amzn-Oidc-AccessToken',
    'X-Wsse-Password1',
  ])('hides %s and keeps its name', (name) => {
    expect(redactHeaders({ [name]: 's3cret' })).toEqual({ [name]: '[redacted]' });
  });

  it.each([
    'content-type',
    'user-agent',
    'webhook-id',
    'webhook-signature',
    'x-monkey',
    'x-status-code',
    'x-country-code',
    'content-digest',
    'authentication-results',
    'author',
    'Idempotency-Key',
  ])('shows %s', (name) => {
    expect(redactHeaders({ [name]: 'plain' })).toEqual({ [name]: 'plain' });
  });

  it('leaves the original alone', () => {
    const headers = { authorization: 'Bearer x' };
    redactHeaders(headers);
    expect(headers).toEqual({ authorization: 'Bearer x' });
  });
});
