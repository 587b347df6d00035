import type { Exchange, Instant } from '#domain';
import { performance } from 'node:perf_hooks';
import type { Crew, CrewMember } from '../http/crew.js';
import type { Sent } from '../http/sent.js';
import { exchangeOf, failed, isConnectionLost, replyText, type SmtpError } from './mail-failure.js';
import type { Letter, MailLine } from './mail-line.js';
import type { MailLines } from './mail-lines.js';

export interface MailFlightPlan {
  letter: Letter;
  lines: MailLines;
  timeoutMs: number;
  /** All flights under the same signal, which this one joins until it lands; null when there is no signal. */
  crew: Crew<MailFlight> | null;
  sentAt: Instant;
  /** Called exactly once, with how it ended. */
  land: (sent: Sent) => void;
}

/** One mail on its way to our mail server: its deadline and its end. */
export class MailFlight implements CrewMember {
  seat = 0;
  #line: MailLine | undefined;
  #hasLanded = false;
  #wish: () => void = () => undefined;
  readonly #startedAt = performance.now();
  readonly #deadline: NodeJS.Timeout;

  constructor(private readonly plan: MailFlightPlan) {
    this.#deadline = setTimeout(() => this.#expire(), plan.timeoutMs);
    plan.crew?.join(this);
  }

  start(): void {
    this.#wish = this.plan.lines.take((line) => void this.#sendOver(line));
  }

  /** Ends the exchange because we are shutting down: it is not an attempt. */
  abort(): void {
    if (this.#leave()) this.plan.land({ kind: 'aborted' });
  }

  #expire(): void {
    const seconds = this.plan.timeoutMs / 1_000;
    this.#fail(failed('timeout', `The mail server did not take it within ${seconds} s.`));
  }

  async #sendOver(line: MailLine): Promise<void> {
    this.#line = line;
    const isReused = line.uses > 0;
    try {
      if (!isReused) await line.open();
      this.#answered(await line.send(this.plan.letter));
    } catch (error) {
      const lost = isReused && isConnectionLost(error as SmtpError);
      // A server may close an idle connection at the moment we use it; that is no sign of trouble.
      if (lost && !this.#hasLanded) await this.#sendOver(this.plan.lines.takeNew());
      else this.#fail(exchangeOf(error as SmtpError));
    }
  }

  #answered(reply: string): void {
    const line = this.#line;
    // Landed already: the line was closed, and what it says is nobody's any more.
    if (this.#hasLanded || line === undefined) return;
    this.#line = undefined;
    this.#leave();
    this.plan.lines.giveBack(line);
    this.#land({ kind: 'answered', status: Number(reply.slice(0, 3)), headers: {}, body: replyText(reply) });
  }

  #fail(exchange: Exchange): void {
    if (this.#leave()) this.#land(exchange);
  }

  /** @returns false when it has landed already */
  #leave(): boolean {
    if (this.#hasLanded) return false;
    this.#hasLanded = true;
    clearTimeout(this.#deadline);
    this.#wish();
    this.plan.crew?.leave(this);
    this.#line?.close();
    return true;
  }

  #land(exchange: Exchange): void {
    const totalMs = Math.round((performance.now() - this.#startedAt) * 10) / 10;
    this.plan.land({
      kind: 'exchanged',
      exchange,
      sentAt: this.plan.sentAt,
      // Where the operator's mail server is, is nothing for tenants.
      resolvedIp: null,
      durationMs: Math.round(totalMs),
      timings: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs },
    });
  }
}
