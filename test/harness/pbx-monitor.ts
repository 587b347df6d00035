import {
  createServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

/** The token that it lets in. */
export const MONITOR_TOKEN = 'let-me-in';

export interface MonitorExtension {
  userID: number;
  extenUser: string;
  peerStatus?: string | null;
  calls?: readonly object[];
}

export interface MonitorQueue {
  QueueID: number;
  QueueName: string;
  Calls: readonly object[];
}

const OFFSET_MINUTES = 180;
const NOBODY = { representativeStatus: 1, representativeUpdated: 0, onlineUserID: 0, representative: 0 };

/** A PBX's realtime channel with a script: it says what it is told to, in the vendor's words. */
export class PbxMonitor {
  extensions: MonitorExtension[] = [];
  queues: MonitorQueue[] = [];

  private constructor(
    private readonly http: HttpServer,
    private readonly io: Server,
  ) {
    io.on('connection', (socket) => {
      const snapshot = () => {
        for (const [name, data] of this.snapshot()) socket.emit(name, data);
      };
      socket.on('resync', snapshot);
      snapshot();
    });
  }

  static async open(): Promise<PbxMonitor> {
    const http = createServer((request, response) => {
      void answerLogin(request, response);
    });
    const io = new Server(http, { transports: ['websocket'], allowEIO3: true });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    return new PbxMonitor(http, io);
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.http.address() as AddressInfo).port)}`;
  }

  /** Now, on its wall clock. */
  seconds(agoMs = 0): number {
    return Math.floor((Date.now() - agoMs) / 1_000) + OFFSET_MINUTES * 60;
  }

  tellExtension(reason: string, extension: MonitorExtension): void {
    this.extensions = this.extensions.map((one) => (one.userID === extension.userID ? extension : one));
    this.io.emit('ExtensionEvent', { ...times(), reason, data: { ...NOBODY, ...extension } });
  }

  tellQueue(reason: string, queue: MonitorQueue): void {
    this.queues = this.queues.map((one) => (one.QueueID === queue.QueueID ? queue : one));
    this.io.emit('QueueEvent', { ...times(), reason, data: queue });
  }

  /** Says that there are others than before; whoever listens asks for all. */
  tellOthers(): void {
    this.io.emit('ExtensionsUpdated', times());
  }

  async close(): Promise<void> {
    await this.io.close();
  }

  private snapshot(): [string, object][] {
    const extensions = this.extensions.map((one) => ({ ...NOBODY, ...one }));
    return [
      ['loginSuccess', { errorCode: 0, ...times() }],
      ['loginStatus', { errorCode: 0, ...times(), queues: this.queues }],
      ['AllExtensionsStatus', { errorCode: 0, ...times(), extensions }],
    ];
  }
}

function times(): object {
  return { servertimeoffset: OFFSET_MINUTES };
}

async function answerLogin(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const isIn = Buffer.concat(chunks).toString().includes(MONITOR_TOKEN);
  const socket = { URL: `http://${request.headers.host ?? ''}`, Token: 'socket', TokenExpiry: '' };
  response.writeHead(isIn ? 200 : 401, { 'content-type': 'application/json' });
  response.end(JSON.stringify(isIn ? { StatusCode: 200, Data: { Socket: socket } } : { error: 'No.' }));
}
