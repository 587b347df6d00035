import { spawnSync } from 'node:child_process';
import { createConnection } from 'node:net';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Child } from './child.js';
import { freePort } from './free-port.js';

const PROGRAM = 'redis-server';
const READY_WITHIN_MS = 10_000;

/** A Redis of our own from the PATH, as durable as Redis is run in production. @throws Error when there is none */
export async function startRedis(
  folder: string,
  signal: AbortSignal,
): Promise<{ child: Child; url: string }> {
  if (spawnSync(PROGRAM, ['--version']).error) {
    throw new Error(
      'There is no redis-server on the PATH: install it (apt-get install redis-server), or use --queue postgres.',
    );
  }
  const dir = join(folder, 'redis');
  await mkdir(dir);
  const port = await freePort();
  const settings = {
    bind: '127.0.0.1',
    port: String(port),
    dir,
    appendonly: 'yes',
    appendfsync: 'everysec',
    save: '',
  };
  const child = new Child({
    name: 'redis',
    command: PROGRAM,
    args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    logFile: join(folder, 'redis.log'),
  });
  await child.ready(() => answersPing(port), READY_WITHIN_MS, signal);
  return { child, url: `redis://127.0.0.1:${String(port)}` };
}

function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.on('connect', () => socket.write('PING\r\n'));
    socket.on('error', () => resolve(false));
    socket.on('data', (answer: Buffer) => {
      resolve(answer.toString().startsWith('+PONG'));
      socket.destroy();
    });
  });
}
