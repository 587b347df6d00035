/**
 * What a Socket.IO server says over a WebSocket, in the versions that are in use: protocol 3 of its engine (servers 1 and 2) and 4
 * (servers 3 and 4). Only events without attachments are read, as no PBX that we know sends others.
 * Source: the protocols' own pages, github.com/socketio/engine.io-protocol and socket.io-protocol.
 */

export type EnginePacket =
  /** `pingMs`: how often is pinged; `deadMs`: after so much silence nobody is there. */
  | { kind: 'opened'; pingMs: number; deadMs: number }
  | { kind: 'ping'; answer: string }
  | { kind: 'connected' }
  | { kind: 'event'; name: string; data: unknown }
  | { kind: 'refused' }
  | { kind: 'closed' }
  | { kind: 'nothing' };

export type EngineVersion = 3 | 4;

/** What is said to be let in, where the protocol wants that said. */
export const CONNECT = '40';
/** With protocol 3 it is we who ask whether somebody is there. */
export const PING = '2';

const DEFAULT_PING_MS = 25_000;
const DEFAULT_PONG_MS = 60_000;
/** Neither a server that wants to be pinged all the time nor one that is never missed. */
const LEAST_MS = 1_000;
const MOST_MS = 300_000;
const NOTHING: EnginePacket = { kind: 'nothing' };

/** @returns `nothing` for what is not for us, and for what cannot be read */
export function readEnginePacket(text: string): EnginePacket {
  switch (text[0]) {
    case '0':
      return openedOf(jsonIn(text.slice(1)));
    case '1':
      return { kind: 'closed' };
    case '2':
      return { kind: 'ping', answer: `3${text.slice(1)}` };
    case '4':
      return readMessage(text.slice(1));
    default:
      return NOTHING;
  }
}

function readMessage(text: string): EnginePacket {
  switch (text[0]) {
    case '0':
      // Of a namespace that we did not ask for.
      return text.startsWith('0/') ? NOTHING : { kind: 'connected' };
    case '1':
      return { kind: 'closed' };
    case '2':
      return eventOf(text.slice(1));
    case '4':
      return { kind: 'refused' };
    default:
      return NOTHING;
  }
}

/** A number may stand before it, by which the server would hear that we have it. */
function eventOf(text: string): EnginePacket {
  const json = /^\d*(\[.*)$/s.exec(text)?.[1];
  const read = json === undefined ? undefined : jsonIn(json);
  if (!Array.isArray(read)) return NOTHING;
  const [name, data] = read as unknown[];
  return typeof name === 'string' ? { kind: 'event', name, data } : NOTHING;
}

function openedOf(handshake: unknown): EnginePacket {
  const { pingInterval, pingTimeout } = (handshake ?? {}) as Record<string, unknown>;
  const pingMs = within(pingInterval, DEFAULT_PING_MS);
  return { kind: 'opened', pingMs, deadMs: pingMs + within(pingTimeout, DEFAULT_PONG_MS) };
}

function within(value: unknown, byDefault: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return byDefault;
  return Math.min(Math.max(value, LEAST_MS), MOST_MS);
}

export function writeEvent(name: string, data: unknown): string {
  return `42${JSON.stringify([name, data])}`;
}

/** Where the socket is. */
export function engineUrl(
  url: string,
  query: Readonly<Record<string, string>>,
  version: EngineVersion,
): string {
  const params = new URLSearchParams({ EIO: String(version), transport: 'websocket', ...query });
  return `${url}/socket.io/?${params.toString()}`;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
