import { numberKey, type TenantId } from '#domain';
import { openSource, type HotSource, type SourceAnswerStore } from '#db';
import { newId, type Clock, type HttpSender, type Log, type Metrics, type SecretBox } from '#platform';
import { sourceKindNamed, type ContactQuestion, type Finding } from '#sources';
import type { SourceHealth } from './source-health.js';

/** Questions to one source that may be under way at once: a slow one must not fill the worker. */
export const MOST_AT_ONCE = 50;

export interface AskSourceParts {
  answers: Pick<SourceAnswerStore, 'keep'>;
  health: Pick<SourceHealth, 'admits' | 'note'>;
  sender: Pick<HttpSender, 'send'>;
  box: Pick<SecretBox, 'open'>;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'warn' | 'debug'>;
  metrics: Pick<Metrics, 'sourceSeconds'>;
  /** Aborted when what is under way is to be given up. */
  signal: AbortSignal;
}

/**
 * What came of asking: how many contacts it has with the number, kept for whoever looks next; or that it said nothing of use.
 */
export type Asked = { ok: true; contacts: number } | { ok: false };

const IN_VAIN: Asked = Object.freeze({ ok: false });

/** Asks one source who has a number, and keeps what it says. One number is asked for once at a time. */
export class AskSource {
  private readonly underWay = new Map<string, Promise<Asked>>();
  private readonly waiting = new Map<string, number>();

  constructor(private readonly parts: AskSourceParts) {}

  /** @throws AppError `database.unavailable` when what it said cannot be kept */
  ask(tenantId: TenantId, source: HotSource, question: ContactQuestion): Promise<Asked> {
    const key = `${source.id} ${String(source.version)} ${numberKey(question.e164)}`;
    const known = this.underWay.get(key);
    if (known) return known;
    const asked = this.askOnce(tenantId, source, question).finally(() => this.underWay.delete(key));
    this.underWay.set(key, asked);
    return asked;
  }

  private async askOnce(tenantId: TenantId, source: HotSource, question: ContactQuestion): Promise<Asked> {
    const waiting = this.waiting.get(source.id) ?? 0;
    if (waiting >= MOST_AT_ONCE || !this.parts.health.admits(source)) return IN_VAIN;
    this.waiting.set(source.id, waiting + 1);
    let finding: Finding;
    try {
      finding = await this.exchange(source, question);
    } finally {
      this.leave(source.id);
    }
    this.parts.health.note(source, finding);
    if (!finding.ok) {
      const { cause, reason } = finding;
      this.parts.log.warn({ tenantId, sourceId: source.id, cause, reason }, 'source.failed');
      return IN_VAIN;
    }
    const { contacts } = finding;
    await this.parts.answers.keep({
      sourceId: source.id,
      version: source.version,
      e164: question.e164,
      contacts,
    });
    return { ok: true, contacts: contacts.length };
  }

  private async exchange(source: HotSource, question: ContactQuestion): Promise<Finding> {
    const kind = sourceKindNamed(source.kind);
    if (!kind)
      return { ok: false, cause: 'unknown', reason: `There are no sources of the kind "${source.kind}".` };
    const { sender, box, clock, signal, metrics } = this.parts;
    const begun = clock.now();
    const { finding } = await kind.findContacts(question, openSource(source, box), {
      send: (request) => sender.send(request),
      now: () => clock.now(),
      newMessageId: () => newId(),
      signal,
    });
    const outcome = finding.ok ? (finding.contacts.length > 0 ? 'found' : 'nobody') : finding.cause;
    metrics.sourceSeconds.observe({ outcome }, (clock.now() - begun) / 1000);
    return finding;
  }

  private leave(sourceId: string): void {
    const left = (this.waiting.get(sourceId) ?? 1) - 1;
    if (left > 0) this.waiting.set(sourceId, left);
    else this.waiting.delete(sourceId);
  }
}
