import { REDACTED } from './redact-headers.js';

/** A shorter one would be found in ordinary words. */
const SHORTEST = 6;

/**
 * Text that somebody else wrote, without these secrets: servers that refuse a request like to repeat it. What they repeat
 * in another spelling is not recognised.
 */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  return (
    [...secrets]
      .filter(({ length }) => length >= SHORTEST)
      // A secret may be a part of another one, which would then no longer be found.
      .sort((one, other) => other.length - one.length)
      .reduce((hidden, secret) => hidden.replaceAll(secret, REDACTED), text)
  );
}
