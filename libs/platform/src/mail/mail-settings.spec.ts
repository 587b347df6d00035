import type { AppError } from '#domain';
import { mailSetupOf, type MailSettings } from './mail-settings.js';

const FROM = 'Switchhook <hook@mail.example>';

function settingsOf(SMTP_URL: string, MAIL_FROM = FROM): MailSettings {
  const setup = mailSetupOf({ SMTP_URL, MAIL_FROM });
  if (!setup.ok) throw new Error(setup.missing.join());
  return setup.settings;
}

function refusal(SMTP_URL: string, MAIL_FROM = FROM): AppError {
  try {
    mailSetupOf({ SMTP_URL, MAIL_FROM });
  } catch (error) {
    return error as AppError;
  }
  throw new Error('was not refused');
}

describe('mailSetupOf', () => {
  it('reads server, account and sender', () => {
    expect(settingsOf('smtps://user%40x:p%3A%2Fss@smtp.example')).toEqual({
      host: 'smtp.example',
      port: 465,
      tls: 'implicit',
      account: { user: 'user@x', password: 'p:/ss' },
      from: { name: 'Switchhook', address: 'hook@mail.example' },
    });
    expect(settingsOf('smtp://[::1]:2525/')).toMatchObject({ host: '::1', port: 2525, account: null });
  });

  it('encrypts where there is a password, unless the operator says otherwise', () => {
    expect(settingsOf('smtp://u:p@smtp.example').tls).toBe('required');
    expect(settingsOf('smtp://smtp.example').tls).toBe('offered');
    expect(settingsOf('smtp://u:p@smtp.example?tls=offered').tls).toBe('offered');
    expect(settingsOf('smtp://u:p@smtp.example?tls=none').tls).toBe('none');
    expect(settingsOf('smtp://smtp.example?tls=required').tls).toBe('required');
  });

  it.each([
    ['hook@mail.example', { name: 'Switchhook', address: 'hook@mail.example' }],
    ['"Our hooks" <hook@mail.example>', { name: 'Our hooks', address: 'hook@mail.example' }],
    ['<hook@mail.example>', { name: 'Switchhook', address: 'hook@mail.example' }],
  ])('reads the sender %s', (text, from) => {
    expect(settingsOf('smtp://smtp.example', text).from).toEqual(from);
  });

  it('says what is missing', () => {
    expect(mailSetupOf({ SMTP_URL: undefined, MAIL_FROM: undefined })).toEqual({
      ok: false,
      missing: ['SMTP_URL', 'MAIL_FROM'],
    });
    expect(mailSetupOf({ SMTP_URL: 'smtp://smtp.example', MAIL_FROM: undefined })).toEqual({
      ok: false,
      missing: ['MAIL_FROM'],
    });
  });

  it.each([
    'smtp.example',
    'https://u:sesame@smtp.example',
    'smtp://u:sesame@smtp.example/path',
    'smtp://u:sesame@smtp.example?tls=no',
    'smtp://u:sesame@smtp.example?rejectUnauthorized=false',
    'smtps://u:sesame@smtp.example?tls=none',
    'smtp://u:%E0%A4sesame@smtp.example',
    'smtp://',
  ])('refuses %s without repeating it', (url) => {
    expect(refusal(url)).toMatchObject({ fault: 'misconfigured', code: 'mail.bad_settings' });
    expect(refusal(url).message).toContain('SMTP_URL');
    expect(refusal(url).message).not.toContain('sesame');
  });

  it.each([
    'nobody',
    'a@b',
    'A <a@b.example',
    'x\r\nBcc: y@z.example <a@b.example>',
    'a@b.example, c@d.example',
  ])('refuses the sender %j', (from) => {
    expect(refusal('smtp://smtp.example', from).message).toContain('MAIL_FROM');
  });
});
