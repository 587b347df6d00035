import { id, instant, type CallId, type TenantId } from '#domain';
import fc from 'fast-check';
import { newId } from '../clock/new-id.js';
import { TokenSigner } from '../signing/token-signer.js';
import { RECORDING_LINK_PURPOSE, RecordingLinks } from './recording-links.js';

const OLD = `k1:${Buffer.alloc(32, 1).toString('base64')}`;
const NEW = `k2:${Buffer.alloc(32, 2).toString('base64')}`;
const NOW = instant(1_795_251_600_000);
const HOUR = 3_600_000;

const RECORDING = {
  tenant: newId<TenantId>(),
  call: newId<CallId>(),
  told: 'https://pbx.example/1.mp3',
};

function linksWith(
  keys: string,
  now: () => number = () => NOW,
  purpose = RECORDING_LINK_PURPOSE,
): RecordingLinks {
  return new RecordingLinks({
    signer: TokenSigner.fromKeys(keys, purpose),
    now: () => instant(now()),
    publicUrl: () => 'https://api.example',
    lifetimeMs: HOUR,
  });
}
const tokenOf = (url: string) => url.slice('https://api.example/recordings/'.length);
const withCode = (code: string, status: number) => expect.objectContaining({ code, status }) as Error;

describe('RecordingLinks', () => {
  const links = linksWith(OLD);
  const token = tokenOf(links.linkTo(RECORDING).url);

  it('read back what they were made for', () => {
    const read = links.read(token);
    expect(read).toMatchObject({
      tenant: RECORDING.tenant,
      call: RECORDING.call,
      issuedAt: NOW,
      expiresAt: NOW + HOUR,
    });
    expect([read.isFor(RECORDING.told), read.isFor('https://pbx.example/2.mp3')]).toEqual([true, false]);
    expect(token).toMatch(/^k1\.[\w-]+\.[\w-]{43}$/);
  });

  it('hold no address of the vendor’s', () => {
    expect(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('latin1')).not.toContain('pbx');
  });

  it('are refused when any bit of them was flipped', () => {
    const bytes = Buffer.from(token);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (at, bit) => {
        const forged = Buffer.from(bytes);
        forged.writeUInt8(forged.readUInt8(at) ^ (1 << bit), at);
        expect(() => links.read(forged.toString('latin1'))).toThrow(withCode('recording_link.invalid', 403));
      }),
      { numRuns: 2_000 },
    );
  });

  it('are refused when cut, lengthened, or made up', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.nat(token.length - 1).map((end) => token.slice(0, end)),
        ),
        (text) => {
          expect(() => links.read(text)).toThrow(withCode('recording_link.invalid', 403));
        },
      ),
    );
    for (const text of [`${token}A`, `${token}.`, `${token}=`, ` ${token}`]) {
      expect(() => links.read(text)).toThrow(withCode('recording_link.invalid', 403));
    }
  });

  it('end at their time, and not before', () => {
    let now = NOW as number;
    const ticking = linksWith(OLD, () => now);
    const short = tokenOf(ticking.linkTo(RECORDING, 60_000).url);
    now = NOW + 59_999;
    expect(ticking.read(short).expiresAt).toBe(NOW + 60_000);
    now = NOW + 60_000;
    expect(() => ticking.read(short)).toThrow(withCode('recording_link.expired', 410));
  });

  it('outlive a rotation of the keys as long as the old key is kept', () => {
    const rotated = linksWith(`${NEW},${OLD}`);
    expect(rotated.read(token).call).toBe(RECORDING.call);
    expect(tokenOf(rotated.linkTo(RECORDING).url)).toMatch(/^k2\./);
    expect(() => linksWith(NEW).read(token)).toThrow(withCode('recording_link.invalid', 403));
  });

  it('are none of another purpose, and no key passes for another one', () => {
    expect(() => linksWith(OLD, () => NOW, 'something else').read(token)).toThrow(
      withCode('recording_link.invalid', 403),
    );
    const sameKey = linksWith(`${OLD},${OLD.replace('k1:', 'k3:')}`);
    expect(() => sameKey.read(token.replace('k1.', 'k3.'))).toThrow(withCode('recording_link.invalid', 403));
  });

  it('may be for ids of any kind of UUID', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.string(), (tenant, call, told) => {
        const made = links.linkTo({ tenant: id<TenantId>(tenant), call: id<CallId>(call), told });
        const read = links.read(tokenOf(made.url));
        expect([read.tenant, read.call, read.isFor(told)]).toEqual([tenant, call, true]);
      }),
    );
  });
});
