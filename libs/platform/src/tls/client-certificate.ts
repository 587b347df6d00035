import { createHash } from 'node:crypto';

/** PEM texts of a client certificate: see `readClientCertificate`. */
export interface CertificateTexts {
  /** Ours first, then those that vouch for it. */
  certificate: string;
  privateKey: string;
  /** Who vouches for the server, and nobody else; null: whom everybody trusts. */
  serverAuthority: string | null;
}

/** What we show a server that asks who we are. Connections that were made with one are never used for another. */
export class ClientCertificate {
  /** Differs whenever the owner or any of the texts does; says nothing of them. */
  readonly name: string;

  /** @param owner  who alone may use it: two owners share no connection, though they be given the same certificate */
  constructor(
    owner: string,
    readonly texts: CertificateTexts,
  ) {
    const { certificate, privateKey, serverAuthority } = texts;
    const all = JSON.stringify([owner, certificate, privateKey, serverAuthority]);
    this.name = createHash('sha256').update(all).digest('base64url');
  }
}
