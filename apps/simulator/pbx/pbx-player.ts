/** Sends CDRs to an ingress URL as a PBX does: at a rate, over kept connections, again when it gets no answer. */
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import { percentiles, type Percentiles } from '../percentiles.js';
import { sharedNowMs } from '../shared-clock.js';
import { ackOf } from './ack-of.js';
import type { CdrMessage } from './write-cdr-message.js';

/** A message with the name that its acknowledgement goes by; `url` when it is not the player's own. */
export interface OutgoingMessage extends CdrMessage {
  id: string;
  url?: string;
}

export interface Ack {
  id: string;
  /** 0 when no answer came at all. */
  status: number;
  /** Voicenter's `err`; null when the answer had none. */
  err: number | null;
  tries: number;
  /** From the first try to the last answer. */
  ms: number;
}

export interface PlayReport {
  /** Messages begun; each of them is in exactly one of the next three. */
  sent: number;
  /** 2xx and no `err` beside 0. */
  accepted: number;
  /** An answer that says no: not repeated. */
  refused: number;
  /** No answer or 5xx on every try. */
  failed: number;
  retries: number;
  statuses: Record<string, number>;
  ms: Percentiles;
}

export interface PlayerOptions {
  url: string;
  /** Messages a second; Infinity sends as fast as answers come. */
  rate: number;
  /** Most messages that wait for their answer; the rate falls when all do. */
  inFlight: number;
  /** Waits before each repetition, so their number is the number of repetitions. */
  retryWaitsMs?: readonly number[];
  timeoutMs?: number;
  /** Told when a message is sent for the first time. */
  onSend?: (id: string) => void;
  onAck?: (ack: Ack) => void;
  signal?: AbortSignal;
}

const RETRY_WAITS_MS = [500, 2_000, 5_000];
const TIMEOUT_MS = 10_000;
/** Behind by more than this, missed sends are left out instead of being made up for in a burst. */
const MOST_LAG_MS = 1_000;

export class PbxPlayer {
  private readonly agent: Agent;
  private readonly times: number[] = [];
  private readonly counts = { sent: 0, accepted: 0, refused: 0, failed: 0, retries: 0 };
  private readonly statuses: Record<string, number> = {};

  constructor(private readonly options: PlayerOptions) {
    // Every message that waits for its repetition listens.
    if (options.signal) setMaxListeners(0, options.signal);
    const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.agent = new Agent({
      connections: options.inFlight,
      pipelining: 1,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      connect: { timeout: timeoutMs },
    });
  }

  report(): PlayReport {
    return { ...this.counts, statuses: { ...this.statuses }, ms: percentiles(this.times) };
  }

  /** Plays until the messages end or the signal aborts, then waits for the answers in flight. Call it once. */
  async play(messages: Iterable<OutgoingMessage>): Promise<PlayReport> {
    const { rate, inFlight, signal } = this.options;
    const flying = new Set<Promise<void>>();
    let due = sharedNowMs();
    for (const message of messages) {
      if (flying.size >= inFlight) await Promise.race(flying);
      const early = due - sharedNowMs();
      if (early > 0) await delay(early, undefined, { signal }).catch(() => undefined);
      if (signal?.aborted) break;
      due = Math.max(due, sharedNowMs() - MOST_LAG_MS) + 1000 / rate;
      const flight = this.deliver(message).finally(() => flying.delete(flight));
      flying.add(flight);
    }
    await Promise.all(flying);
    await this.agent.close();
    return this.report();
  }

  private async deliver(message: OutgoingMessage): Promise<void> {
    const waits = this.options.retryWaitsMs ?? RETRY_WAITS_MS;
    const begun = sharedNowMs();
    this.counts.sent += 1;
    this.options.onSend?.(message.id);
    for (let tries = 1; ; tries += 1) {
      const { status, err } = await this.post(message);
      this.statuses[status] = (this.statuses[status] ?? 0) + 1;
      const wait = waits[tries - 1];
      if ((status === 0 || status >= 500) && wait !== undefined && !this.options.signal?.aborted) {
        this.counts.retries += 1;
        await delay(wait, undefined, { signal: this.options.signal }).catch(() => undefined);
        continue;
      }
      const ms = sharedNowMs() - begun;
      this.times.push(ms);
      this.counts[verdict(status, err)] += 1;
      this.options.onAck?.({ id: message.id, status, err, tries, ms });
      return;
    }
  }

  private async post({
    url,
    contentType,
    body,
  }: OutgoingMessage): Promise<{ status: number; err: number | null }> {
    try {
      const answer = await request(url ?? this.options.url, {
        dispatcher: this.agent,
        method: 'POST',
        headers: { 'content-type': contentType },
        body,
      });
      return { status: answer.statusCode, err: ackOf(await answer.body.text()) };
    } catch {
      // Refused, reset, timed out: a PBX sees no difference.
      return { status: 0, err: null };
    }
  }
}

function verdict(status: number, err: number | null): 'accepted' | 'refused' | 'failed' {
  if (status === 0 || status >= 500) return 'failed';
  return status < 300 && (err ?? 0) === 0 ? 'accepted' : 'refused';
}
