import type { LookupFunction } from 'node:net';
import { createSecureContext } from 'node:tls';
import { buildConnector } from 'undici';
import type { ClientCertificate } from '../tls/client-certificate.js';

/** What all sockets have in common. */
export interface Dialling {
  /** Guarded. */
  lookup: LookupFunction;
  timeout: number;
  /** Said aloud, so that no environment variable can switch the checking of certificates off. */
  rejectUnauthorized: true;
  /** PEM; left out: Node's own list. */
  ca?: string[];
}

/**
 * Opens sockets that all show the same credentials. It keeps the TLS sessions of its sockets: a server takes whoever resumes
 * a session for whom it met when that began, without asking again, so no two credentials may share a dialler.
 */
export interface Dialler {
  connect: buildConnector.connector;
  /** A connection was made that opens its sockets here. */
  hold: () => void;
  /** A connection is gone for good. */
  release: () => void;
}

export function plainDialler(dialling: Dialling): Dialler {
  return { connect: buildConnector({ ...dialling }), hold: () => undefined, release: () => undefined };
}

/** The diallers of client certificates. One is forgotten, and its key with it, as soon as no connection is left that uses it. */
export class CertifiedDiallers {
  readonly #inUse = new Map<string, Dialler>();

  constructor(private readonly dialling: Dialling) {}

  /** How many are remembered. */
  get count(): number {
    return this.#inUse.size;
  }

  /** @throws Error of OpenSSL's when the certificate or its key cannot be used */
  of({ name, texts }: ClientCertificate): Dialler {
    const known = this.#inUse.get(name);
    if (known !== undefined) return known;
    const { ca } = this.dialling;
    const trusted = texts.serverAuthority ?? ca;
    const secureContext = createSecureContext({
      cert: texts.certificate,
      key: texts.privateKey,
      ...(trusted === undefined ? {} : { ca: trusted }),
    });
    let connections = 0;
    const dialler: Dialler = {
      connect: buildConnector({ ...this.dialling, secureContext }),
      hold: () => {
        connections += 1;
        this.#inUse.set(name, dialler);
      },
      release: () => {
        connections -= 1;
        if (connections === 0 && this.#inUse.get(name) === dialler) this.#inUse.delete(name);
      },
    };
    return dialler;
  }
}
