import { id, isUuid, type ConnectionId } from '#domain';
import type { Log } from '#platform';
import { ChannelListener } from '../pool/channel-listener.js';
import type { SocketLine } from './socket-store.js';
import { SOCKET_CHANNEL } from './socket-sql.js';

/** What processes call each other about sockets. */
export type SocketSignal =
  /** Somebody asks something of the PBX. */
  | { asked: ConnectionId }
  /** By the question's id. */
  | { answered: string }
  /** Whoever holds the socket of a connection's line lets go of it, as the PBX has opened another one. */
  | { yield: ConnectionId; line: SocketLine };

export interface SocketHearing {
  signal: (signal: SocketSignal) => void;
  /** What was signalled before was not heard. */
  listening: () => void;
}

/** Hears what other processes say about sockets. It opens its session when there is something to hear for. */
export class SocketSignals {
  private readonly listener: ChannelListener;
  private readonly hearings = new Set<SocketHearing>();

  constructor(url: string, log: Log) {
    const application = 'switchhook-sockets';
    const failed = 'socket.listen_failed';
    this.listener = new ChannelListener({ url, channel: SOCKET_CHANNEL, application, log, failed });
  }

  hear(hearing: SocketHearing): void {
    this.hearings.add(hearing);
    this.listener.start({
      notified: (payload) => {
        const signal = readSocketSignal(payload);
        if (signal) for (const each of this.hearings) each.signal(signal);
      },
      listening: () => {
        for (const each of this.hearings) each.listening();
      },
    });
  }

  stop(): Promise<void> {
    return this.listener.stop();
  }
}

/** @returns undefined for what is none of ours: anybody with a session may notify */
export function readSocketSignal(payload: string): SocketSignal | undefined {
  let said: Partial<Record<'asked' | 'answered' | 'yield' | 'line', unknown>>;
  try {
    said = JSON.parse(payload) as typeof said;
  } catch {
    return undefined;
  }
  if (typeof said !== 'object' || said === null) return undefined;
  if (isId(said.asked)) return { asked: id(said.asked) };
  if (isId(said.answered)) return { answered: said.answered };
  const { line } = said;
  return isId(said.yield) && (line === 1 || line === 2) ? { yield: id(said.yield), line } : undefined;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && isUuid(value);
}
