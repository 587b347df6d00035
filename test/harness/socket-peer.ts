import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { SocketProtocol } from '#dialects';
import type { SocketAnswer, SocketAsk } from '#pbx';

/** Where a PBX opens its socket, for tests of drivers alone: keeps what it tells, and asks it. */
export class SocketPeer {
  readonly told: string[] = [];
  private readonly pending = new Map<string, (answer: SocketAnswer) => void>();
  private readonly server = createServer();
  private readonly wss: WebSocketServer;
  private socket: WebSocket | undefined;
  private asked = 0;

  private constructor(private readonly protocol: SocketProtocol) {
    this.wss = new WebSocketServer({ server: this.server });
    this.wss.on('connection', (socket) => {
      this.socket = socket;
      socket.on('message', (data: Buffer) => {
        this.hear(data.toString('utf8'));
      });
      socket.on('close', () => {
        if (this.socket === socket) this.socket = undefined;
        for (const settle of this.pending.values()) settle({ kind: 'unknown', why: 'It ended.' });
      });
    });
  }

  static async open(protocol: SocketProtocol): Promise<SocketPeer> {
    const peer = new SocketPeer(protocol);
    await new Promise<void>((resolve) => peer.server.listen(0, '127.0.0.1', resolve));
    return peer;
  }

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  ask(request: SocketAsk, timeoutMs: number): Promise<SocketAnswer> {
    const { socket } = this;
    if (socket === undefined) return Promise.resolve({ kind: 'refused', reason: 'No socket is open.' });
    const id = `ask-${String((this.asked += 1))}`;
    return new Promise((resolve) => {
      const settle = (answer: SocketAnswer) => {
        clearTimeout(timer);
        this.pending.delete(id);
        resolve(answer);
      };
      const timer = setTimeout(settle, timeoutMs, { kind: 'unknown', why: 'It did not answer in time.' });
      this.pending.set(id, settle);
      socket.send(this.protocol.ask({ ...request, id }));
    });
  }

  async close(): Promise<void> {
    for (const client of this.wss.clients) client.terminate();
    this.wss.close();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private hear(message: string): void {
    const sorted = this.protocol.sort(message);
    if (sorted.kind === 'event') this.told.push(message);
    else this.pending.get(sorted.id)?.({ kind: 'replied', status: sorted.status, body: sorted.body });
  }
}
