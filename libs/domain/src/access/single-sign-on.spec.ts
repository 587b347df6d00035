import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { domainOf, judgeIdentity, ownPath, satisfiesSso } from './single-sign-on.js';

const DOMAINS = ['acme.example'];
const CLAIMS = { email: 'Noa@Acme.example', email_verified: true, name: 'Noa Bar' };

describe('who somebody is by what a provider says', () => {
  it('is their verified address, in lower case, and their name', () => {
    const identity = { ok: true, email: 'noa@acme.example', name: 'Noa Bar', secondFactor: false };
    expect(judgeIdentity(CLAIMS, DOMAINS)).toEqual(identity);
    expect(judgeIdentity({ ...CLAIMS, email_verified: 'true' }, DOMAINS)).toEqual(identity);
    expect(judgeIdentity({ ...CLAIMS, email_verified: undefined, xms_edov: '1' }, DOMAINS)).toEqual(identity);
    expect(judgeIdentity({ ...CLAIMS, name: ['Noa'] }, DOMAINS)).toMatchObject({ name: 'noa@acme.example' });
    expect(judgeIdentity({ ...CLAIMS, amr: ['pwd', 'mfa'] }, DOMAINS)).toMatchObject({ secondFactor: true });
    expect(judgeIdentity({ ...CLAIMS, amr: 'mfa' }, DOMAINS)).toMatchObject({ secondFactor: false });
  });

  it('is nobody without an address that is verified and of the domains', () => {
    const code = (claims: object) => {
      const identity = judgeIdentity({ ...CLAIMS, ...claims }, DOMAINS);
      return identity.ok ? identity.email : identity.code;
    };
    expect(code({ email: undefined })).toBe('oidc.no_email');
    expect(code({ email: 'noa@elsewhere.example@acme.example' })).toBe('oidc.no_email');
    // A sign of Kelvin becomes a k.
    expect(code({ email: '\u212aim@acme.example' })).toBe('oidc.no_email');
    for (const email_verified of [false, 'false', undefined, null, 0, {}, 'yes']) {
      expect(code({ email_verified })).toBe('oidc.email_unverified');
    }
    expect(code({ email: 'noa@sub.acme.example' })).toBe('oidc.foreign_domain');
    expect(code({ email: 'noa@notacme.example' })).toBe('oidc.foreign_domain');
  });

  it('is never of another domain, whatever is said', () => {
    fc.assert(
      fc.property(
        fc.record({ email: fc.anything(), email_verified: fc.anything(), name: fc.anything() }),
        (claims) => {
          const identity = judgeIdentity(claims, DOMAINS);
          return !identity.ok || domainOf(identity.email) === DOMAINS[0];
        },
      ),
    );
  });
});

describe('a path of ours', () => {
  it('is one that browsers read so too', () => {
    expect(ownPath('/calls?from=1#x')).toBe('/calls?from=1#x');
    expect(ownPath('/a/../b')).toBe('/b');
    const wrong = ['', 'calls', '//evil.example', '/\\evil.example', '/\t/evil.example', '/.//evil.example'];
    for (const text of [...wrong, 'https://evil.example', '/\n//evil.example', '\\/evil.example']) {
      expect([text, ownPath(text)]).toEqual([text, null]);
    }
  });

  it('leads nowhere else, whatever it is', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      'a',
      '\t',
      '\n',
      '@',
      ':',
      'evil.example',
      '?',
      '#',
      '%2f',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const path = ownPath(`/${pieces.join('')}`);
        return path === null || new URL(path, 'https://own.example/x').origin === 'https://own.example';
      }),
    );
  });
});

describe('single sign-on', () => {
  it('is satisfied by the tenant’s own provider, or by any where any will do', () => {
    const [password, own, other, installation] = [
      { providerId: null, tenantId: null },
      { providerId: 'p', tenantId: 'one' },
      { providerId: 'p', tenantId: 'two' },
      { providerId: 'p', tenantId: null },
    ];
    const by = (need: 'own' | 'any' | null) =>
      [password, own, other, installation].map((session) => satisfiesSso(need, 'one', session));
    expect(by(null)).toEqual([true, true, true, true]);
    expect(by('any')).toEqual([false, true, true, true]);
    expect(by('own')).toEqual([false, true, false, false]);
  });
});
