import type { Server } from 'node:net';
import type { Env } from '#platform';

/** Where this installation is reached: PUBLIC_URL, or this machine at the port that was really taken. */
export function publicUrlOf(env: Pick<Env, 'PUBLIC_URL' | 'PORT'>, server: Pick<Server, 'address'>): string {
  if (env.PUBLIC_URL !== undefined) return env.PUBLIC_URL;
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : env.PORT;
  return `http://localhost:${String(port)}`;
}
