import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { WrittenMessage } from '#dialects';
import { percentiles, type Percentiles } from '../percentiles.js';
import { sharedNowMs } from '../shared-clock.js';
import type { VendorHabits } from './vendor-habits.js';

export interface SendReport {
  /** Messages begun; each of them is in exactly one of the next two. */
  sent: number;
  /** Taken with 2xx. */
  taken: number;
  /** Anything else, on every try. */
  refused: number;
  retries: number;
  statuses: Record<string, number>;
  ms: Percentiles;
}

export interface SentMessage {
  /** 0 when no answer came at all. */
  status: number;
  body: string;
  tries: number;
  /** From the first try to the last answer. */
  ms: number;
}

/** Sends single messages over kept connections, and again as the vendor does when they are not taken. */
export class MessageSender {
  private readonly agent: Agent;
  private readonly times: number[] = [];
  private readonly counts = { sent: 0, taken: 0, refused: 0, retries: 0 };
  private readonly statuses: Record<string, number> = {};

  constructor(
    connections: number,
    private readonly signal?: AbortSignal,
  ) {
    // Every message that waits for its repetition listens.
    if (signal) setMaxListeners(0, signal);
    this.agent = new Agent({ connections, pipelining: 1 });
  }

  /** @param url  may have a query, which a GET adds to. @param asks  somebody waits: it is tried once */
  async send(
    url: string,
    message: WrittenMessage,
    { habits, asks }: { habits: VendorHabits; asks: boolean },
  ): Promise<SentMessage> {
    const waits = asks ? [] : habits.retryWaitsMs;
    const begun = sharedNowMs();
    this.counts.sent += 1;
    for (let tries = 1; ; tries += 1) {
      const { status, body } = await this.once(url, message, asks ? habits.askTimeoutMs : habits.timeoutMs);
      this.statuses[status] = (this.statuses[status] ?? 0) + 1;
      const taken = status >= 200 && status < 300;
      const wait = waits[tries - 1];
      if (!taken && wait !== undefined && !this.signal?.aborted) {
        this.counts.retries += 1;
        await delay(wait, undefined, { signal: this.signal }).catch(() => undefined);
        continue;
      }
      const ms = sharedNowMs() - begun;
      this.times.push(ms);
      this.counts[taken ? 'taken' : 'refused'] += 1;
      return { status, body, tries, ms };
    }
  }

  report(): SendReport {
    return { ...this.counts, statuses: { ...this.statuses }, ms: percentiles(this.times) };
  }

  async close(): Promise<void> {
    await this.agent.close();
  }

  private async once(
    url: string,
    message: WrittenMessage,
    timeoutMs: number,
  ): Promise<Pick<SentMessage, 'status' | 'body'>> {
    const timing = { headersTimeout: timeoutMs, bodyTimeout: timeoutMs, dispatcher: this.agent };
    try {
      const answer =
        message.method === 'GET'
          ? await request(`${url}${url.includes('?') ? '&' : '?'}${message.query}`, timing)
          : await request(url, {
              ...timing,
              method: 'POST',
              headers: { 'content-type': message.contentType },
              body: message.body,
            });
      return { status: answer.statusCode, body: await answer.body.text() };
    } catch {
      // Refused, reset, timed out: a PBX sees no difference.
      return { status: 0, body: '' };
    }
  }
}
