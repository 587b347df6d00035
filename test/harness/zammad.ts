import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An entry of the caller log. */
export interface CallerLogEntry {
  state: 'newCall' | 'answer' | 'hangup';
  direction: string;
  from: string;
  to: string;
  /** Whom the caller reached, or who called. */
  people: string;
  queue: string;
  comment: string;
  /** Nobody has to call back. */
  done: boolean;
}

/** How it words what its code raises: to developers as it is, to everybody else without the reason. */
export type Wording = 'plain' | 'production';

type Params = Record<string, unknown>;

class Refusal extends Error {
  constructor(
    message: string,
    readonly status = 500,
  ) {
    super(message);
  }
}

/**
 * Zammad's generic CTI as far as a telephone system sees it, written after the behaviour of its `Cti::Log`: one entry for
 * each call id, made by `newCall` and by nothing else, and what its code raises answered with status 500.
 */
export class Zammad {
  readonly log = new Map<string, CallerLogEntry>();
  /** What it was sent, in order, refused or not. */
  readonly heard: Params[] = [];
  /** Errors that it answered. */
  readonly refused: string[] = [];
  /** So many of the next answers get lost on their way, after what was asked was done. */
  loses = 0;
  /** It is down. */
  away = false;

  private constructor(
    private readonly server: Server,
    private readonly wording: Wording,
  ) {}

  static async open(wording: Wording = 'plain'): Promise<Zammad> {
    const server = createServer();
    const zammad = new Zammad(server, wording);
    server.on('request', (request, response) => void zammad.take(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return zammad;
  }

  url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/api/v1/cti/t0ken`;
  }

  get events(): unknown[] {
    return this.heard.map(({ event }) => event);
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (this.away) return void request.socket.resetAndDestroy();
    const [status, answer] = this.answerTo(
      railsParams(Buffer.concat(chunks).toString(), request.headers['content-type'] ?? ''),
    );
    if (this.loses > 0) {
      this.loses -= 1;
      return void request.socket.resetAndDestroy();
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  private answerTo(params: Params): [status: number, answer: object] {
    this.heard.push(params);
    try {
      this.process(params);
      return [200, {}];
    } catch (error) {
      const { message, status } =
        error instanceof Refusal ? error : { message: (error as Error).message, status: 500 };
      this.refused.push(message);
      return [status, { error: this.worded(message) }];
    }
  }

  private worded(message: string): string {
    if (this.wording === 'plain') return message;
    return message.includes('already exists')
      ? 'Object already exists!'
      : 'Error ID x7Tq: Please contact your administrator.';
  }

  private process(params: Params): void {
    const { event, direction, callId } = params;
    if (direction !== 'in' && direction !== 'out') throw new Refusal('Invalid direction!', 422);
    if (typeof callId !== 'string' || callId === '') throw new Refusal('No call_id', 422);
    const entry = this.log.get(callId);
    if (event === 'newCall') {
      this.open(params, callId, direction);
      return;
    }
    if (event !== 'answer' && event !== 'hangup') throw new Refusal(`Unknown event ${text(event)}`, 422);
    if (entry === undefined) throw new Refusal(`No such call_id ${callId}`);
    if (event === 'answer') answer(entry, params);
    else hangUp(entry, params);
  }

  private open(params: Params, callId: string, direction: string): void {
    if (this.log.has(callId)) throw new Refusal(`call_id ${callId} already exists!`);
    this.log.set(callId, {
      state: 'newCall',
      direction,
      from: text(params['from']),
      to: text(params['to']),
      people: peopleIn(params),
      queue: text(params['queue']),
      comment: '',
      done: direction !== 'in',
    });
  }
}

function answer(entry: CallerLogEntry, params: Params): void {
  if (entry.state === 'hangup') return;
  entry.state = 'answer';
  entry.people = peopleIn(params) || entry.people;
  entry.done = true;
  // Its agent is looked up by this name, which it takes for text.
  const { user } = params;
  if (user !== undefined && typeof user !== 'string')
    throw new Refusal("undefined method 'downcase' for Array");
}

/** Whoever hears of a call's end without its answer was not reached. */
function hangUp(entry: CallerLogEntry, params: Params): void {
  const cause = text(params['cause']);
  const unreached = (entry.state === 'newCall' && cause !== 'forwarded') || entry.people === 'voicemail';
  entry.done = !(entry.direction === 'in' && unreached);
  entry.state = 'hangup';
  entry.comment = cause;
}

function peopleIn({ user }: Params): string {
  return Array.isArray(user) ? user.join(', ') : text(user);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A form as Rails reads it: `name[]` collects, and of a name that comes again the last one counts. */
function railsParams(body: string, contentType: string): Params {
  if (contentType.includes('json')) return JSON.parse(body) as Params;
  const params: Params = {};
  for (const [name, value] of new URLSearchParams(body)) {
    const list = /^(.+)\[\]$/.exec(name)?.[1];
    if (list === undefined) params[name] = value;
    else params[list] = [...((params[list] as string[] | undefined) ?? []), value];
  }
  return params;
}
