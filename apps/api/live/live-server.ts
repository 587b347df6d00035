import type { Server } from 'node:http';
import type { Socket } from 'socket.io';
import { AppError, type TenantId } from '#domain';
import { logFailure, type Log } from '#platform';
import type { LiveGate, LiveIdentity, LiveRequest } from './live-identity.js';
import type { LiveHello, LiveTenant } from './live-tenant.js';
import type { LiveTail } from './live-tail.js';
import type { LiveView } from './live-views.js';
import { MOST_WAITING, SocketDoor, type DoorSocket } from './socket-door.js';
import { watchedRooms } from './watched-rooms.js';

export const LIVE_PATH = '/live';

/** Clients only say what they want to hear. */
const MOST_MESSAGE_BYTES = 16 * 1024;

export interface LiveLimits {
  sockets: number;
  perTenant: number;
}

export interface LiveServerParts {
  tail: Pick<LiveTail, 'greet' | 'open'>;
  gate: LiveGate;
  limits: LiveLimits;
  log: Log;
}

/** What we know of a connection once it is let in. */
interface Listener {
  identity: LiveIdentity;
  /** Messages that it has not been able to take. */
  waiting: number;
  live: LiveTenant;
  view: LiveView | undefined;
}

interface SocketData {
  listener?: Listener;
}

/** Only those of no tenant count twice: a process serves many. */
interface Counts {
  all: number;
  byTenant: Map<TenantId, number>;
}

/** Serves the live channel: lets in who may listen, and passes on what each view hears. WebSocket only. */
export class LiveServer {
  private readonly door: SocketDoor<SocketData>;
  private readonly counts: Counts = { all: 0, byTenant: new Map() };

  constructor(private readonly parts: LiveServerParts) {
    this.door = new SocketDoor({
      path: LIVE_PATH,
      mostMessageBytes: MOST_MESSAGE_BYTES,
      letIn: (socket) => this.letIn(socket),
      refusal: (error) => this.refusal(error),
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
    return this.counts.all;
  }

  /** @param server  the HTTP server whose path it serves */
  start(server: Server): void {
    this.door.start(server);
  }

  stop(): Promise<void> {
    return this.door.stop();
  }

  readonly broadcast = (view: LiveView, name: string, payload: unknown): void => {
    (this.door.io.to(view.name) as unknown as { emit: (name: string, payload: unknown) => void }).emit(
      name,
      payload,
    );
  };

  /** @throws AppError  why it may not listen */
  private async letIn(socket: LiveSocket): Promise<void> {
    this.admit();
    const identity = await this.parts.gate.identify(requestOf(socket));
    this.admit(identity.tenant);
    watchedRooms(asked(socket).watch, identity);
    const live = await this.parts.tail.open(identity.tenant);
    this.admit(identity.tenant);
    const listener: Listener = { identity, waiting: 0, live, view: undefined };
    socket.data.listener = listener;
    const { byTenant } = this.counts;
    this.counts.all += 1;
    byTenant.set(identity.tenant, (byTenant.get(identity.tenant) ?? 0) + 1);
    socket.conn.on('packetCreate', () => (listener.waiting += 1));
    socket.conn.on('flush', () => (listener.waiting = 0));
    socket.conn.once('close', () => {
      this.goneOf(listener);
    });
  }

  private admit(tenant?: TenantId): void {
    const { sockets, perTenant } = this.parts.limits;
    if (this.counts.all >= sockets) {
      throw new AppError(
        'unavailable',
        'live.full',
        'This process serves as many connections as it can; try again soon.',
      );
    }
    if (tenant !== undefined && (this.counts.byTenant.get(tenant) ?? 0) >= perTenant) {
      const message = `This tenant has ${String(perTenant)} live connections already; close some of them.`;
      throw new AppError('rejected', 'live.too_many_connections', message, { status: 429 });
    }
  }

  private goneOf({ identity, live, view }: Listener): void {
    const { byTenant } = this.counts;
    this.counts.all -= 1;
    const left = (byTenant.get(identity.tenant) ?? 1) - 1;
    if (left > 0) byTenant.set(identity.tenant, left);
    else byTenant.delete(identity.tenant);
    if (view) live.views.leave(view);
  }

  private serve(socket: LiveSocket): void {
    const { listener } = socket.data;
    if (!listener) return;
    const emit = (name: string, payload: unknown) => {
      (socket as unknown as { emit: (name: string, payload: unknown) => void }).emit(name, payload);
    };
    const { watch, resume } = asked(socket);
    this.arrive(socket, listener, {
      watch,
      after: numberOf(resume),
      tell: (hello) => {
        emit('hello', hello);
      },
    }).catch((error: unknown) => {
      // It comes back by itself, and finds us better.
      logFailure(this.parts.log, 'live.greet_failed', error, {});
      socket.conn.close();
    });
    (socket as Socket).on('watch', (rooms: unknown, answer: unknown) => {
      const say = typeof answer === 'function' ? (answer as (payload: unknown) => void) : () => undefined;
      this.arrive(socket, listener, { watch: rooms, after: undefined, tell: say }).catch((error: unknown) => {
        say({ error: told(error) });
      });
    });
  }

  /** Enters the view of these rooms in place of the one of before. @throws AppError `live.*` */
  private async arrive(
    socket: LiveSocket,
    listener: Listener,
    { watch, after, tell }: { watch: unknown; after: number | undefined; tell: (hello: LiveHello) => void },
  ): Promise<void> {
    const rooms = watchedRooms(watch, listener.identity);
    await this.parts.tail.greet(listener.identity.tenant, after, {
      enter: (live) => {
        if (listener.view) {
          void socket.leave(listener.view.name);
          listener.live.views.leave(listener.view);
        }
        const view = live.views.enter(rooms);
        listener.live = live;
        if (socket.connected) {
          listener.view = view;
          void socket.join(view.name);
        } else {
          live.views.leave(view);
          listener.view = undefined;
        }
        return view;
      },
      tell,
    });
  }

  private cutSlow(): void {
    for (const socket of this.door.io.sockets.sockets.values()) {
      if ((socket.data.listener?.waiting ?? 0) <= MOST_WAITING) continue;
      this.parts.log.info({ tenantId: socket.data.listener?.identity.tenant }, 'live.slow_socket_cut');
      // What waits would have to be written first.
      socket.request.socket.destroy();
    }
  }

  private async endFallen(): Promise<void> {
    const byFoundation = new Map<string, LiveSocket[]>();
    for (const socket of this.door.io.sockets.sockets.values()) {
      const foundation = socket.data.listener?.identity.standsOn;
      if (foundation === undefined) continue;
      byFoundation.set(foundation, [...(byFoundation.get(foundation) ?? []), socket]);
    }
    if (byFoundation.size === 0) return;
    try {
      for (const fallen of await this.parts.gate.fallen([...byFoundation.keys()])) {
        for (const socket of byFoundation.get(fallen) ?? []) socket.disconnect(true);
      }
    } catch (error) {
      logFailure(this.parts.log, 'live.gate_failed', error, {});
    }
  }

  private refusal(error: unknown): Error {
    if (!(error instanceof AppError)) logFailure(this.parts.log, 'live.refused', error, {});
    const { code, status, message } = told(error);
    return Object.assign(new Error(message), { data: { code, status } });
  }
}

type LiveSocket = DoorSocket<SocketData>;

/** What the client said when it connected: in `auth` or, with the protocol that has none, in the query. */
function asked({ handshake, conn }: LiveSocket): Record<string, unknown> {
  const OLD_PROTOCOL = 3;
  return conn.protocol === OLD_PROTOCOL ? handshake.query : handshake.auth;
}

function requestOf(socket: LiveSocket): LiveRequest {
  const { token, tenant } = asked(socket);
  const { headers } = socket.handshake;
  const bearer = /^Bearer +(\S{1,200})$/i.exec(headers.authorization ?? '')?.[1];
  return {
    token: textOf(token) ?? bearer,
    tenant: textOf(tenant),
    headers,
    peer: socket.request.socket.remoteAddress,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= 200 ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

function told(error: unknown): { code: string; status: number; message: string } {
  if (error instanceof AppError) return { code: error.code, status: error.status, message: error.message };
  return { code: 'internal', status: 500, message: 'Something went wrong on our side.' };
}
