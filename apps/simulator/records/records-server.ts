/** A CRM with records, over HTTP, that fails as it is told to. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CrmRecords } from './crm-records.js';

/**
 * What happens to a request beside being answered.
 *
 * - `fail`: 503, and nothing is carried out
 * - `lose`: it is carried out, and the connection is cut in place of an answer
 * - `slow down`: 429, and nothing is carried out
 */
export type RecordsMishap = 'fail' | 'lose' | 'slow down' | undefined;

export interface RecordsServerOptions {
  /** Asked for each request. Left out: all goes well. */
  mishap?: (request: { method: string; path: string; writes: boolean }) => RecordsMishap;
  /** Access tokens that are taken; left out: all. */
  takes?: (authorization: string | undefined) => boolean;
  /** Waited for before a request is answered. */
  until?: () => Promise<unknown>;
}

export class RecordsServer {
  readonly records = new CrmRecords();
  asked = 0;
  private readonly server: Server;

  constructor(private readonly options: RecordsServerOptions = {}) {
    this.server = createServer({ keepAliveTimeout: 120_000 }, (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        void this.take(request, response, Buffer.concat(chunks).toString());
      });
    });
  }

  /** @returns the port */
  async listen(port = 0): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: IncomingMessage, response: ServerResponse, text: string): Promise<void> {
    this.asked += 1;
    await this.options.until?.();
    this.answer(request, response, text);
  }

  private answer(request: IncomingMessage, response: ServerResponse, text: string): void {
    const { method = 'GET', url: path = '/' } = request;
    const url = new URL(path, 'http://crm.invalid');
    const { mishap, takes } = this.options;
    if (takes?.(request.headers.authorization) === false) {
      reply(response, 401, { message: 'Unauthorized' });
      return;
    }
    const fate = mishap?.({ method, path: url.pathname, writes: method !== 'GET' });
    if (fate === 'fail') {
      reply(response, 503, { message: 'Try again later' });
      return;
    }
    if (fate === 'slow down') {
      reply(response, 429, { message: 'Too many requests' }, { 'retry-after': '1' });
      return;
    }
    const { status, body } = this.records.answer(method, url, bodyIn(text));
    if (fate === 'lose') request.socket.destroy();
    else reply(response, status, body);
  }
}

function bodyIn(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reply(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
