import { AppError, type Instant, type IvrQuestion, type PopupQuestion, type ReceiptId } from '#domain';
import {
  dialectFor,
  readWithSurplus,
  requestIn,
  type Answer,
  type Dialect,
  type RequestWithSurplus,
  type Question,
  type Reading,
  type Reply,
  type ReplyTo,
  type Verdict,
} from '#dialects';
import type { ConnectionDirectory, IngressConnection, ReceiptInbox } from '#db';
import type { Clock, Metrics } from '#platform';
import type { Ringer } from '#queues';
import type { SlowDown } from './limits/slow-down.js';

/** A webhook as it came off the wire. */
export interface Webhook extends RequestWithSurplus {
  token: string;
  dialect: string;
  /** Null when the sender was gone before it could be asked for. */
  sourceIp: string | null;
  /** What was odd about the request; absent where nothing was. */
  note?: string | null;
  /** URLs that it may have been sent to, for dialects whose words tell them. */
  addresses?: readonly string[];
}

/** What an ingress URL says. */
export type Address = Pick<Webhook, 'token' | 'dialect' | 'route'>;

/** What an ingress URL leads to: a connection that takes webhooks there, or why not, and whose it is if it is anybody's. */
export type Taking =
  | { ok: true; connection: IngressConnection; dialect: Dialect }
  | { ok: false; connection: IngressConnection | undefined; error: AppError };

/** Who asks, and how: what an answer may depend on beside the question. */
export interface Asker {
  connection: IngressConnection;
  webhook: Webhook;
}

/**
 * Each answers within its own deadline, whatever happens: with what is known by then. It has committed what its answer
 * made us remember.
 */
export interface Answerers {
  popup: (question: PopupQuestion, asker: Asker) => Promise<Answer>;
  ivr: (question: IvrQuestion, asker: Asker) => Promise<Answer>;
}

export interface TakeWebhookParts {
  answerers: Answerers;
  directory: Pick<ConnectionDirectory, 'byToken' | 'byFormerToken'>;
  inbox: Pick<ReceiptInbox, 'keep'>;
  ringer: Pick<Ringer, 'ring'>;
  slowDown: Pick<SlowDown, 'admit' | 'hold'>;
  clock: Pick<Clock, 'now'>;
  metrics: Pick<Metrics, 'ingestSeconds'>;
  newReceiptId: () => ReceiptId;
}

/** For somebody has to mend what is out of order. */
const MENDED_IN_SECONDS = 60;

/** Keeps a webhook and answers the PBX: read, look at it, commit, ring, reply. Nothing is acknowledged before the commit. */
export class TakeWebhook {
  constructor(private readonly parts: TakeWebhookParts) {}

  /**
   * @param taking  what `find` answered, where it was asked before the body came
   * @returns the reply in the caller's own format, for 2xx
   * @throws AppError 404 for an unknown token or route, 503 when the database is away or the workers are too late
   */
  async take(webhook: Webhook, taking?: Taking): Promise<Reply> {
    const receivedAt = this.parts.clock.now();
    const found = taking ?? (await this.find(webhook));
    if (!found.ok) throw found.error;
    const { connection, dialect } = found;
    const reading = readWithSurplus(dialect, requestIn(connection.country, webhook), connection.settings);
    const waitsForUs = reading.ok && reading.question !== undefined;
    if (!waitsForUs) this.parts.slowDown.admit();
    const answer = await this.keepAndAnswer(webhook, connection, receivedAt, reading);
    if (reading.ok) this.parts.ringer.ring('connection', [connection.connectionId]);
    const verdict: Verdict = reading.ok
      ? { kind: 'accepted', ...(answer && { answer }) }
      : { kind: 'unreadable', reason: reading.reason };
    this.parts.metrics.ingestSeconds.observe(
      { dialect: dialect.name, verdict: verdict.kind },
      (this.parts.clock.now() - receivedAt) / 1000,
    );
    if (!waitsForUs) await this.parts.slowDown.hold();
    return dialect.reply(verdict, contextOf(webhook, connection, reading));
  }

  /**
   * Whose a URL is, and whether a webhook would be taken there: nothing is kept, nobody is told.
   *
   * @throws AppError `database.unavailable`
   */
  async find(address: Address): Promise<Taking> {
    const connection = await this.parts.directory.byToken(address.token);
    const dialect = servedBy(address, connection);
    if (!connection) {
      const former = await this.parts.directory.byFormerToken(address.token);
      if (former) return { ok: false, connection: former, error: replacedUrl() };
    }
    if (!connection || !dialect) return { ok: false, connection, error: unknownUrl() };
    if (!connection.enabled) {
      const message = 'This connection is switched off.';
      const error = new AppError('rejected', 'ingress.connection_disabled', message, { status: 403 });
      return { ok: false, connection, error };
    }
    if (dialect.outOfOrder !== undefined) {
      const { outOfOrder: message } = dialect;
      const error = new AppError('unavailable', 'ingress.out_of_order', message, {
        status: 503,
        retryAfterSeconds: MENDED_IN_SECONDS,
      });
      return { ok: false, connection, error };
    }
    return { ok: true, connection, dialect };
  }

  private async keepAndAnswer(
    webhook: Webhook,
    connection: IngressConnection,
    receivedAt: Instant,
    reading: Reading,
  ): Promise<Answer | undefined> {
    const answering =
      reading.ok && reading.question && this.answer(reading.question, { connection, webhook });
    const keeping = this.keep(webhook, connection, receivedAt, reading);
    if (answering) return (await Promise.all([answering, keeping]))[0];
    await keeping;
    return undefined;
  }

  private async answer(question: Question, asker: Asker): Promise<Answer> {
    switch (question.kind) {
      case 'popup':
        return this.parts.answerers.popup(question, asker);
      case 'ivr':
        return this.parts.answerers.ivr(question, asker);
    }
  }

  private keep(
    webhook: Webhook,
    connection: IngressConnection,
    receivedAt: Instant,
    reading: Reading,
  ): Promise<void> {
    const whole = {
      id: this.parts.newReceiptId(),
      tenantId: connection.tenantId,
      connectionId: connection.connectionId,
      receivedAt,
      route: webhook.route,
      method: webhook.method,
      query: webhook.query,
      headers: webhook.headers,
      body: webhook.body,
      sourceIp: webhook.sourceIp,
      note: webhook.note ?? null,
      surplus: webhook.surplus ?? null,
      vendorCallIds: reading.ok ? reading.vendorCallIds : null,
      unparsedReason: reading.ok ? (reading.unreadable ?? null) : reading.reason,
    };
    // In the same commit: else a list could be known for read while one of its calls is nowhere.
    const problems = reading.ok ? (reading.problems ?? []) : [];
    const alone = problems.map(({ reason, contentType, body }) => ({
      ...whole,
      id: this.parts.newReceiptId(),
      headers: headersOfElement(whole.headers, contentType),
      body,
      surplus: null,
      vendorCallIds: null,
      unparsedReason: reason,
    }));
    return this.parts.inbox.keep(whole, ...alone);
  }
}

function contextOf(webhook: Webhook, connection: IngressConnection, reading: Reading): ReplyTo {
  const { settings, country } = connection;
  const context: ReplyTo = { route: webhook.route, format: reading.format, settings };
  const { addresses } = webhook;
  if (addresses) context.asked = { ...requestIn(country, webhook), addresses };
  if (reading.ok && reading.question) context.question = reading.question;
  return context;
}

/** What the headers say of the body was of the whole list's. */
function headersOfElement(headers: Webhook['headers'], contentType: string): Webhook['headers'] {
  const others = Object.entries(headers).filter(([name]) => !/^(content|transfer)-/.test(name));
  return { ...Object.fromEntries(others), 'content-type': contentType };
}

function servedBy(address: Address, connection: IngressConnection | undefined): Dialect | undefined {
  if (connection?.dialect !== address.dialect) return undefined;
  const dialect = dialectFor(address.dialect, connection.settings);
  // Whose routes are not known has any: what comes there must not be lost.
  const isServed = dialect?.outOfOrder !== undefined || dialect?.routes.includes(address.route) === true;
  return isServed ? dialect : undefined;
}

function replacedUrl(): AppError {
  const message = 'This URL was replaced and is not valid any more: copy the new one from the connection.';
  return new AppError('rejected', 'ingress.replaced_url', message, { status: 404 });
}

function unknownUrl(): AppError {
  return new AppError(
    'rejected',
    'ingress.unknown_url',
    'This is not the URL of any connection: copy it again from the connection.',
    { status: 404 },
  );
}
