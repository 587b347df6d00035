import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { newSecret, newSecretPair } from './new-secret.js';
import { sign, type Signing, verify } from './standard-webhooks.js';

const GOLDEN = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestampSeconds: 1_614_265_330,
  body: '{"test": 2432232314}',
};
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const SIGNATURE = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';
const PRIVATE_KEY =
  'whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==';
const SIGNATURE_BY_KEY =
  'v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==';

function verified(
  signing: Signing,
  signature: string,
  more: { secrets?: string[]; nowSeconds?: number } = {},
): boolean {
  return verify({ ...signing, signature, nowSeconds: signing.timestampSeconds, ...more }).ok;
}

describe('sign', () => {
  it('gives the signature of the published example', () => {
    expect(sign({ ...GOLDEN, secrets: [SECRET] })).toBe(SIGNATURE);
  });

  it('gives the ed25519 signature of the published example', () => {
    expect(sign({ ...GOLDEN, secrets: [PRIVATE_KEY] })).toBe(SIGNATURE_BY_KEY);
  });

  it('signs with every valid secret during a rotation', () => {
    expect(sign({ ...GOLDEN, secrets: [SECRET, PRIVATE_KEY] })).toBe(`${SIGNATURE} ${SIGNATURE_BY_KEY}`);
  });

  it('signs bytes as the same text', () => {
    expect(sign({ ...GOLDEN, body: Buffer.from(GOLDEN.body), secrets: [SECRET, PRIVATE_KEY] })).toBe(
      `${SIGNATURE} ${SIGNATURE_BY_KEY}`,
    );
  });

  it.each([
    'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    'whsec_AAAA',
    `whsec_${'?'.repeat(44)}`,
    `whsec_${Buffer.alloc(23).toString('base64')}`,
    `whsec_${Buffer.alloc(65).toString('base64')}`,
    'whsk_AAAA',
    `whsk_${Buffer.alloc(64).toString('base64')}`,
    newSecretPair().publicKey,
  ])('refuses %s without repeating it', (secret) => {
    const signing = (): string => sign({ ...GOLDEN, secrets: [secret] });
    expect(signing).toThrow(expect.objectContaining({ code: 'signing.bad_secret' }) as Error);
    expect(signing).not.toThrow(secret);
  });

  it('agrees with the reference library on any message', () => {
    const secret = newSecret();
    const reference = new Webhook(secret);
    fc.assert(
      fc.property(
        fc.uuid(),
        fc.nat(4_000_000_000),
        fc.string({ unit: 'grapheme' }),
        (id, timestampSeconds, body) => {
          expect(sign({ id, timestampSeconds, body, secrets: [secret] })).toBe(
            reference.sign(id, new Date(timestampSeconds * 1_000), body),
          );
        },
      ),
    );
  });

  it('makes what the reference library accepts', () => {
    const secret = newSecret();
    const timestampSeconds = Math.floor(Date.now() / 1_000);
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': `${timestampSeconds}`,
      'webhook-signature': sign({
        id: 'msg_1',
        timestampSeconds,
        body: '{"a":1}',
        secrets: [newSecret(), secret],
      }),
    };
    expect(new Webhook(secret).verify('{"a":1}', headers)).toEqual({ a: 1 });
  });
});

describe('verify', () => {
  const both: Signing = { ...GOLDEN, secrets: [SECRET, PRIVATE_KEY] };

  it('accepts either signature, by either secret', () => {
    expect(verified(both, SIGNATURE)).toBe(true);
    expect(verified(both, SIGNATURE_BY_KEY)).toBe(true);
    expect(verified(both, `v1,AAAA v9,x ${SIGNATURE}`)).toBe(true);
  });

  it('needs only the public half of a pair', () => {
    const { secret, publicKey } = newSecretPair();
    const signature = sign({ ...GOLDEN, secrets: [secret] });
    expect(verified({ ...GOLDEN, secrets: [publicKey] }, signature)).toBe(true);
    expect(verified({ ...GOLDEN, secrets: [newSecretPair().publicKey] }, signature)).toBe(false);
  });

  it.each(['', ',', 'v1', 'v1,', 'v1,AAAA', 'v1a,AAAA', SIGNATURE.slice(3), `v1a,${SIGNATURE.slice(3)}`])(
    'refuses the signature %p',
    (signature) => {
      expect(verified(both, signature)).toBe(false);
    },
  );

  it('refuses a message that was changed', () => {
    expect(verified({ ...both, body: '{"test": 2432232315}' }, SIGNATURE)).toBe(false);
    expect(verified({ ...both, id: 'msg_other' }, SIGNATURE)).toBe(false);
    expect(verified({ ...both, timestampSeconds: both.timestampSeconds + 1 }, SIGNATURE)).toBe(false);
  });

  it('refuses a message that is replayed later, or that comes from the future', () => {
    expect(verified(both, SIGNATURE, { nowSeconds: both.timestampSeconds + 300 })).toBe(true);
    expect(verified(both, SIGNATURE, { nowSeconds: both.timestampSeconds + 301 })).toBe(false);
    expect(verified(both, SIGNATURE, { nowSeconds: both.timestampSeconds - 301 })).toBe(false);
    expect(verify({ ...both, timestampSeconds: NaN, signature: SIGNATURE, nowSeconds: 1 }).ok).toBe(false);
  });

  it('takes any signature text without throwing', () => {
    fc.assert(
      fc.property(fc.string(), (signature) => {
        expect(verified(both, signature)).toBe(false);
      }),
    );
  });
});

describe('newSecret', () => {
  it('is 32 random bytes, each time others', () => {
    expect(newSecret()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(newSecret()).not.toBe(newSecret());
  });
});
