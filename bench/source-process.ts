/** Tenants' servers that know whom their directories do not, as a process of its own. Forked by the bench. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerQuestions } from './forked.js';
import { callerOf, nameElsewhere } from './load/ask/popup-callers.js';

export interface SourceOrder {
  /** How long an answer takes; null for a server that takes questions and never answers. */
  afterMs: number | null;
}

let asked = 0;

function answerTo(tenant: number, body: string): { status: number; text: string } {
  const { number } = JSON.parse(body) as { number: string };
  const name = nameElsewhere(tenant, callerOf(number));
  if (name === '') return { status: 404, text: '' };
  return { status: 200, text: JSON.stringify({ contacts: [{ id: number, name, phones: [number] }] }) };
}

const answers = {
  /** @returns the port; the last segment of a path is the number of the tenant */
  listen: async ({ afterMs }: SourceOrder): Promise<number> => {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        asked += 1;
        if (afterMs === null) return;
        const tenant = Number(request.url?.split('/').at(-1));
        const { status, text } = answerTo(tenant, Buffer.concat(chunks).toString());
        setTimeout(() => {
          response.writeHead(status, { 'content-type': 'application/json' }).end(text);
        }, afterMs);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  },
  /** How often they were asked so far. */
  asked: (): number => asked,
};

answerQuestions(answers);

export type SourceAnswers = typeof answers;
