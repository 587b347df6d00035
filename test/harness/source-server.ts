import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** `hang` never answers, `half` closes in the middle of its answer. */
export type SourceAnswer =
  | 'hang'
  | 'half'
  | {
      status?: number;
      headers?: Record<string, string>;
      body?: string | Buffer;
      afterMs?: number;
      /** What it waits for before it answers. */
      after?: Promise<unknown>;
    };

export interface Asked {
  headers: Record<string, string>;
  body: string;
  /** The body, as JSON. */
  question: Record<string, unknown>;
}

/** A tenant's server that knows contacts, and answers by a script. */
export class SourceServer {
  readonly asked: Asked[] = [];
  private readonly server: Server;
  private answers: SourceAnswer[] = [];
  private otherwise: SourceAnswer = { status: 404 };

  private constructor() {
    this.server = createServer((request, response) => void this.take(request, response));
  }

  static async open(): Promise<SourceServer> {
    const source = new SourceServer();
    await new Promise<void>((resolve) => source.server.listen(0, '127.0.0.1', resolve));
    return source;
  }

  /** From now on: the answers in order, one a question, and `otherwise` when they are used up. */
  play(otherwise: SourceAnswer, ...answers: SourceAnswer[]): void {
    this.answers = answers;
    this.otherwise = otherwise;
    this.asked.length = 0;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}/contacts`;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const body = Buffer.concat(chunks).toString();
    const question = JSON.parse(body) as Record<string, unknown>;
    this.asked.push({ headers: request.headers as Record<string, string>, body, question });
    const answer = this.answers.shift() ?? this.otherwise;
    if (answer === 'hang') return;
    if (answer === 'half') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"contacts": [', () => response.destroy());
      return;
    }
    // The program's own slowness, not a test that waits.
    if (answer.afterMs !== undefined) await delay(answer.afterMs);
    await answer.after;
    const { status = 200, headers = { 'content-type': 'application/json' }, body: told = '' } = answer;
    response.writeHead(status, headers).end(told);
  }
}

/** An answer with contacts in it; a contact has the number unless it says otherwise. */
export function names(
  contacts: Record<string, unknown>[],
  after?: number | Promise<unknown>,
): Exclude<SourceAnswer, string> {
  const wait = typeof after === 'number' ? { afterMs: after } : after && { after };
  return { body: JSON.stringify({ contacts }), ...wait };
}
