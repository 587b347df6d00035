// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { signedRequestOf, verify } from './signature';

const SECRET = `whsec_${btoa('0123456789abcdef0123456789abcdef')}`;
const BODY = '{"note":"שלום"}';
const HEAD = { id: 'msg', timestamp: '1700000000' };
const signed = new TextEncoder().encode(`msg.1700000000.${BODY}`);

const text = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)));

async function hmac(): Promise<string> {
  const bytes = new TextEncoder().encode('0123456789abcdef0123456789abcdef');
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign']);
  return text(await crypto.subtle.sign('HMAC', key, signed));
}

describe('signatures', () => {
  it('are right of the secret that signed, also beside another one', async () => {
    const request = { ...HEAD, signature: `v1,AAAA v1,${await hmac()}` };
    expect(await verify(request, BODY, ` ${SECRET}\n`)).toBe('verified');
  });

  it('are wrong of another body, another time and another secret', async () => {
    const request = { ...HEAD, signature: `v1,${await hmac()}` };
    expect(await verify(request, `${BODY} `, SECRET)).toBe('wrong');
    expect(await verify({ ...request, timestamp: '1700000001' }, BODY, SECRET)).toBe('wrong');
    expect(await verify(request, BODY, `whsec_${btoa('other')}`)).toBe('wrong');
  });

  it('are checked with a public key as well', async () => {
    const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
    if (!('privateKey' in pair)) throw new Error('It is a pair.');
    const raw = text(await crypto.subtle.exportKey('raw', pair.publicKey));
    const signature = text(await crypto.subtle.sign('Ed25519', pair.privateKey, signed));
    expect(await verify({ ...HEAD, signature: `v1a,${signature}` }, BODY, `whpk_${raw}`)).toBe('verified');
  });

  it.each(['', 'secret', 'whsec_', 'whsec_***', 'whpk_AAAA'])('know that %j is no secret', async (secret) => {
    expect(await verify({ ...HEAD, signature: 'v1,AAAA' }, BODY, secret)).toBe('badSecret');
  });

  it('are found in headers of whatever case, or not at all', () => {
    const headers = { 'Webhook-Id': 'msg', 'webhook-timestamp': '1', 'webhook-signature': 'v1,x' };
    expect(signedRequestOf(headers)).toEqual({ id: 'msg', timestamp: '1', signature: 'v1,x' });
    expect(signedRequestOf({ 'webhook-id': 'msg' })).toBeUndefined();
    expect(signedRequestOf(null)).toBeUndefined();
  });
});
