import { AppError, type TenantId } from '#domain';
import type { Presented } from '#dialects';
import type { WrongKeys } from '../access/wrong-keys.js';
import type { VendorLogin, VendorLogins } from './vendor-logins.js';
import type { VendorTokens } from './vendor-tokens.js';

export interface LogInParts {
  logins: VendorLogins;
  tokens: VendorTokens;
  wrong: Pick<WrongKeys, 'note' | 'secondsToWait'>;
}

/** Where somebody asks from. */
export interface Origin {
  address: string;
  /** What wrong secrets are counted by: see `sourceKey`. */
  source: string;
}

/** Lets in to a vendor's realtime channel, by a secret or by a token of ours, and slows down whoever guesses. */
export class LogIn {
  constructor(private readonly parts: LogInParts) {}

  /** @throws AppError `login.wrong` (401), `login.too_many_wrong` (429) */
  async bySecret(presented: Presented, origin: Origin): Promise<VendorLogin> {
    this.mayTry(origin);
    const login = await this.find(presented, origin.address);
    if (login) return login;
    this.parts.wrong.note(origin.source, '');
    throw wrong();
  }

  /**
   * By what stands in a socket's query: a token of ours or, of clients from before there was a login over HTTP, the code itself.
   *
   * @throws AppError `login.wrong` (401), `login.too_many_wrong` (429)
   */
  bySocketToken(token: string, origin: Origin): Promise<VendorLogin> {
    return this.parts.tokens.isOurs(token)
      ? this.byToken(token, 'socket', origin)
      : this.bySecret({ kind: 'code', code: token }, origin);
  }

  /** @throws AppError `login.wrong` (401), `login.too_many_wrong` (429) */
  async byToken(token: string, use: 'socket' | 'refresh' | 'access', origin: Origin): Promise<VendorLogin> {
    this.mayTry(origin);
    const named = this.parts.tokens.open(token, use);
    const login = named && (await this.byId(named, origin.address));
    if (login) return login;
    // What we signed once is nobody's guess: a client whose credential ended comes back with it again and again.
    if (!named) this.parts.wrong.note(origin.source, '');
    throw wrong();
  }

  private byId(
    { tenantId, credentialId }: { tenantId: TenantId; credentialId: string },
    address: string,
  ): Promise<VendorLogin | null> {
    return this.parts.logins.byId(tenantId, credentialId, address);
  }

  private find(presented: Presented, address: string): Promise<VendorLogin | null> {
    const { logins } = this.parts;
    if (presented.kind === 'code') return logins.byCode(presented.code, address);
    if (presented.kind === 'login') return logins.byUser(presented.user, presented.password, address);
    return Promise.resolve(null);
  }

  private mayTry({ source }: Origin): void {
    const seconds = this.parts.wrong.secondsToWait(source);
    if (seconds === 0) return;
    throw new AppError('rejected', 'login.too_many_wrong', 'Too many wrong logins; wait a minute.', {
      status: 429,
      retryAfterSeconds: seconds,
    });
  }
}

function wrong(): AppError {
  return new AppError('rejected', 'login.wrong', 'Authorization failed.', { status: 401 });
}
