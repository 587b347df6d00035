import fc from 'fast-check';
import { checkTargetUrl } from './target-guard.js';
import { targetPolicy } from './target-policy.js';

const STRICT = targetPolicy([]);
const DEVELOPMENT = targetPolicy(['127.0.0.0/8']);

/** Why a URL is refused; empty when it is not. */
function refusal(url: string): string {
  const verdict = checkTargetUrl(url, STRICT);
  return verdict.ok ? '' : verdict.reason;
}

describe('checkTargetUrl', () => {
  it.each([
    'https://crm.example/hook?x=1',
    'http://crm.example:8080/',
    'https://crm.example./',
    'https://8.8.8.8/',
    'https://[2606:4700:4700::1111]/x',
    'HTTPS://CRM.EXAMPLE:443',
    'http://crm.example:1024/',
    'http://crm.example:65535/',
  ])('accepts %s', (url) => {
    expect(checkTargetUrl(url, STRICT)).toMatchObject({ ok: true });
  });

  it.each([
    ['', 'not a complete URL'],
    ['crm.example/hook', 'not a complete URL'],
    ['//crm.example', 'not a complete URL'],
    ['http://', 'not a complete URL'],
    ['http://256.1.1.1/', 'not a complete URL'],
    ['ftp://crm.example/', 'http:// or https://'],
    ['file:///etc/passwd', 'http:// or https://'],
    ['javascript:alert(1)', 'http:// or https://'],
    ['gopher://127.0.0.1:6379/_x', 'http:// or https://'],
    ['https://user@crm.example/', 'user name or password'],
    ['https://user:secret@crm.example/', 'user name or password'],
    ['https://crm.example@169.254.169.254/', 'user name or password'],
    ['http://127../', 'empty part'],
    ['http://crm..example/', 'empty part'],
    ['http://./', 'empty part'],
    ['http://.crm.example/', 'empty part'],
    ['http://crm.example:22/', 'Port 22'],
    ['http://crm.example:25/', 'Port 25'],
    ['http://crm.example:1023/', 'Port 1023'],
    ['http://crm.example:0/', 'Port 0'],
  ])('refuses %p', (url, why) => {
    expect(refusal(url)).toContain(why);
  });

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0x7f.0.0.1/',
    'http://0177.0.0.1/',
    'http://017700000001/',
    'http://127.0.0.1./',
    'http://１２７.０.０.１/',
    'http://127。0。0。1/',
    'http://%31%32%37.0.0.1/',
    'http:\\\\127.0.0.1\\',
    'http://0/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:7f00:1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[64:ff9b::169.254.169.254]/',
    'http://169.254.169.254/latest/meta-data',
    'http://2852039166/',
    'http://[fd00:ec2::254]/',
  ])('sees through the disguise of %s', (url) => {
    expect(refusal(url)).toContain('which is not allowed');
  });

  it('a zone in an address is no URL', () => {
    expect(checkTargetUrl('http://[fe80::1%25eth0]/', STRICT).ok).toBe(false);
  });

  it('refuses a URL that is too long', () => {
    expect(checkTargetUrl(`https://crm.example/${'x'.repeat(2_048)}`, STRICT)).toMatchObject({ ok: false });
  });

  it('an operator may open a subnet', () => {
    expect(checkTargetUrl('http://127.0.0.1:8080/', DEVELOPMENT).ok).toBe(true);
    expect(checkTargetUrl('http://10.0.0.1:8080/', DEVELOPMENT).ok).toBe(false);
  });

  it('an operator may set the ports', () => {
    const only443 = targetPolicy([], { exactly: [443], from: 65_536 });
    expect(checkTargetUrl('https://crm.example/', only443).ok).toBe(true);
    expect(checkTargetUrl('https://crm.example:8443/', only443).ok).toBe(false);
  });

  it('every number that a loopback address can be written as is refused', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0x7f000000, max: 0x7fffffff }),
        fc.constantFrom<readonly [string, number]>(['0', 8], ['', 10], ['0x', 16]),
        (number, [prefix, radix]) => {
          expect(checkTargetUrl(`http://${prefix}${number.toString(radix)}/`, STRICT).ok).toBe(false);
        },
      ),
    );
  });

  it('takes any text without throwing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (text) => {
        expect(typeof checkTargetUrl(text, STRICT).ok).toBe('boolean');
      }),
    );
  });
});
