import type { ConnectionId } from '#domain';
import type { CampaignStore, NewAttempt } from '#db';
import { logFailure, type Clock, type Log } from '#platform';
import { sendOrder, type CommandedPbx } from '#pbx';
import type { Ringer } from '#queues';

export interface SendAttemptsParts {
  store: Pick<CampaignStore, 'answered'>;
  ringer: Pick<Ringer, 'ring'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

/**
 * Sends attempts that were committed as sent, each once, and writes what the PBX answered. Nobody waits for it: the campaign looks
 * at the rows. What is not written because we died or the database went is `sending` until it is found out.
 */
export class SendAttempts {
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly parts: SendAttemptsParts) {}

  /** Resolves when all of these have their answers. */
  send(attempts: readonly NewAttempt[], connectionId: ConnectionId, pbx: CommandedPbx): Promise<void> {
    const sent = Promise.all(attempts.map((attempt) => this.sendOne(attempt, connectionId, pbx))).then(
      () => undefined,
    );
    this.underWay.add(sent);
    void sent.finally(() => this.underWay.delete(sent));
    return sent;
  }

  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.all(this.underWay);
  }

  private async sendOne(attempt: NewAttempt, connectionId: ConnectionId, pbx: CommandedPbx): Promise<void> {
    const { store, ringer, clock, log } = this.parts;
    const answer = await sendOrder(attempt.order, attempt.id, pbx);
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
