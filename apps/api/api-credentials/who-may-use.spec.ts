import { describe, expect, it } from '@jest/globals';
import { isNetwork, isOrigin } from './who-may-use.decorator.js';

describe('a network that a credential is used from', () => {
  it.each(['192.0.2.7', '10.0.0.0/8', '0.0.0.0/0', '2001:db8::1', '2001:db8::/32', '::/0'])(
    'may be %s',
    (text) => {
      expect(isNetwork(text)).toBe(true);
    },
  );

  it.each([
    '10/8',
    '010.0.0.1',
    '10.0.0.0/33',
    '::/129',
    'fe80::1%eth0',
    'crm.example',
    '',
    ' 10.0.0.1',
    7,
    null,
  ])('is not %j', (text) => {
    expect(isNetwork(text)).toBe(false);
  });
});

describe('the origin of a page that may use a credential', () => {
  it.each(['https://crm.example', 'https://crm.example:8443'])('may be %s', (text) => {
    expect(isOrigin(text)).toBe(true);
  });

  it.each([
    'http://crm.example',
    'https://crm.example/',
    'https://CRM.example',
    'https://*.example',
    'null',
    '*',
    7,
  ])('is not %j', (text) => {
    expect(isOrigin(text)).toBe(false);
  });
});
