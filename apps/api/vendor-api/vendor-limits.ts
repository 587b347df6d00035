import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { VENDOR_LIMITS } from '../rate-limit/open-rate-limiter.js';

export interface VendorLimiters {
  /** By credential: a request costs the more of a minute, the fewer there may be. */
  requests: RateLimiterAbstract;
  /** Credentials that nobody has, by the address that showed them. */
  guesses: RateLimiterAbstract;
}

/** How often software of a vendor may ask, and how often somebody may guess. */
export class VendorLimits {
  constructor(private readonly limiters: VendorLimiters) {}

  /** @returns seconds to wait; 0 where the request may go on */
  takeRequest(credentialId: string, perMinute: number): Promise<number> {
    return waitOf(
      this.limiters.requests.consume(credentialId, Math.ceil(VENDOR_LIMITS.requests.points / perMinute)),
    );
  }

  /** @returns seconds to wait for an address that guessed too often; 0 for every other */
  async guessWait(address: string): Promise<number> {
    const used = await this.limiters.guesses.get(address).catch(() => null);
    return used !== null && used.remainingPoints <= 0 ? Math.ceil(used.msBeforeNext / 1_000) : 0;
  }

  async noteGuess(address: string): Promise<void> {
    await this.limiters.guesses.consume(address).catch(() => undefined);
  }
}

async function waitOf(consuming: Promise<unknown>): Promise<number> {
  try {
    await consuming;
    return 0;
  } catch (thrown) {
    // What cannot be counted is let through: a limit must not be what stops the phones.
    return thrown instanceof RateLimiterRes ? Math.max(1, Math.ceil(thrown.msBeforeNext / 1_000)) : 0;
  }
}
