import type { Server } from 'node:http';
import type { Socket } from 'socket.io';
import { AppError, type TenantId } from '#domain';
import {
  readLogin,
  writeKeepaliveResponse,
  writeLiveSnapshot,
  writeLoginResponse,
  writeLoginSuccess,
  type LiveMessageOut,
  type LiveMoment,
} from '#dialects';
import { logFailure, sourceAddress, sourceKey, type Clock, type Log } from '#platform';
import type { LiveLimits } from '../live/live-server.js';
import { MOST_WAITING, SocketDoor, type DoorSocket } from '../live/socket-door.js';
import type { LogIn, Origin } from './log-in.js';
import { VendorListener } from './vendor-listener.js';
import type { VendorLogin, VendorLogins } from './vendor-logins.js';
import type { VendorStream, VendorStreams } from './vendor-streams.js';

/** Where clients look when they are told nothing but a host. */
export const VENDOR_PATH = '/socket.io';

const SECOND = 1_000;
/** Who came without a token says who they are within this time. */
const LOGIN_WITHIN_MS = 30 * SECOND;
/** Of those there are so many at most, so that nobody keeps the others out by saying nothing. */
const MOST_UNKNOWN = 500;
/** Clients send a login, a token, a list of extensions. */
const MOST_MESSAGE_BYTES = 64 * 1024;
/** The wall clock that whoever has not logged in is told. */
const NO_ZONE = 'UTC';

/** The events by which clients log in within the socket. */
const LOGINS = ['login', 'loginUser', 'loginUserCode', 'loginAccount'] as const;

export interface VendorServerParts {
  streams: Pick<VendorStreams, 'enter' | 'exit' | 'momentOf'>;
  logIn: Pick<LogIn, 'bySecret' | 'bySocketToken'>;
  logins: Pick<VendorLogins, 'standing'>;
  limits: LiveLimits;
  clock: Pick<Clock, 'now'>;
  /** Proxies of our own in front: see `sourceAddress`. */
  hops: number;
  log: Log;
}

interface SocketData {
  /** Let in by what its query said; taken when it is connected. */
  login?: VendorLogin;
  listener?: VendorListener;
  waiting: number;
  /** One login at a time. */
  isEntering: boolean;
  patience?: NodeJS.Timeout;
}

type VendorSocket = DoorSocket<SocketData>;

/** Serves the clients of a vendor's realtime channel, of every version that is in use. WebSocket only. */
export class VendorServer {
  private readonly door: SocketDoor<SocketData>;
  private readonly all = new Set<VendorSocket>();
  /** Those who hear a part of a stream, by its name. */
  private readonly partial = new Map<string, Set<VendorSocket>>();

  constructor(private readonly parts: VendorServerParts) {
    this.door = new SocketDoor({
      path: VENDOR_PATH,
      mostMessageBytes: MOST_MESSAGE_BYTES,
      letIn: (socket) => this.letIn(socket),
      refusal: (error) => {
        const data = this.told(error);
        return Object.assign(new Error(data.message), { data });
      },
      serve: (socket) => {
        this.serve(socket);
      },
      cutSlow: () => {
        this.cutSlow();
      },
      endFallen: () => this.endFallen(),
    });
  }

  /** Connections of this process. */
  get sockets(): number {
    return this.all.size;
  }

  /** @param server  the HTTP server whose path it serves */
  start(server: Server): void {
    this.door.start(server);
  }

  stop(): Promise<void> {
    return this.door.stop();
  }

  /** To everybody who hears the stream; made once for those who hear all of it. */
  readonly tell = (stream: VendorStream, messages: readonly LiveMessageOut[]): void => {
    const room = this.door.io.to(stream.name) as unknown as Emitting;
    for (const { name, data } of messages) room.emit(name, data);
    for (const socket of this.partial.get(stream.name) ?? []) {
      send(socket, socket.data.listener?.heard(messages) ?? []);
    }
  };

  /** @throws AppError `login.*`, `live.*` */
  private async letIn(socket: VendorSocket): Promise<void> {
    this.admit();
    socket.data.waiting = 0;
    socket.data.isEntering = false;
    const token = textOf(socket.handshake.query['token']) ?? textOf(socket.handshake.auth['token']);
    if (token === undefined) {
      const unknown = [...this.all].filter(({ data }) => !data.listener && !data.login).length;
      if (unknown >= MOST_UNKNOWN) throw full();
      return;
    }
    const login = await this.parts.logIn.bySocketToken(token, this.originOf(socket));
    this.admit(login.tenantId);
    socket.data.login = login;
  }

  private admit(tenant?: TenantId): void {
    const { sockets, perTenant } = this.parts.limits;
    if (this.all.size >= sockets) throw full();
    if (tenant === undefined) return;
    const theirs = [...this.all].filter(({ data }) => data.listener?.login.tenantId === tenant).length;
    if (theirs < perTenant) return;
    const message = `There are ${String(perTenant)} live connections already; close some of them.`;
    throw new AppError('rejected', 'live.too_many_connections', message, { status: 429 });
  }

  private serve(socket: VendorSocket): void {
    this.all.add(socket);
    socket.conn.on('packetCreate', () => (socket.data.waiting += 1));
    socket.conn.on('flush', () => (socket.data.waiting = 0));
    socket.once('disconnect', () => {
      this.gone(socket);
    });
    this.listen(socket);
    const { login } = socket.data;
    if (login) void this.enter(socket, login, [(moment) => writeLoginSuccess(moment)]);
    else this.awaitLogin(socket);
  }

  private listen(socket: VendorSocket): void {
    const on = (name: string, then: (data: unknown) => void) => {
      (socket as Socket).on(name, then);
    };
    for (const name of LOGINS) {
      on(name, (data) => {
        void this.logIn(socket, data);
      });
    }
    on('resync', () => {
      this.greet(socket, []);
    });
    on('keepalive', () => {
      const isLoggedIn = socket.data.listener !== undefined;
      send(socket, [writeKeepaliveResponse(this.momentOf(socket), isLoggedIn)]);
    });
    on('updateMonitoredExtensions', (data) => {
      const { listener } = socket.data;
      if (!listener) return;
      listener.narrow(data);
      this.place(socket, listener);
      this.greet(socket, []);
    });
    on('closeme', () => socket.disconnect(true));
  }

  private awaitLogin(socket: VendorSocket): void {
    socket.data.patience = setTimeout(() => socket.disconnect(true), LOGIN_WITHIN_MS);
  }

  /** In the words of whoever logs in within the socket. What they were before they are no more. */
  private async logIn(socket: VendorSocket, data: unknown): Promise<void> {
    if (socket.data.isEntering) return;
    socket.data.isEntering = true;
    try {
      const reading = readLogin(data);
      if (!reading.ok) throw new AppError('rejected', 'login.unreadable', reading.reason);
      const login = await this.parts.logIn.bySecret(reading.presented, this.originOf(socket));
      this.admit(login.tenantId);
      await this.enter(socket, login, [(moment) => writeLoginResponse(moment), writeLoginSuccess]);
    } catch (error) {
      send(socket, [writeLoginResponse(this.momentOf(socket), this.told(error).message)]);
    } finally {
      socket.data.isEntering = false;
    }
  }

  private async enter(
    socket: VendorSocket,
    login: VendorLogin,
    greetings: ((moment: LiveMoment) => LiveMessageOut)[],
  ): Promise<void> {
    try {
      const stream = await this.parts.streams.enter(login.tenantId, login.connectionId);
      if (!socket.connected) {
        this.parts.streams.exit(stream);
        return;
      }
      this.leave(socket);
      clearTimeout(socket.data.patience);
      const listener = new VendorListener(login, stream);
      socket.data.listener = listener;
      this.place(socket, listener);
      this.greet(socket, greetings);
    } catch (error) {
      // It comes back by itself, and finds us better.
      logFailure(this.parts.log, 'vendor_live.greet_failed', error, {});
      socket.disconnect(true);
    }
  }

  /** Everything there is, after what is said first. */
  private greet(socket: VendorSocket, greetings: ((moment: LiveMoment) => LiveMessageOut)[]): void {
    const { listener } = socket.data;
    if (!listener) return;
    const moment = this.momentOf(socket);
    const snapshot = listener.heard(writeLiveSnapshot(listener.stream.board.now, moment));
    send(socket, [...greetings.map((greeting) => greeting(moment)), ...snapshot]);
  }

  private place(socket: VendorSocket, { stream, isWhole }: VendorListener): void {
    this.partial.get(stream.name)?.delete(socket);
    if (isWhole) {
      void socket.join(stream.name);
      return;
    }
    void socket.leave(stream.name);
    this.partial.set(stream.name, (this.partial.get(stream.name) ?? new Set()).add(socket));
  }

  private leave(socket: VendorSocket): void {
    const { listener } = socket.data;
    if (!listener) return;
    const { stream } = listener;
    delete socket.data.listener;
    void socket.leave(stream.name);
    const partial = this.partial.get(stream.name);
    partial?.delete(socket);
    if (partial?.size === 0) this.partial.delete(stream.name);
    this.parts.streams.exit(stream);
  }

  private gone(socket: VendorSocket): void {
    this.all.delete(socket);
    clearTimeout(socket.data.patience);
    this.leave(socket);
  }

  private cutSlow(): void {
    for (const socket of this.all) {
      if (socket.data.waiting <= MOST_WAITING) continue;
      this.parts.log.info({ tenantId: socket.data.listener?.login.tenantId }, 'vendor_live.slow_socket_cut');
      socket.request.socket.destroy();
    }
  }

  private async endFallen(): Promise<void> {
    const ids = new Set([...this.all].flatMap(({ data }) => data.listener?.login.credentialId ?? []));
    if (ids.size === 0) return;
    try {
      const standing = await this.parts.logins.standing([...ids]);
      for (const socket of this.all) {
        const id = socket.data.listener?.login.credentialId;
        if (id !== undefined && ids.has(id) && !standing.has(id)) socket.disconnect(true);
      }
    } catch (error) {
      logFailure(this.parts.log, 'vendor_live.gate_failed', error, {});
    }
  }

  private momentOf(socket: VendorSocket): LiveMoment {
    const { listener } = socket.data;
    const { streams, clock } = this.parts;
    return listener ? streams.momentOf(listener.stream) : { at: clock.now(), timeZone: NO_ZONE };
  }

  private originOf({ handshake, request }: VendorSocket): Origin {
    const forwarded = handshake.headers['x-forwarded-for'];
    const address = sourceAddress(forwarded, request.socket.remoteAddress, this.parts.hops);
    return { address: address ?? '', source: sourceKey(address) };
  }

  private told(error: unknown): { code: string; status: number; message: string } {
    if (error instanceof AppError) return { code: error.code, status: error.status, message: error.message };
    logFailure(this.parts.log, 'vendor_live.refused', error, {});
    return { code: 'internal', status: 500, message: 'Internal error.' };
  }
}

function full(): AppError {
  const message = 'This process serves as many connections as it can; try again soon.';
  return new AppError('unavailable', 'live.full', message);
}

interface Emitting {
  emit: (name: string, payload: unknown) => void;
}

function send(socket: VendorSocket, messages: readonly LiveMessageOut[]): void {
  for (const { name, data } of messages) (socket as unknown as Emitting).emit(name, data);
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 1_000 ? value : undefined;
}
