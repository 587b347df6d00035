import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instant } from '#domain';
import { readLogin } from './read-login.js';
import { writeLogin, writeRefusal, writeSettings } from './write-login.js';

describe('a login', () => {
  it.each([
    ['a token', { token: 't' }, { kind: 'code', code: 't' }],
    ['a code in the socket', 'secret', { kind: 'code', code: 'secret' }],
    ['a code with its name', { code: 'secret', organizationCode: '1' }, { kind: 'code', code: 'secret' }],
    [
      'an e-mail address',
      { email: 'a@b.c', pin: 1234 },
      { kind: 'login', user: 'a@b.c', password: '1234', organisation: null },
    ],
    [
      'an account',
      { username: 'acme', password: 'p' },
      { kind: 'login', user: 'acme', password: 'p', organisation: null },
    ],
    [
      'the newer kind',
      { identityType: 'User', username: 'a@b.c', password: 'p' },
      { kind: 'login', user: 'a@b.c', password: 'p', organisation: null },
    ],
    ['the newer kind with a token', { identityType: 'Token', token: 't' }, { kind: 'code', code: 't' }],
  ])('is read from %s', (_, given, presented) => {
    expect(readLogin(given)).toEqual({ ok: true, presented });
  });

  it('is never read from junk, and never throws', () => {
    for (const junk of [
      undefined,
      null,
      '',
      ' ',
      7,
      {},
      [],
      { email: 'a' },
      { token: { a: 1 } },
      'x'.repeat(600),
    ]) {
      expect(readLogin(junk).ok).toBe(false);
    }
    fc.assert(fc.property(fc.anything(), (given) => typeof readLogin(given).ok === 'boolean'));
  });

  it('is answered in the one shape that both clients read', () => {
    const at = instant(Date.UTC(2026, 6, 1, 12));
    const token = (text: string) => ({ token: text, expiresAt: at });
    const facts = {
      host: 'calls.example:8443',
      tokens: { socket: token('s'), refresh: token('r'), access: token('a') },
      person: 42,
    };
    expect(writeLogin(facts)).toEqual({
      StatusCode: 200,
      Status: 'OK',
      Data: {
        Socket: {
          URL: 'https://calls.example:8443',
          URLList: ['https://calls.example:8443'],
          Token: 's',
          TokenExpiry: new Date(at).toISOString(),
          RefreshToken: 'r',
          RefreshTokenExpiry: new Date(at).toISOString(),
          PersonId: 42,
          Client: '',
          Version: '1.3.7',
        },
        AccessToken: 'a',
        RefreshToken: 'r',
      },
    });
    expect(writeSettings(facts)).toMatchObject({
      IdentityCode: 's',
      MonitorList: [{ Domain: 'calls.example:8443', Version: '1.3.7', Priority: 1, URLID: 1 }],
    });
    expect(writeRefusal(401, 'Authorization failed.')).toMatchObject({
      StatusCode: 401,
      error: 'Authorization failed.',
    });
  });
});
