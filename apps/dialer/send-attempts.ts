import type { ConnectionId, Instant } from '#domain';
import type { CampaignStore, NewAttempt } from '#db';
import { logFailure, type Clock, type Log } from '#platform';
import { sendOrder, type CommandedPbx, type OrderAnswer } from '#pbx';
import type { Ringer } from '#queues';

export interface SendAttemptsParts {
  store: Pick<CampaignStore, 'answered'>;
  ringer: Pick<Ringer, 'ring'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

/**
 * An attempt that was committed longer ago is not sent: a process that was stopped meanwhile would dial a number that others have
 * found to be not placed, and have dialled again. Far less than the time after which they look for it.
 */
const SENT_WITHIN_MS = 5_000;

const TOO_LATE: OrderAnswer = {
  state: 'refused',
  vendorCallId: null,
  reason: 'It could not be sent in time, and nothing was sent.',
  code: 'too_late',
};

/** Where attempts go, and when the look began that they are of. */
export interface Sending {
  connectionId: ConnectionId;
  pbx: CommandedPbx;
  committedAt: Instant;
}

/**
 * Sends attempts that were committed as sent, each once, and writes what the PBX answered. Nobody waits for it: the campaign looks
 * at the rows. What is not written because we died or the database went is `sending` until it is found out.
 */
export class SendAttempts {
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly parts: SendAttemptsParts) {}

  /** Resolves when all of these have their answers. */
  send(attempts: readonly NewAttempt[], to: Sending): Promise<void> {
    const sent = Promise.all(attempts.map((attempt) => this.sendOne(attempt, to))).then(() => undefined);
    this.underWay.add(sent);
    void sent.finally(() => this.underWay.delete(sent));
    return sent;
  }

  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private async sendOne(attempt: NewAttempt, { connectionId, pbx, committedAt }: Sending): Promise<void> {
    const { store, ringer, clock, log } = this.parts;
    const isLate = clock.now() - committedAt > SENT_WITHIN_MS;
    const answer = isLate ? TOO_LATE : await sendOrder(attempt.order, attempt.id, pbx);
    if (answer.state !== 'accepted') {
      log.warn({ order: attempt.id, lead: attempt.leadId, state: answer.state }, 'attempt.not_placed');
    }
    try {
      await store.answered(attempt, answer, clock.now());
    } catch (error) {
      logFailure(log, 'attempt.answer_lost', error, { order: attempt.id });
    }
    ringer.ring('order', [connectionId]);
  }
}
