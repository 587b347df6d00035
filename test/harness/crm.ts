import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** `hang` never answers, `reset` breaks the connection. */
export type Answer = number | FullAnswer | 'hang' | 'reset';

export interface FullAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

/** One request as it came, and what it was told. */
export interface SeenRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  /** The event, when the body is one. */
  event: { id: string; type: string; sequence: number; data: { vendorCallId: string } };
  answer: Answer;
  /** The answer was handed to the network; a sender that was gone before it was told nothing. */
  told: boolean;
  /** Requests that were not answered yet when this one came. */
  beside: readonly SeenRequest[];
}

export interface CrmScript {
  /** Used up in order, one a request. */
  answers?: Answer[];
  /** When they are used up. */
  otherwise?: Answer;
}

/** A CRM that takes webhooks and answers by a script. */
export class Crm {
  readonly requests: SeenRequest[] = [];
  /** The most requests that were under way at once. */
  mostAtOnce = 0;
  private server: Server | undefined;
  private port = 0;
  private atOnce = 0;
  private readonly underWay = new Set<SeenRequest>();
  private answers: Answer[] = [];
  private otherwise: Answer = 200;
  private gate: Promise<void> | undefined;
  private openGate: () => void = () => undefined;

  static async open(script: CrmScript = {}): Promise<Crm> {
    const crm = new Crm();
    crm.play(script);
    await crm.start();
    return crm;
  }

  /** From now on. */
  play({ answers = [], otherwise = 200 }: CrmScript): void {
    this.answers = [...answers];
    this.otherwise = otherwise;
  }

  url(path = '/hook'): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  /** Requests are taken and wait for `release`. */
  hold(): void {
    this.gate ??= new Promise((resolve) => (this.openGate = resolve));
  }

  release(): void {
    this.openGate();
    this.gate = undefined;
  }

  /** Requests that were told 2xx. */
  get delivered(): SeenRequest[] {
    return this.requests.filter(
      ({ answer, told }) => told && typeof answer !== 'string' && Math.floor(statusOf(answer) / 100) === 2,
    );
  }

  /** The vendor's ids of the calls that were delivered, each once. */
  get deliveredCalls(): Set<string> {
    return new Set(this.delivered.map(({ event }) => event.data.vendorCallId));
  }

  /** Webhook ids that were delivered more than once. */
  get duplicates(): string[] {
    const seen = new Set<string>();
    return this.delivered
      .map(({ headers }) => headers['webhook-id'] ?? '')
      .filter((id) => seen.has(id) || !seen.add(id));
  }

  /** @throws when any request was not signed with this secret, as a customer's own check would see it */
  verify(secret: string): void {
    const webhook = new Webhook(secret);
    for (const { body, headers } of this.requests) webhook.verify(body, headers);
  }

  /** Listens again, on the port that it had. */
  async start(): Promise<void> {
    const server = createServer((request, response) => void this.take(request, response));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, '127.0.0.1', resolve);
    });
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  /** Gone: connections are cut and refused. */
  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    this.release();
    if (!server) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    response.once('close', () => (this.atOnce -= 1));
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer);
    } catch {
      return;
    }
    const body = Buffer.concat(chunks).toString();
    const answer = this.answers.shift() ?? this.otherwise;
    const seen: SeenRequest = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers as Record<string, string>,
      body,
      event: eventIn(body),
      answer,
      told: false,
      beside: [...this.underWay],
    };
    this.requests.push(seen);
    this.underWay.add(seen);
    const over = () => this.underWay.delete(seen);
    response.once('finish', over).once('close', over);
    await this.gate;
    if (answer === 'hang') return;
    if (answer === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    response.once('finish', () => (seen.told = true));
    const full = typeof answer === 'number' ? { status: answer } : answer;
    response.writeHead(full.status, full.headers).end(full.body ?? '');
  }
}

function statusOf(answer: number | FullAnswer): number {
  return typeof answer === 'number' ? answer : answer.status;
}

function eventIn(body: string): SeenRequest['event'] {
  try {
    return JSON.parse(body) as SeenRequest['event'];
  } catch {
    return { id: '', type: '', sequence: 0, data: { vendorCallId: '' } };
  }
}
