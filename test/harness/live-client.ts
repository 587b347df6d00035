import { io, type Socket } from 'socket.io-client';
import type { LiveEvent, LiveMessage } from '#domain';
import { until } from './until.js';

export interface Hello {
  number: number;
  resumed: boolean;
  events: LiveEvent[];
  missed: LiveMessage[];
}

export interface Refusal {
  message: string;
  data?: { code: string; status: number };
}

type PopupEvent = Extract<LiveEvent, { topic: 'popup' }>;

/** A page's end of the live channel: writes down what it hears. */
export class LiveClient {
  readonly hellos: Hello[] = [];
  readonly messages: LiveMessage[] = [];
  readonly doorbells: { topic: string; ids: string[] | null }[] = [];
  readonly refusals: Refusal[] = [];
  /** When each message came, on this process's clock. */
  readonly at: number[] = [];
  endings: string[] = [];

  private constructor(readonly socket: Socket) {
    socket.on('hello', (hello: Hello) => this.hellos.push(hello));
    socket.on('live', (message: LiveMessage) => {
      this.messages.push(message);
      this.at.push(performance.now());
    });
    socket.on('doorbell', (bell: { topic: string; ids: string[] | null }) => this.doorbells.push(bell));
    socket.on('connect_error', (error) => this.refusals.push(error as Refusal));
    socket.on('disconnect', (reason) => this.endings.push(reason));
  }

  /** @param auth  what it shows and asks for: `token`, `tenant`, `watch`, `resume` */
  static open(
    url: string,
    auth: Record<string, unknown>,
    extraHeaders: Record<string, string> = {},
  ): LiveClient {
    const own = { path: '/live', transports: ['websocket'], reconnection: false, forceNew: true };
    return new LiveClient(io(url, { ...own, auth, extraHeaders }));
  }

  /** The same, and waits until it was greeted. */
  static async greeted(url: string, auth: Record<string, unknown>): Promise<LiveClient> {
    const client = LiveClient.open(url, auth);
    await client.hello();
    return client;
  }

  hello(): Promise<Hello> {
    return until('a hello', () => {
      if (this.refusals.length > 0)
        throw new Error(JSON.stringify(this.refusals.map(({ message, data }) => ({ message, data }))));
      return this.hellos.at(-1);
    });
  }

  refused(): Promise<Refusal> {
    return until('a refusal', () => this.refusals[0]);
  }

  /** The last number that it knows of, as a page would say when it comes back. */
  get number(): number {
    return this.messages.at(-1)?.number ?? this.hellos.at(-1)?.number ?? 0;
  }

  /** States of popups, in the order in which they came. */
  get popups(): PopupEvent[] {
    const heard = [
      ...this.hellos.flatMap(({ events, missed }) => [...events, ...missed.flatMap((one) => one.events)]),
    ];
    return [...heard, ...this.messages.flatMap(({ events }) => events)].filter(isPopup);
  }

  get events(): LiveEvent[] {
    return this.messages.flatMap(({ events }) => events);
  }

  popup(state: string, agent?: string): Promise<PopupEvent> {
    return until(`a popup that is ${state}`, () => {
      return this.popups.find((one) => one.state === state && (agent === undefined || one.agent === agent));
    });
  }

  watch(rooms: unknown): Promise<Hello & { error?: { code: string } }> {
    return this.socket.timeout(10_000).emitWithAck('watch', rooms) as Promise<
      Hello & { error?: { code: string } }
    >;
  }

  close(): void {
    this.socket.disconnect();
  }
}

function isPopup(event: LiveEvent): event is PopupEvent {
  return event.topic === 'popup';
}
