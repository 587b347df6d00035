import { describe, expect, it } from '@jest/globals';
import { NO_ACCESS, type RecordingAccess } from './recording-access.js';
import { vendorRequest } from './vendor-request.js';

const ADDRESS = { by: 'address', told: 'https://pbx.example/1.mp3?a=1' } as const;
const NAME = { by: 'name', told: '../rec 1&x=.wav', domain: 'pbx.example' } as const;
const HOSTS = ['pbx.example'];
const BASIC = { kind: 'basic', user: 'u', password: 'p:ä' } as const;

const request = (access: Partial<RecordingAccess>, source: typeof ADDRESS | typeof NAME = ADDRESS) =>
  vendorRequest(source, { ...NO_ACCESS, ...access }, 'call/1');
const code = (of: string) =>
  expect.objectContaining({ code: `recording.${of}`, status: 502 }) as unknown as Error;

describe('vendorRequest', () => {
  it('asks the address itself where nothing was set', () => {
    expect(request({})).toEqual({ url: ADDRESS.told, headers: {} });
  });

  it('shows user and password, a header or a parameter', () => {
    const basic = `Basic ${Buffer.from('u:p:ä').toString('base64')}`;
    expect(request({ credentials: BASIC, hosts: HOSTS }).headers).toEqual({ authorization: basic });
    const header = { kind: 'header', name: 'X-Key', value: 'v' } as const;
    expect(request({ credentials: header, hosts: HOSTS })).toEqual({
      url: ADDRESS.told,
      headers: { 'x-key': 'v' },
    });
    const query = { kind: 'query', name: 'a', value: 'b&c' } as const;
    expect(request({ credentials: query, hosts: HOSTS })).toEqual({
      url: 'https://pbx.example/1.mp3?a=b%26c',
      headers: {},
    });
  });

  it('shows credentials to no host that was not named: whoever can send a webhook chooses the address', () => {
    for (const hosts of [[], ['other.example'], ['*.pbx.example'], ['example'], ['*.ple']]) {
      expect(() => request({ credentials: BASIC, hosts })).toThrow(code('untrusted_host'));
    }
    for (const hosts of [['pbx.example'], ['other.example', '*.example']]) {
      expect(request({ credentials: BASIC, hosts }).headers).toHaveProperty('authorization');
    }
    const evil = { by: 'name', told: 'x', domain: 'evil.example' } as const;
    const access = { ...NO_ACCESS, credentials: BASIC, hosts: HOSTS, template: 'https://{domain}/{record}' };
    expect(() => vendorRequest(evil, access, 'c')).toThrow(code('untrusted_host'));
  });

  it('makes an address of a file’s name, escaped, so that it cannot leave its place', () => {
    const template = 'https://{domain}/play?file={record}&id={callid}';
    expect(request({ template }, NAME).url).toBe(
      'https://pbx.example/play?file=..%2Frec%201%26x%3D.wav&id=call%2F1',
    );
  });

  it.each([
    ['https://pbx.example/rec/{record}/play', '..'],
    ['https://pbx.example/rec/{record}/play', '.'],
    ['https://pbx.example/rec/.{record}', '.'],
    ['https://{record}/play', 'evil.example'],
    ['https://pbx.example:{record}/play', '8080'],
    ['https://pbx.example{record}/play', '.evil.example'],
    ['https://{record}.example/play', 'evil'],
  ])('lets no name choose a host or climb: %s with %s', (template, told) => {
    const source = { by: 'name', told, domain: 'pbx.example' } as const;
    const access = { ...NO_ACCESS, template };
    expect(() => vendorRequest(source, access, 'c')).toThrow(code('unreadable_address'));
  });

  it.each([
    ['base64', 'Li4vcmVjIDEmeD0ud2F2'],
    ['base64url', 'Li4vcmVjIDEmeD0ud2F2'],
    ['hex', Buffer.from(NAME.told).toString('hex')],
  ] as const)('turns the name into %s first, where the vendor wants it', (encoding, expected) => {
    expect(request({ template: 'https://pbx.example/{record}', encoding }, NAME).url).toBe(
      `https://pbx.example/${expected}`,
    );
  });

  it('says what is missing', () => {
    expect(() => request({}, NAME)).toThrow(code('no_template'));
    const nowhere = { ...NAME, domain: '' };
    const access = { ...NO_ACCESS, template: 'https://{domain}/x' };
    expect(() => vendorRequest(nowhere, access, 'c')).toThrow(code('unreadable_address'));
  });
});
