import { createHash } from 'node:crypto';
import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { AppError } from '#domain';
import { secondsUntil } from '../rate-limit/rate-limit-headers.js';
import type { RateLimiter } from '../rate-limit/open-rate-limiter.js';

/** Whose password is tried, and from where. */
export interface SignInTry {
  /** As `emailKey` makes it, whether anybody has it or not. */
  account: string;
  /** See `sourceKey`. */
  address: string;
}

/** How often may somebody try? Counted before the password is looked at, and forgotten when it was right. */
export class SignInThrottle {
  constructor(private readonly limits: RateLimiter['signIns']) {}

  /** @throws AppError 429 `sign_in.too_many` */
  async count({ account, address }: SignInTry): Promise<void> {
    await consume(this.limits.address, address);
    await consume(this.limits.account, keyOf(account));
  }

  /** Of what nobody's password is tried with: links, and asking for one. @throws AppError 429 `sign_in.too_many` */
  async countAddress(address: string): Promise<void> {
    await consume(this.limits.address, address);
  }

  /** What the address did was in order. */
  async forgiveAddress(address: string): Promise<void> {
    await this.limits.address.reward(address, 1);
  }

  /** It was right: what the person mistyped before counts no more. What the address did, does. */
  async forgive({ account, address }: SignInTry): Promise<void> {
    await this.limits.account.delete(keyOf(account));
    await this.forgiveAddress(address);
  }
}

async function consume(limit: RateLimiterAbstract, key: string): Promise<void> {
  try {
    await limit.consume(key);
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const retryAfterSeconds = Math.max(1, secondsUntil(refusal.msBeforeNext));
    const message = 'Too many tries to sign in: wait, then try again or ask for a new password.';
    throw new AppError('rejected', 'sign_in.too_many', message, { status: 429, retryAfterSeconds });
  }
}

/** Of one length, whatever is sent for an address. */
function keyOf(account: string): string {
  return createHash('sha256').update(account).digest('base64url');
}
