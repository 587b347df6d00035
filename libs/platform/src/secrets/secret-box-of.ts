import { AppError } from '#domain';
import type { Env } from '../env/read-env.js';
import { SecretBox } from './secret-box.js';

/** The box that this installation's secrets are kept in. @throws AppError when SECRET_KEYS is missing or unreadable */
export function secretBoxOf(env: Pick<Env, 'SECRET_KEYS'>): SecretBox {
  if (env.SECRET_KEYS === undefined) {
    throw new AppError(
      'misconfigured',
      'env.no_secret_keys',
      "SECRET_KEYS is not set: make one with `node -e \"console.log('k1:'+require('crypto').randomBytes(32).toString('base64'))\"` and give it to every process.",
    );
  }
  return SecretBox.fromKeys(env.SECRET_KEYS);
}
