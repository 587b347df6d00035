import fc from 'fast-check';
import { maskQuery } from './mask-query.js';

describe('maskQuery', () => {
  it.each([
    'code',
    'Code',
    'password',
    'pwd',
    'pass',
    'token',
    'access_token',
    'org_token',
    'api_key',
    'apiKey',
    'X-API-Key',
    'key',
    'secret',
    'client_secret',
    'phonelogincode',
    'p%61ssword',
    'auth',
    'user[password]',
    'amp;token',
    'signature',
  ])('hides what %s holds', (name) => {
    expect(maskQuery(`a=1&${name}=s3cr%65t&b=2`)).toBe(`a=1&${name}=[redacted]&b=2`);
    expect(maskQuery(`${name}=s3cret`)).toBe(`${name}=[redacted]`);
    expect(maskQuery(`kind=3?${name}=s3;cret&c=1`)).toBe(`kind=3?${name}=[redacted]&c=1`);
    expect(maskQuery(`a=1;${name}=s3cret`)).toBe(`a=1;${name}=[redacted]`);
  });

  it.each([
    '',
    'CallID=1&CallerIDName=pass&CallStatus=token',
    'representative_code=7&representativecode=7&keyboard=1&monkey=2&author=3&passenger=4&country_codes=5&pinned=1',
    'a=%zz&%zz=1&x=100%',
    'password=&token',
  ])('leaves everything else byte for byte: %s', (query) => {
    expect(maskQuery(query)).toBe(query);
  });

  it('changes nothing when it is done again, and never the number of parameters', () => {
    const parts = fc.constantFrom('token', 'a', '=', '&', '?', ';', '%', '%61', 'key', '[redacted]', 'ש');
    fc.assert(
      fc.property(fc.array(parts), (pieces) => {
        const query = pieces.join('');
        const masked = maskQuery(query);
        expect(maskQuery(masked)).toBe(masked);
        expect(masked.split('&')).toHaveLength(query.split('&').length);
      }),
    );
  });
});
