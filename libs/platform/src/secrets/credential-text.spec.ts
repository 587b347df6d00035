import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { credentialText, type ShownCredential } from './credential-text.js';

const text = fc.string({ maxLength: 4, unit: fc.constantFrom('a', '"', ',', '\\', '[', ']') });
const shown: fc.Arbitrary<ShownCredential> = fc.oneof(
  fc.record({ kind: fc.constant('code' as const), code: text }),
  fc.record({
    kind: fc.constant('login' as const),
    user: text,
    password: text,
    organisation: fc.option(text),
  }),
  fc.record({ kind: fc.constant('client' as const), id: text, secret: text }),
);

describe('the text of a credential', () => {
  it('is the same for the same credential, and for no other', () => {
    fc.assert(
      fc.property(shown, shown, (one, other) => {
        expect(credentialText({ ...one })).toBe(credentialText(one));
        const isSame = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
        expect(credentialText(one) === credentialText(other)).toBe(isSame);
      }),
    );
  });

  it('tells a login without an organisation from one with an empty one', () => {
    const login = { kind: 'login', user: 'u', password: 'p' } as const;
    expect(credentialText({ ...login, organisation: null })).not.toBe(
      credentialText({ ...login, organisation: '' }),
    );
  });
});

const sorted = (value: object) => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
