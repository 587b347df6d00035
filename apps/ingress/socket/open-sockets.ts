import { setTimeout as delay } from 'node:timers/promises';
import type { ConnectionId } from '#domain';
import {
  lineKey,
  sealedFor,
  type ConnectionDirectory,
  type HeldSocket,
  type LineOf,
  type OpenedSocket,
  type SocketAsks,
  type SocketReply,
  type SocketSignals,
  type SocketStore,
  type TakenAsk,
  type ToldAsk,
} from '#db';
import type { SocketRequest } from '#dialects';
import { Cycle, logFailure, type Log, type SecretBox } from '#platform';
import { refusal } from '../door/refusals.js';
import { CLOSE_CODE } from './close-codes.js';
import type { PbxSocket } from './pbx-socket.js';

const BEAT_EVERY_MS = 1_000;
/** How long a newcomer waits for the socket before it to have kept what it was told. */
const YIELDS_WITHIN_MS = 1_500;
/** The same when we stop: a little more than a socket takes to end. */
const STOPS_WITHIN_MS = 6_000;
const LOOK_AGAIN_MS = 50;
const FORGET_EVERY_BEATS = 60;

const LINES = [1, 2] as const;

const YIELDED = 'The PBX has opened another WebSocket.';
const GOING = 'We are being restarted.';
const NO_TOKEN = 'This URL is not valid any more: copy the new one from the connection.';
const SWITCHED_OFF = 'This connection is switched off.';

export interface OpenSocketsParts {
  store: Pick<SocketStore, 'open' | 'beat' | 'close' | 'askToYield' | 'forgetAsks' | 'forgetTold'>;
  asks: Pick<SocketAsks, 'take' | 'tell'>;
  signals: Pick<SocketSignals, 'hear'>;
  directory: Pick<ConnectionDirectory, 'byToken'>;
  box: Pick<SecretBox, 'seal' | 'open'>;
  log: Log;
}

/** The sockets that PBXs have open to this process: says each second that they are held, and writes to them what others ask. */
export class OpenSockets {
  /** By the key of their lines. */
  private readonly open = new Map<string, PbxSocket>();
  /** Who comes for a line waits for who came before. */
  private readonly arrivals = new Map<string, Promise<unknown>>();
  private readonly cycle = new Cycle(BEAT_EVERY_MS, () => this.beat());
  private readonly endings = new Set<Promise<void>>();
  private beats = 0;
  private isHearing = false;
  private isStopping = false;
  private taking: Promise<void> | undefined;
  private isAskedAgain = false;

  constructor(private readonly parts: OpenSocketsParts) {}

  get size(): number {
    return this.open.size;
  }

  get held(): number {
    return [...this.open.values()].filter(({ isHeld }) => isHeld).length;
  }

  get stopping(): boolean {
    return this.isStopping;
  }

  start(): void {
    this.cycle.start();
  }

  /** What came is kept, and the PBXs are told to come again: to another process, or to this one when it is back. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await Promise.allSettled(this.arrivals.values());
    for (const socket of this.open.values()) socket.end(CLOSE_CODE.goingAway, GOING);
    await Promise.race([Promise.allSettled(this.endings), delay(STOPS_WITHIN_MS, undefined, { ref: false })]);
    await this.cycle.stop();
  }

  /**
   * The newest socket of a line is the one that counts. Whoever held one keeps what it was told first, if it can do that soon.
   * If it cannot, as the database is away, nobody else comes in: what was heard is not given up for what may be heard.
   *
   * @param make  makes the socket once it is ours; undefined where its peer is gone
   * @throws AppError `database.unavailable`, `ingress.busy`
   */
  async take(
    of: LineOf,
    from: { sourceIp: string | null; remote: string | null },
    make: (opened: OpenedSocket) => Promise<PbxSocket | undefined>,
  ): Promise<void> {
    const key = lineKey(of);
    const before = this.arrivals.get(key) ?? Promise.resolve();
    const arrival = before.catch(() => undefined).then(() => this.takeOver(of, from, make));
    this.arrivals.set(key, arrival);
    try {
      await arrival;
    } finally {
      if (this.arrivals.get(key) === arrival) this.arrivals.delete(key);
    }
  }

  private async takeOver(
    of: LineOf,
    from: { sourceIp: string | null; remote: string | null },
    make: (opened: OpenedSocket) => Promise<PbxSocket | undefined>,
  ): Promise<void> {
    this.hear();
    await this.letGo(of);
    const opened = await this.parts.store.open(of, from);
    const socket = opened && (await make(opened));
    if (socket) this.hold(socket);
    else if (opened) await this.parts.store.close(opened, 'It was gone before it was there.');
  }

  private async letGo(of: LineOf): Promise<void> {
    const own = this.open.get(lineKey(of));
    if (own) {
      own.end(CLOSE_CODE.replaced, YIELDED);
      await Promise.race([own.keeper.finished, delay(YIELDS_WITHIN_MS)]);
      // The newcomer comes again, and its PBX keeps what happens meanwhile.
      if (own.keeper.owes) throw refusal('busy');
      own.lose();
      return;
    }
    for (let waited = 0; waited < YIELDS_WITHIN_MS; waited += LOOK_AGAIN_MS) {
      if (!(await this.parts.store.askToYield(of))) return;
      await delay(LOOK_AGAIN_MS);
    }
  }

  private hold(socket: PbxSocket): void {
    const { tenantId, connectionId, line } = socket.opened;
    this.open.set(lineKey(socket.opened), socket);
    this.parts.log.info({ tenantId, connectionId, line }, 'socket.opened');
    socket.start();
    if (this.isStopping) socket.end(CLOSE_CODE.goingAway, GOING);
    const ending = socket.keeper.finished
      .then(() => this.over(socket))
      .finally(() => this.endings.delete(ending));
    this.endings.add(ending);
  }

  private async over(socket: PbxSocket): Promise<void> {
    const { connectionId, tenantId, line } = socket.opened;
    const key = lineKey(socket.opened);
    if (this.open.get(key) === socket) this.open.delete(key);
    this.parts.log.info({ tenantId, connectionId, line, why: socket.why }, 'socket.closed');
    await this.parts.store.close(socket.opened, socket.why).catch((error: unknown) => {
      logFailure(this.parts.log, 'socket.close_failed', error, { connectionId });
    });
  }

  /** Never rejects. */
  private async beat(): Promise<void> {
    const sockets = [...this.open.values()];
    if (sockets.length === 0) return;
    for (const socket of sockets) socket.tick();
    try {
      const held = await this.parts.store.beat(sockets.map((socket) => socket.beat()));
      for (const socket of sockets) {
        const news = held.get(lineKey(socket.opened));
        if (news === undefined) socket.lose();
        else socket.held(news);
      }
      if ([...held.values()].some(({ isAsked }) => isAsked)) this.takeAsks();
      await Promise.all(sockets.map((socket) => this.checkToken(socket)));
      this.beats += 1;
      if (this.beats % FORGET_EVERY_BEATS === 0) await this.forget([...held.values()]);
    } catch (error) {
      logFailure(this.parts.log, 'socket.beat_failed', error, { sockets: sockets.length });
    }
  }

  private async forget(held: readonly HeldSocket[]): Promise<void> {
    const idsOf = (some: typeof held) => [...new Set(some.map(({ connectionId }) => connectionId))];
    await this.parts.store.forgetAsks(idsOf(held));
    const doubled = idsOf(held.filter(({ isDoubled }) => isDoubled));
    if (doubled.length > 0) await this.parts.store.forgetTold(doubled);
  }

  /** A URL that was rotated away, a connection that is switched off or deleted: its socket goes too. */
  private async checkToken(socket: PbxSocket): Promise<void> {
    const connection = await this.parts.directory.byToken(socket.token);
    if (!connection) socket.end(CLOSE_CODE.policy, NO_TOKEN);
    else if (!connection.enabled) socket.end(CLOSE_CODE.policy, SWITCHED_OFF);
    else socket.refresh(connection);
  }

  private hear(): void {
    if (this.isHearing) return;
    this.isHearing = true;
    this.parts.signals.hear({
      signal: (signal) => {
        if ('asked' in signal && this.holds(signal.asked)) this.takeAsks();
        if ('yield' in signal) {
          const key = lineKey({ connectionId: signal.yield, line: signal.line });
          this.open.get(key)?.end(CLOSE_CODE.replaced, YIELDED);
        }
      },
      listening: () => {
        if (this.open.size > 0) this.takeAsks();
      },
    });
  }

  private holds(connectionId: ConnectionId): boolean {
    return LINES.some((line) => this.open.has(lineKey({ connectionId, line })));
  }

  /** What is asked while it is taken is taken in the next round. */
  private takeAsks(): void {
    this.isAskedAgain = true;
    this.taking ??= this.takeAll().finally(() => (this.taking = undefined));
  }

  private async takeAll(): Promise<void> {
    while (this.isAskedAgain) {
      this.isAskedAgain = false;
      const owners = [...this.open.values()].filter(({ takesAsks }) => takesAsks).map(({ opened }) => opened);
      if (owners.length === 0) return;
      try {
        for (const taken of await this.parts.asks.take(owners)) void this.pass(taken);
      } catch (error) {
        logFailure(this.parts.log, 'socket.take_failed', error, {});
      }
    }
  }

  /** Never rejects: whoever waits finds out for himself that there is no answer. */
  private async pass({ id, connectionId, line, sealedRequest, leftMs }: TakenAsk): Promise<void> {
    try {
      const socket = this.open.get(lineKey({ connectionId, line }));
      const request = JSON.parse(
        this.parts.box.open(sealedRequest, sealedFor.socketRequest(id)),
      ) as SocketRequest;
      const reply: SocketReply = socket
        ? await socket.ask(id, request, leftMs)
        : { kind: 'refused', reason: 'It is over.' };
      await this.parts.asks.tell([this.toldOf(id, reply)]);
    } catch (error) {
      logFailure(this.parts.log, 'socket.pass_failed', error, { connectionId });
    }
  }

  private toldOf(id: string, reply: SocketReply): ToldAsk {
    if (reply.kind === 'refused') return { id, outcome: 'refused', sealedAnswer: null };
    if (reply.kind === 'unknown') return { id, outcome: 'lost', sealedAnswer: null };
    const { status, body } = reply;
    const sealedAnswer = this.parts.box.seal(JSON.stringify({ status, body }), sealedFor.socketAnswer(id));
    return { id, outcome: 'answered', sealedAnswer };
  }
}
