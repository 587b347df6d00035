import { SIGNATURES, type EndpointId, type Signature } from '#domain';
import { sealedFor } from '#db';
import { newSecret, newSecretPair, type SecretBox } from '#platform';

export interface FreshSecrets {
  signatures: Signature[];
  /** The shared secret of `v1`, to be told once; null where that is not wanted. */
  secret: string | null;
  /** The receiver's half of `v1a`'s key; the other half stays with us. */
  publicKey: string | null;
  /** To be kept. */
  sealed: string[];
}

/** New secrets of an endpoint, one for each kind of signature. */
export function freshSecrets(
  endpointId: EndpointId,
  wanted: readonly string[],
  box: Pick<SecretBox, 'seal'>,
): FreshSecrets {
  const secret = wanted.includes('v1') ? newSecret() : null;
  const pair = wanted.includes('v1a') ? newSecretPair() : null;
  const all = [secret, pair?.secret].filter((text) => text != null);
  return {
    signatures: SIGNATURES.filter((signature) => wanted.includes(signature)),
    secret,
    publicKey: pair?.publicKey ?? null,
    sealed: all.map((text) => box.seal(text, sealedFor.endpointSecret(endpointId))),
  };
}
