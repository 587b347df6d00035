/** The WebSocket that a PBX opens to whoever it tells: opened again whenever it ends, and what is to be told meanwhile is kept. */
import { WebSocket } from 'ws';

export interface DiallingSocketOptions {
  /** `wss://host/in/{token}/{dialect}/{route}`, or with ws. */
  url: string;
  subprotocol: string;
  /** Said first on each new socket. */
  greeting: () => string;
  /** Answers a request. Undefined says nothing; null breaks the socket off. */
  answer: (message: string) => Promise<string | null | undefined>;
  againAfterMs?: number;
}

const AGAIN_AFTER_MS = 250;

export class DiallingSocket {
  private readonly waiting: { message: string; written: () => void }[] = [];
  private socket: WebSocket | undefined;
  private timer: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(private readonly options: DiallingSocketOptions) {}

  /** @returns once it is open, or its first try has failed */
  async open(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.dial(resolve);
    });
  }

  /** Resolves when it was written to a socket, or we close. */
  async tell(message: string): Promise<void> {
    if (this.isClosed) return;
    await new Promise<void>((written) => {
      this.waiting.push({ message, written });
      this.flush();
    });
  }

  /** Breaks it off, as a network does; it is opened again. */
  breakOff(): void {
    this.socket?.terminate();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    for (const { written } of this.waiting.splice(0)) written();
    const { socket } = this;
    if (socket === undefined || socket.readyState === WebSocket.CLOSED) return;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    if (socket.readyState === WebSocket.OPEN) socket.close(1000);
    else socket.terminate();
    await closed;
  }

  private dial(tried: () => void): void {
    const { url, subprotocol, greeting, againAfterMs = AGAIN_AFTER_MS } = this.options;
    const socket = new WebSocket(url, [subprotocol], {
      headers: { 'user-agent': 'Asterisk PBX (simulated)' },
    });
    this.socket = socket;
    socket.on('open', () => {
      socket.send(greeting());
      this.flush();
      tried();
    });
    socket.on('message', (data: Buffer) => void this.asked(socket, data.toString('utf8')));
    // Why does not matter: it is tried again.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      tried();
      if (this.isClosed) return;
      this.timer = setTimeout(() => {
        this.dial(() => undefined);
      }, againAfterMs);
    });
  }

  private async asked(socket: WebSocket, message: string): Promise<void> {
    const reply = await this.options.answer(message);
    if (reply === null) socket.terminate();
    else if (reply !== undefined && socket.readyState === WebSocket.OPEN) socket.send(reply);
  }

  private flush(): void {
    const { socket } = this;
    if (socket?.readyState !== WebSocket.OPEN) return;
    for (const { message, written } of this.waiting.splice(0)) {
      socket.send(message);
      written();
    }
  }
}
