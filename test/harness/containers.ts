import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '#platform';

const POSTGRES_PORT = 5432;
const REDIS_PORT = 6379;
const STARTS_WITHIN_MS = 120_000;

/** The images that production runs on, with their digests. */
function imageOf(service: 'postgres' | 'valkey'): string {
  const text = readFileSync(join(projectRoot(), 'docker-compose.yml'), 'utf8');
  const { services } = parse(text, { merge: true }) as { services: Record<string, { image?: string }> };
  const image = services[service]?.image;
  if (image === undefined) throw new Error(`docker-compose.yml has no image of ${service}`);
  // By digest alone: not every engine takes a tag beside it.
  return image.replace(/:[^:/@]+@/, '@');
}

/** A PostgreSQL whose rows nobody needs after a power cut. */
export async function startPostgresContainer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const password = randomBytes(12).toString('hex');
  const container = await new GenericContainer(imageOf('postgres'))
    .withEnvironment({
      POSTGRES_USER: 'switchhook',
      POSTGRES_PASSWORD: password,
      POSTGRES_DB: 'postgres',
    })
    .withCommand(['postgres', '-c', 'fsync=off', '-c', 'max_connections=300', '-c', 'jit=off'])
    .withExposedPorts(POSTGRES_PORT)
    // Twice: the image first starts it for itself, to make the database.
    .withWaitStrategy(Wait.forLogMessage(/database system is ready to accept connections/, 2))
    .withStartupTimeout(STARTS_WITHIN_MS)
    .start();
  const place = `${container.getHost()}:${String(container.getMappedPort(POSTGRES_PORT))}`;
  return {
    url: `postgresql://switchhook:${password}@${place}/postgres`,
    stop: async () => {
      await container.stop({ timeout: 0 });
    },
  };
}

/** @param port  of the Docker host, so that the next one can be found where this one was */
export async function startRedisContainer(
  port: number,
): Promise<{ host: string; stop: () => Promise<void> }> {
  const { GenericContainer, Wait } = await import('testcontainers');
  const container = await new GenericContainer(imageOf('valkey'))
    .withCommand(['valkey-server', '--save', '', '--appendonly', 'no'])
    .withExposedPorts({ container: REDIS_PORT, host: port })
    .withWaitStrategy(Wait.forLogMessage(/Ready to accept connections/))
    .withStartupTimeout(STARTS_WITHIN_MS)
    .start();
  return {
    host: container.getHost(),
    stop: async () => {
      await container.stop({ timeout: 0 });
    },
  };
}
