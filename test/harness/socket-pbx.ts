import { request } from 'node:http';
import { WebSocket } from 'ws';
import { orHangs, until } from './until.js';

/** What we asked of the PBX. */
export interface AskedOfPbx {
  id: string;
  method: string;
  path: string;
  query: { name: string; value: string }[];
  body: unknown;
}

interface Answer {
  status: number;
  body: unknown;
}

export interface SocketPbxTraits {
  /** Ids of the channels that go on; what `GET channels` is answered with. */
  channels?: string[];
  /** Left out: channels are listed, and all else is done without a body. Null: it says nothing. */
  answer?: (asked: AskedOfPbx, usual: (asked: AskedOfPbx) => Answer) => Answer | null;
  /** Sent as soon as it is connected, before it has read anything: what had waited at the PBX. */
  queued?: object[];
}

/** Plays an Asterisk that has opened its WebSocket to us. */
export class SocketPbx {
  readonly asked: AskedOfPbx[] = [];
  closed: { code: number; reason: string } | undefined;

  private constructor(
    readonly ws: WebSocket,
    private readonly traits: SocketPbxTraits,
  ) {
    ws.on('message', (data) => {
      this.heard((data as Buffer).toString());
    });
    ws.on('error', () => undefined);
    ws.on('close', (code, reason) => (this.closed = { code, reason: reason.toString() }));
  }

  /** @param url  `ws://.../in/{token}/asterisk/ari` */
  static open(url: string, traits: SocketPbxTraits = {}): Promise<SocketPbx> {
    const ws = new WebSocket(url, ['ari'], { headers: { 'user-agent': 'Asterisk PBX 22.5.0' } });
    const pbx = new SocketPbx(ws, traits);
    return new Promise((resolve, reject) => {
      ws.once('error', reject);
      ws.once('open', () => {
        for (const event of traits.queued ?? []) pbx.tell(event);
        resolve(pbx);
      });
    });
  }

  tell(event: object): void {
    this.ws.send(JSON.stringify(event));
  }

  /** The connection is gone without a word. */
  vanish(): void {
    this.ws.terminate();
  }

  async end(): Promise<void> {
    if (this.closed) return;
    this.ws.close();
    await until('the socket to close', () => this.closed);
  }

  private heard(text: string): void {
    const told = JSON.parse(text) as Record<string, unknown>;
    const asked: AskedOfPbx = {
      id: told['request_id'] as string,
      method: told['method'] as string,
      path: told['uri'] as string,
      query: (told['query_strings'] ?? []) as AskedOfPbx['query'],
      body: told['message_body'] ?? null,
    };
    this.asked.push(asked);
    const usual = (one: AskedOfPbx) => this.usual(one);
    const answer = (this.traits.answer ?? usual)(asked, usual);
    if (answer === null) return;
    this.tell({
      type: 'RESTResponse',
      request_id: asked.id,
      transaction_id: asked.id,
      status_code: answer.status,
      uri: asked.path,
      message_body: JSON.stringify(answer.body),
    });
  }

  private usual({ method, path }: AskedOfPbx): Answer {
    if (method === 'GET' && path === 'channels') {
      return { status: 200, body: (this.traits.channels ?? []).map((id) => channel(id)) };
    }
    return { status: 204, body: null };
  }
}

/** A channel of an extension that talks. */
export function channel(id: string): object {
  return {
    id,
    name: 'PJSIP/101-00000001',
    state: 'Up',
    caller: { name: '', number: '101' },
    connected: { name: '', number: '0501234567' },
    dialplan: { context: 'from-internal', exten: '0501234567', priority: 1, app_name: 'Dial', app_data: '' },
    creationtime: new Date().toISOString(),
    channelvars: { 'CHANNEL(linkedid)': id },
  };
}

export function begun(id: string, at = Date.now()): object {
  return { type: 'ChannelStateChange', timestamp: new Date(at).toISOString(), channel: channel(id) };
}

export function ended(id: string, at = Date.now()): object {
  return { type: 'ChannelDestroyed', timestamp: new Date(at).toISOString(), cause: 16, channel: channel(id) };
}

/** What a handshake that is refused is told. */
export function refusedHandshake(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string }> {
  const asked = request(url.replace(/^ws/, 'http'), {
    headers: {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': Buffer.alloc(16, 1).toString('base64'),
      'sec-websocket-protocol': 'ari',
      ...headers,
    },
  });
  const answer = new Promise<{ status: number; body: string }>((resolve, reject) => {
    asked.on('error', reject);
    asked.on('upgrade', (_response, socket) => {
      socket.destroy();
      resolve({ status: 101, body: '' });
    });
    asked.on('response', (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, body });
      });
    });
  });
  asked.end();
  return orHangs(answer, 10_000).then((told) => (told === 'hangs' ? { status: 0, body: 'hangs' } : told));
}
