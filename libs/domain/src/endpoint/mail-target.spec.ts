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
          for (const one of target.recipients) expect(one).toMatch(/^[A-Za-z0-9$'*+/=_~.-]+@[a-z0-9.-]+$/);
          expect(readMailTarget(target.url)).toEqual(target);
        },
      ),
    );
  });
});
