import { AppError } from '#domain';
import type { Server } from 'node:net';
import type { Clock } from '../clock/clock.js';
import type { Env } from '../env/read-env.js';
import { TokenSigner } from '../signing/token-signer.js';
import { RECORDING_LINK_PURPOSE, RecordingLinks } from './recording-links.js';

const DAY = 24 * 60 * 60 * 1000;

type LinkEnv = Pick<
  Env,
  'SECRET_KEYS' | 'API_PUBLIC_URL' | 'PUBLIC_URL' | 'PORT' | 'RECORDING_LINK_TTL_DAYS'
>;

/**
 * The links of this installation; every process that makes or reads them makes and reads the same ones.
 *
 * @param server  this process's own, whose port counts where no public URL is set: right for standalone alone
 * @throws AppError `env.no_secret_keys`, `secrets.bad_keys` (misconfigured)
 */
export function recordingLinksOf(
  env: LinkEnv,
  clock: Pick<Clock, 'now'>,
  server: () => Pick<Server, 'address'>,
): RecordingLinks {
  if (env.SECRET_KEYS === undefined) {
    throw new AppError('misconfigured', 'env.no_secret_keys', 'SECRET_KEYS is not set; see .env.example.');
  }
  return new RecordingLinks({
    signer: TokenSigner.fromKeys(env.SECRET_KEYS, RECORDING_LINK_PURPOSE),
    now: () => clock.now(),
    publicUrl: () => env.API_PUBLIC_URL ?? env.PUBLIC_URL ?? localUrl(server(), env.PORT),
    lifetimeMs: env.RECORDING_LINK_TTL_DAYS * DAY,
  });
}

function localUrl(server: Pick<Server, 'address'>, port: number): string {
  const address = server.address();
  return `http://localhost:${typeof address === 'object' && address !== null ? address.port : port}`;
}
