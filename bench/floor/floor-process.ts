/**
 * The bare pipeline that the product is measured against: what comes in is committed in groups, the group's ids go through
 * BullMQ, and each is sent on. No calls, no tenants, no signatures, no retries. Started by the bench as `in` or `out`.
 */
import { createServer } from 'node:http';
import { fastify } from 'fastify';
import { Agent } from 'undici';
import { v7 } from 'uuid';
import { floorQueue, floorWorker, makeFloorQueue } from './floor-queue.js';
import { FloorTable, type FloorRow } from './floor-table.js';

const JOBS_AT_ONCE = 16;
const CONNECTIONS_OUT = 64;
const ANSWER = '{"err":0,"errdesc":"OK"}';

const [role = '', port = '', databaseUrl = '', redisUrl = '', sinkUrl = ''] = process.argv.slice(2);
const places = { databaseUrl, redisUrl: redisUrl === '' ? undefined : redisUrl };
const table = new FloorTable(databaseUrl);

/** One statement at a time; what comes meanwhile travels in the next one. */
function groupCommit(write: (rows: FloorRow[]) => Promise<void>): (row: FloorRow) => Promise<void> {
  let waiting: { row: FloorRow; done: () => void; failed: (error: unknown) => void }[] = [];
  let writing = false;
  const next = async () => {
    writing = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await write(group.map(({ row }) => row)).then(
        () => {
          for (const { done } of group) done();
        },
        (error: unknown) => {
          for (const { failed } of group) failed(error);
        },
      );
    }
    writing = false;
  };
  return (row) =>
    new Promise((done, failed) => {
      waiting.push({ row, done, failed });
      if (!writing) setImmediate(() => (writing ? undefined : void next()));
    });
}

async function takeIn(): Promise<void> {
  await table.make();
  await makeFloorQueue(places);
  const queue = floorQueue(places);
  const keep = groupCommit(async (rows) => {
    await table.insert(rows);
    await queue.add(
      'sent',
      { ids: rows.map(({ id }) => id) },
      { removeOnComplete: true, removeOnFail: true },
    );
  });
  const app = fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });
  app.get('/health/ready', () => 'ok');
  app.get('/metrics', () => '');
  app.post<{ Params: { target: string } }>('/in/:target', async (request, reply) => {
    await keep({ id: v7(), target: request.params.target, body: request.body as Buffer });
    return reply.type('application/json').send(ANSWER);
  });
  await app.listen({ port: Number(port), host: '127.0.0.1' });
}

async function sendOut(): Promise<void> {
  const agent = new Agent({ connections: CONNECTIONS_OUT });
  const { origin, pathname } = new URL(sinkUrl);
  const send = async ({ id, target, body }: FloorRow): Promise<void> => {
    const answer = await agent.request({
      origin,
      path: pathname + target,
      method: 'POST',
      headers: { 'webhook-id': id, 'content-type': 'application/json' },
      body,
    });
    await answer.body.dump();
  };
  floorWorker(places, JOBS_AT_ONCE, async ({ ids }) => {
    const rows = await table.read(ids);
    await Promise.all(rows.map(send));
    await table.done(ids);
  });
  const server = createServer((_request, response) => response.end());
  await new Promise<void>((resolve) => server.listen(Number(port), '127.0.0.1', resolve));
}

process.on('SIGTERM', () => process.exit(0));
await (role === 'in' ? takeIn() : sendOut());
