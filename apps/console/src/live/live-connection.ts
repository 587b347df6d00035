import type { Socket } from 'socket.io-client';
import { bearer } from '../api/identity';
import { onLine } from './on-line';

/** One thing of the live channel, as `docs/live.md` tells of it. */
export interface LiveEvent {
  topic: 'popup' | 'call' | 'agent' | 'queue' | 'campaign';
  [member: string]: unknown;
}

/** Whoever shows what the channel says. */
export interface LiveListener {
  /** Rooms that it wants to hear, such as `agents`, `queue:CONNECTION/ID` or `calls`. */
  rooms: readonly string[];
  /** Everything that is now: whatever else is shown is over. */
  begin?: (events: readonly LiveEvent[]) => void;
  /** What became otherwise. */
  change?: (events: readonly LiveEvent[]) => void;
  /** A list changed. Its ids are null where they are not known. */
  ring?: (topic: string, ids: readonly string[] | null) => void;
  /** Whether it is connected, at once and whenever that changes. */
  connected?: (up: boolean) => void;
}

interface Hello {
  events: LiveEvent[];
}

/**
 * The one connection of a page to the live channel of a tenant, for all that listen to it.
 *
 * It comes back by itself; then everything begins anew.
 */
export class LiveConnection {
  private readonly listeners = new Set<LiveListener>();
  private socket: Socket | undefined;
  private isUp = false;
  private isOver = false;

  /** @param identity  what says who asks: the tenant of a session, or a token */
  constructor(private readonly identity: Readonly<Record<string, string>>) {
    void import('socket.io-client').then(({ io }) => {
      if (this.isOver) return;
      this.socket = io({
        path: '/live',
        transports: ['websocket'],
        auth: (send) => {
          const token = bearer();
          send({ ...this.identity, ...(token === undefined ? {} : { token }), watch: this.rooms() });
        },
      });
      this.hear(this.socket);
    });
  }

  /** @returns what stops listening */
  listen(listener: LiveListener): () => void {
    this.listeners.add(listener);
    listener.connected?.(this.isUp);
    this.watch();
    return () => {
      this.listeners.delete(listener);
    };
  }

  get isUnheard(): boolean {
    return this.listeners.size === 0;
  }

  close(): void {
    this.isOver = true;
    this.socket?.close();
  }

  private rooms(): string[] {
    return [...new Set([...this.listeners].flatMap(({ rooms }) => rooms))].sort();
  }

  /** Says to the server which rooms are wanted now; it answers with all that is in them. */
  private watch(): void {
    // What is not connected yet says its rooms when it is.
    if (!this.isUp) return;
    const rooms = this.rooms();
    this.socket?.emit('watch', rooms, (answer: Hello | { error: unknown }) => {
      if ('events' in answer) this.begin(answer);
    });
  }

  private hear(socket: Socket): void {
    socket.on('hello', (hello: Hello) => {
      this.begin(hello);
      this.tell(true);
    });
    socket.on('live', ({ events }: { events: LiveEvent[] }) => {
      for (const { change } of this.listeners) change?.(events);
    });
    socket.on('doorbell', ({ topic, ids }: { topic: string; ids: string[] | null }) => {
      for (const { ring } of this.listeners) ring?.(topic, ids);
    });
    socket.on('disconnect', (reason) => {
      this.tell(false);
      // A server that puts one out, as it does while it stops, is not asked again by the client itself.
      if (reason === 'io server disconnect' && !this.isOver) onLine(() => socket.connect());
    });
  }

  private begin({ events }: Hello): void {
    for (const { begin } of this.listeners) begin?.(events);
  }

  private tell(up: boolean): void {
    this.isUp = up;
    for (const { connected } of this.listeners) connected?.(up);
  }
}
