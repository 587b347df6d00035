import { AppError, type Instant } from '#domain';
import type { ApiKeyRecord } from '#db';

/** @returns why a key opens nothing, or undefined when it does */
export function judgeKey(key: ApiKeyRecord | undefined, now: Instant): AppError | undefined {
  if (key === undefined) return refused('key.invalid', 'There is no such API key.');
  if (key.revokedAt !== null) return refused('key.revoked', 'This API key was revoked.');
  if (key.expiresAt !== null && key.expiresAt <= now)
    return refused('key.expired', 'This API key has expired.');
  return undefined;
}

export function keyMissing(): AppError {
  return refused('key.missing', 'Send an API key as Authorization: Bearer sk_...');
}

/** To whoever sent one wrong key after the other. */
export function tooManyWrong(retryAfterSeconds: number): AppError {
  const message = 'Too many wrong API keys came from this address: wait, then send the right one.';
  return new AppError('rejected', 'key.too_many_wrong', message, { status: 429, retryAfterSeconds });
}

function refused(code: string, message: string): AppError {
  return new AppError('rejected', code, message, { status: 401 });
}
