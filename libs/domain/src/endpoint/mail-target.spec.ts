import fc from 'fast-check';
import { isMailAddress, readMailTarget } from './mail-target.js';

describe('readMailTarget', () => {
  it('reads one address or several, each once, and keeps them in one spelling', () => {
    expect(readMailTarget('MAILTO:Ops@Example.COM')).toEqual({
      ok: true,
      recipients: ['Ops@example.com'],
      url: 'mailto:Ops@example.com',
    });
    expect(readMailTarget('mailto:a@example.com, b+night@mail.example.com ,a@EXAMPLE.com')).toMatchObject({
      url: 'mailto:a@example.com,b+night@mail.example.com',
    });
  });

  it.each([
    'https://crm.example/hook',
    'mailto:',
    'mailto:ops',
    'mailto:@example.com',
    'mailto:ops@',
    'mailto:ops@localhost',
    'mailto:ops@127.0.0.1',
    'mailto:ops@[127.0.0.1]',
    'mailto:ops@example.com?bcc=all@example.com',
    'mailto:ops@example.com?subject=x',
    'mailto:ops%0d%0aBcc:x@example.com',
    'mailto:ops@example.com\r\nBcc:x@example.com',
    'mailto:"Ops" <ops@example.com>',
    'mailto:ops@example.com,',
    'mailto:a@b@example.com',
    'mailto:.ops@example.com',
    'mailto:-ops@example.com',
    'mailto:--f@example.com',
    'mailto:ok@example.com,-ops@example.com',
    'mailto:host!ops@example.com',
    'mailto:!ops@example.com',
    'mailto:ops!@example.com',
    'mailto://ops@example.com',
    'mailto:/ops@example.com',
    'mailto:///etc/passwd@example.com',
    'mailto:|ops@example.com',
    'mailto:ops%example.org@example.com',
    'mailto:ops@-example.com',
    `mailto:${'x'.repeat(65)}@example.com`,
    `mailto:${[1, 2, 3, 4, 5, 6].map((number) => `ops${number}@example.com`).join(',')}`,
  ])('refuses %s, and says why', (text) => {
    const target = readMailTarget(text);
    expect(target.ok).toBe(false);
    expect(target.ok ? '' : target.reason).toMatch(/\.$/);
  });

  it.each([
    '-ops@example.com',
    '-oQ/tmp@example.com',
    '--help@example.com',
    '-@example.com',
    'host!ops@example.com',
    '!ops@example.com',
    'ops!@example.com',
    'bang!path!ops@example.com',
    '/dev/null@example.com',
    'ops/night@example.com',
    'ops%other.example@example.com',
    '@relay.example:ops@example.com',
    '|cat@example.com',
    '`id`@example.com',
    '$(id)@example.com',
    '\\ops@example.com',
    'ops @example.com',
    'ops@ example.com',
    'ops@example.com.',
    'ops@example..com',
    'ops@exa_mple.com',
    'ops@example-.com',
    'ops@.com',
    'ops@example.c',
    'ops@example.123',
    'ops..night@example.com',
    'ops.@example.com',
    '"ops"@example.com',
    'ops(comment)@example.com',
    'ops;night@example.com',
    'ops:night@example.com',
    'ops&x=y@example.com',
    'ops#x@example.com',
    'ops\u0000@example.com',
    'ops\u200b@example.com',
    'öps@example.com',
    'ops@exämple.com',
    'ops@example.com\n',
    '',
  ])('writes to nobody at %j, alone or in a row', (address) => {
    expect(isMailAddress(address)).toBe(false);
    // Blanks around an address are no part of it.
    if (address.trim() !== address) return;
    expect(readMailTarget(`mailto:${address}`).ok).toBe(false);
    expect(readMailTarget(`mailto:ops@example.com,${address}`).ok).toBe(false);
  });

  it.each([
    "o'brien@example.com",
    'ops+night@example.com',
    '+ops@example.com',
    '_ops@example.com',
    'ops-@example.com',
    'a.-b@example.com',
    'prvs=1=ops@example.com',
    '1@example.com',
    'ops@1.example.com',
    'ops@xn--exmple-cua.com',
    `${'x'.repeat(64)}@example.com`,
  ])('writes to %s', (address) => {
    expect(readMailTarget(`mailto:${address}`)).toMatchObject({ ok: true, recipients: [address] });
  });

  it.each([
    'mailto://ops@example.com',
    'MAILTO:///ops@example.com',
    'mailto:/ops@example.com',
    'mailto: //ops@example.com',
  ])('says what is wrong with %s', (text) => {
    expect(readMailTarget(text)).toEqual({
      ok: false,
      reason:
        'The URL of an e-mail endpoint is written like mailto:ops@example.com. No slash follows the colon.',
    });
  });

  it('lets nothing through that could be more than addresses, whatever it is given', () => {
    const pieces = fc.constantFrom(
      'mailto:',
      'a',
      'B',
      '@',
      '.',
      ',',
      'example.com',
      '?',
      '%0a',
      '\r\n',
      '<',
      '"',
      ' ',
      ';',
      ':',
      '-',
      '!',
      '/',
      '\0',
      'é',
      '-',
      '!',
      '/',
    );
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 12 }).map((parts) => `mailto:${parts.join('')}`),
        (text) => {
          const target = readMailTarget(text);
          if (!target.ok) return;
          expect(target.recipients.every(isMailAddress)).toBe(true);
          for (const one of target.recipients)
            expect(one).toMatch(/^[A-Za-z0-9$'*+=_~][A-Za-z0-9$'*+=_~.-]*@[a-z0-9.-]+$/);
          expect(readMailTarget(target.url)).toEqual(target);
        },
      ),
    );
  });
});
