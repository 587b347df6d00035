import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { SecretBox } from './secret-box.js';

const OLD = `k1:${randomBytes(32).toString('base64')}`;
const NEW = `k2:${randomBytes(32).toString('base64')}`;

function withCode(code: string): Error {
  return expect.objectContaining({ code, fault: 'misconfigured' }) as Error;
}

describe('SecretBox', () => {
  const box = SecretBox.fromKeys(OLD);

  it('opens what it sealed, and what it sealed shows nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, context) => {
        const sealed = box.seal(text, context);
        expect(sealed).toMatch(/^v1\.k1\.[\w-]{16}\.[\w-]{22,}$/);
        expect(box.open(sealed, context)).toBe(text);
      }),
    );
  });

  it('seals the same text differently each time', () => {
    expect(box.seal('x', 'c')).not.toBe(box.seal('x', 'c'));
  });

  it('does not open a secret that was moved to another row', () => {
    const sealed = box.seal('s3cret', 'endpoint_secret:1');
    expect(() => box.open(sealed, 'endpoint_secret:2')).toThrow(withCode('secrets.unreadable'));
  });

  it('notices every changed byte', () => {
    const sealed = box.seal('s3cret', 'c');
    const bodyAt = 'v1.k1.'.length;
    fc.assert(
      fc.property(
        fc.integer({ min: bodyAt, max: sealed.length - 2 }),
        fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', '-', '_', '.'),
        (at, letter) => {
          fc.pre(sealed[at] !== letter);
          const changed = sealed.slice(0, at) + letter + sealed.slice(at + 1);
          expect(() => box.open(changed, 'c')).toThrow(withCode('secrets.unreadable'));
        },
      ),
    );
  });

  it.each(['', 'plain', 'v2.k1.a.b', 'v1.k1', 'v1.k1..', 'v1.k1.AAAA.AAAA', `v1.k1.${'A'.repeat(16)}.AAAA`])(
    'does not open %p',
    (text) => {
      expect(() => box.open(text, 'c')).toThrow(withCode('secrets.unreadable'));
    },
  );

  it('after a rotation the new key seals and the old one still opens', () => {
    const rotated = SecretBox.fromKeys(`${NEW}, ${OLD}`);
    const old = box.seal('s3cret', 'c');
    const fresh = rotated.seal('s3cret', 'c');
    expect(rotated.open(old, 'c')).toBe('s3cret');
    expect(fresh).toMatch(/^v1\.k2\./);
    expect([rotated.isCurrent(old), rotated.isCurrent(fresh)]).toEqual([false, true]);
  });

  it('says which key is missing', () => {
    const sealed = SecretBox.fromKeys(NEW).seal('s3cret', 'c');
    expect(() => box.open(sealed, 'c')).toThrow(withCode('secrets.unknown_key'));
    expect(() => box.open(sealed, 'c')).toThrow('k2');
  });

  it('a sealed text cannot be passed off as sealed by another key', () => {
    const sameBytes = OLD.replace('k1:', 'k3:');
    const both = SecretBox.fromKeys(`${OLD},${sameBytes}`);
    expect(() => both.open(box.seal('x', 'c').replace('.k1.', '.k3.'), 'c')).toThrow(
      withCode('secrets.unreadable'),
    );
  });

  it.each(['', 'k1', 'k1:', 'k1:AAAA', `${OLD},`, `${OLD},${OLD}`, `k.1:${OLD.slice(3)}`])(
    'does not start with the key list %p, and does not show it',
    (text) => {
      expect(() => SecretBox.fromKeys(text)).toThrow(withCode('secrets.bad_keys'));
      expect(() => SecretBox.fromKeys(text)).not.toThrow(OLD.slice(3));
    },
  );
});
