import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** Below the ports that the kernel gives to outgoing connections: one of those may be taken again before a process listens there. */
const [FIRST, LAST] = [15_000, 32_000];
const TRIES = 50;

/** A port that nobody listened on a moment ago, by TCP or UDP, at any address of this machine. */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const port = randomInt(FIRST, LAST);
    if ((await isFree(port)) && (await isFreeOfUdp(port))) return port;
  }
  throw new Error(`No port from ${String(FIRST)} to ${String(LAST)} is free.`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '0.0.0.0', () => server.close(() => resolve(true)));
  });
}

/** Media is spoken there. */
function isFreeOfUdp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => {
      socket.close();
      resolve(false);
    });
    socket.bind(port, '0.0.0.0', () => socket.close(() => resolve(true)));
  });
}
