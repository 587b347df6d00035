import { AppError, type ConnectionId, type TenantId } from '#domain';
import type { SocketRequest } from '#dialects';
import { logFailure, newId, type Log, type Metrics, type SecretBox } from '#platform';
import { sealedFor } from '../repositories/sealed-for.js';
import type { SocketAsks, ToldAsk } from './socket-asks.js';
import type { SocketSignals } from './socket-signals.js';

/** What comes of a question to a PBX. Only of `refused` it is certain that nothing was written to its socket. */
export type SocketReply =
  | { kind: 'replied'; status: number; body: string }
  | { kind: 'refused'; reason: string }
  | { kind: 'unknown'; why: string };

/** Whoever holds a socket takes questions in some milliseconds: one that is not taken by then is for nobody. */
const TAKEN_WITHIN_MS = 2_500;
/** So often it is looked for answers without being told of them. */
const LOOK_EVERY_MS = 500;

const NO_SOCKET = 'The PBX has no connection to us open at this moment: its WebSocket is down.';
const NOT_TAKEN =
  'The process that holds the connection of the PBX did not take the request in time; nothing was sent.';
const NOT_WRITTEN = 'The connection of the PBX ended before the request was sent.';
const LOST = 'The connection of the PBX ended before it had answered.';
const LATE = 'The PBX did not answer in time.';
const AWAY = 'Our database did not answer: whether the PBX was asked is not known.';
const STOPPED = 'We were stopped before the PBX had answered.';

interface Waiting {
  tenantId: TenantId;
  settle: (reply: SocketReply) => void;
}

export interface SocketAskerParts {
  asks: Pick<SocketAsks, 'ask' | 'answers' | 'withdraw'>;
  signals: Pick<SocketSignals, 'hear'>;
  /** Asked for with the first question: a process that asks nothing needs no keys. */
  box: () => Pick<SecretBox, 'seal' | 'open'>;
  metrics: Pick<Metrics, 'socketAsks'>;
  log: Log;
}

/** Asks PBXs through the sockets that they opened to whatever process. The row of a question is what makes the answer certain (ADR 43). */
export class SocketAsker {
  private readonly waiting = new Map<string, Waiting>();
  private timer: NodeJS.Timeout | undefined;
  private isHearing = false;

  constructor(private readonly parts: SocketAskerParts) {}

  /** Never rejects. @param timeoutMs  for the whole exchange */
  async ask(
    { tenantId, connectionId }: { tenantId: TenantId; connectionId: ConnectionId },
    request: SocketRequest,
    { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal | undefined },
  ): Promise<SocketReply> {
    const reply = await this.exchange({ tenantId, connectionId }, request, { timeoutMs, signal }).catch(
      (error: unknown): SocketReply => {
        logFailure(this.parts.log, 'socket.ask_failed', error, { tenantId, connectionId });
        return { kind: 'unknown', why: AWAY };
      },
    );
    this.parts.metrics.socketAsks.inc({ outcome: reply.kind });
    return reply;
  }

  private async exchange(
    of: { tenantId: TenantId; connectionId: ConnectionId },
    request: SocketRequest,
    { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal | undefined },
  ): Promise<SocketReply> {
    if (signal?.aborted === true) return { kind: 'refused', reason: STOPPED };
    this.hear();
    const id = newId();
    const sealedRequest = this.parts.box().seal(JSON.stringify(request), sealedFor.socketRequest(id));
    // Waited for before it is asked: the answer may be there sooner than we are told that the question is.
    const answered = this.answerTo(id, of.tenantId);
    const timers: NodeJS.Timeout[] = [];
    const giveUp = (onlyUntaken: boolean): void => {
      void this.giveUp(id, of.tenantId, onlyUntaken);
    };
    const aborted = (): void => {
      giveUp(false);
    };
    try {
      if (!(await this.parts.asks.ask({ id, ...of, timeoutMs, sealedRequest }))) {
        return { kind: 'refused', reason: NO_SOCKET };
      }
      if (timeoutMs > TAKEN_WITHIN_MS) timers.push(setTimeout(giveUp, TAKEN_WITHIN_MS, true));
      timers.push(setTimeout(giveUp, timeoutMs, false));
      signal?.addEventListener('abort', aborted, { once: true });
      return await answered;
    } finally {
      for (const timer of timers) clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
      this.waiting.delete(id);
      if (this.waiting.size === 0) this.rest();
    }
  }

  private answerTo(id: string, tenantId: TenantId): Promise<SocketReply> {
    this.timer ??= setInterval(() => void this.look([...this.waiting.keys()]), LOOK_EVERY_MS);
    return new Promise((settle) => this.waiting.set(id, { tenantId, settle }));
  }

  private rest(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private hear(): void {
    if (this.isHearing) return;
    this.isHearing = true;
    this.parts.signals.hear({
      signal: (signal) => {
        if ('answered' in signal && this.waiting.has(signal.answered)) void this.look([signal.answered]);
      },
      listening: () => void this.look([...this.waiting.keys()]),
    });
  }

  /** Never rejects: it is looked again. */
  private async look(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    try {
      for (const told of await this.parts.asks.answers(ids)) this.settle(told, LOST);
    } catch (error) {
      this.logUnlessAway(error);
    }
  }

  private async giveUp(id: string, tenantId: TenantId, onlyUntaken: boolean): Promise<void> {
    try {
      const told = await this.parts.asks.withdraw({ id, tenantId }, onlyUntaken);
      if (told?.outcome === 'refused' && told.sealedAnswer === null) {
        this.waiting.get(id)?.settle({ kind: 'refused', reason: NOT_TAKEN });
      }
      if (told) this.settle(told, LATE);
      else if (!onlyUntaken) this.waiting.get(id)?.settle({ kind: 'unknown', why: LATE });
    } catch (error) {
      this.logUnlessAway(error);
      if (!onlyUntaken) this.waiting.get(id)?.settle({ kind: 'unknown', why: AWAY });
    }
  }

  private settle({ id, outcome, sealedAnswer }: ToldAsk, lost: string): void {
    const waiting = this.waiting.get(id);
    if (!waiting) return;
    if (outcome === 'answered' && sealedAnswer !== null) waiting.settle(this.opened(id, sealedAnswer));
    else if (outcome === 'refused') waiting.settle({ kind: 'refused', reason: NOT_WRITTEN });
    else waiting.settle({ kind: 'unknown', why: lost });
  }

  private opened(id: string, sealedAnswer: string): SocketReply {
    try {
      const text = this.parts.box().open(sealedAnswer, sealedFor.socketAnswer(id));
      const { status, body } = JSON.parse(text) as { status: number; body: string };
      return { kind: 'replied', status, body };
    } catch (error) {
      logFailure(this.parts.log, 'socket.answer_unreadable', error, {});
      return {
        kind: 'unknown',
        why: 'The answer of the PBX could not be opened: the processes have different keys.',
      };
    }
  }

  private logUnlessAway(error: unknown): void {
    if (error instanceof AppError && error.fault === 'unavailable') return;
    logFailure(this.parts.log, 'socket.ask_failed', error, {});
  }
}
