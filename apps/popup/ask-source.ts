import { setTimeout as delay } from 'node:timers/promises';
import { numberKey, type TenantId } from '#domain';
import { openSource, type HotSource, type SourceAnswerStore } from '#db';
import {
  newId,
  type Clock,
  type HttpSender,
  type Log,
  type Metrics,
  type SecretBox,
  type TokenSources,
} from '#platform';
import {
  sourceKindNamed,
  type ContactQuestion,
  type Finding,
  type SourceKind,
  type SourceSetup,
} from '#sources';
import type { SourceHealth } from './source-health.js';
import { SourcePace } from './source-pace.js';

/** Questions to one source that may be under way at once: a slow one must not fill the worker. */
export const MOST_AT_ONCE = 50;

export interface AskSourceParts extends TokenSources {
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
const STOPPING: Finding = Object.freeze({ ok: false, cause: 'aborted', reason: 'We are shutting down.' });

/** Asks one source who has a number, and keeps what it says. One number is asked for once at a time. */
export class AskSource {
  private readonly underWay = new Map<string, Promise<Asked>>();
  private readonly waiting = new Map<string, number>();
  private readonly pace = new SourcePace();

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
    let finding: Finding | null;
    try {
      finding = await this.inTurn(source, question);
    } finally {
      this.leave(source.id);
    }
    if (finding === null) {
      this.parts.log.debug({ tenantId, sourceId: source.id }, 'source.ration_used_up');
      return IN_VAIN;
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

  /** Null where its ration is used up for longer than anybody waits. */
  private async inTurn(source: HotSource, question: ContactQuestion): Promise<Finding | null> {
    const kind = sourceKindNamed(source.kind);
    if (!kind)
      return { ok: false, cause: 'unknown', reason: `There are no sources of the kind "${source.kind}".` };
    const setup = openSource(source, this.parts.box);
    const rate = kind.rateOf?.(setup);
    if (rate === undefined) return this.exchange(kind, question, setup);
    const now = this.parts.clock.now();
    const waitMs = this.pace.turnOf(setup.endpoint?.id ?? source.id, rate, now, setup.timeoutMs / 2);
    if (waitMs === null) return null;
    if (waitMs > 0 && !(await this.passes(waitMs))) return STOPPING;
    return this.exchange(kind, question, { ...setup, timeoutMs: Math.ceil(setup.timeoutMs - waitMs) });
  }

  private async exchange(kind: SourceKind, question: ContactQuestion, setup: SourceSetup): Promise<Finding> {
    const { sender, clock, tokens, grants, signal, metrics } = this.parts;
    const begun = clock.now();
    const { finding } = await kind.findContacts(question, setup, {
      send: (request) => sender.send(request),
      now: () => clock.now(),
      newMessageId: () => newId(),
      tokens,
      grants,
      signal,
    });
    const outcome = finding.ok ? (finding.contacts.length > 0 ? 'found' : 'nobody') : finding.cause;
    metrics.sourceSeconds.observe({ outcome }, (clock.now() - begun) / 1000);
    return finding;
  }

  /** False when we stopped meanwhile. */
  private passes(waitMs: number): Promise<boolean> {
    const { signal } = this.parts;
    return delay(waitMs, true, { signal }).catch(() => false);
  }

  private leave(sourceId: string): void {
    const left = (this.waiting.get(sourceId) ?? 1) - 1;
    if (left > 0) this.waiting.set(sourceId, left);
    else this.waiting.delete(sourceId);
  }
}
