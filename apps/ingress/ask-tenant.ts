import { ownIvrQuestion, readOwnIvrAnswer, type Exchange, type IvrAnswer, type IvrQuestion } from '#domain';
import { dialectNamed, type IvrProtocol } from '#dialects';
import { sealedFor, type HotIvrRoute, type IvrSource } from '#db';
import { newId, sign, type Clock, type HttpSender, type SecretBox } from '#platform';
import type { Asker } from './take-webhook.js';

type FailureCause = Extract<Exchange, { kind: 'failed' }>['cause'];

/**
 * What a source said, or why it said nothing of use. `busy`: too many of the connection's questions wait already.
 * `status`: it did not answer 2xx. `unsupported`: the PBX's vendor has no such protocol.
 */
export type Said =
  | { ok: true; answer: IvrAnswer }
  | {
      ok: false;
      cause: FailureCause | 'busy' | 'status' | 'unreadable' | 'unsupported' | 'aborted' | 'gone';
      reason: string;
    };

/** Questions of one connection that may wait for its server at once: a slow one holds up nobody else. */
export const MOST_AT_ONCE = 50;

const USER_AGENT = 'Switchhook/1 (+https://switchhook.dev)';

export interface AskTenantParts {
  sender: Pick<HttpSender, 'send'>;
  box: Pick<SecretBox, 'open'>;
  clock: Pick<Clock, 'now'>;
}

/** A question in the words of one protocol, and how its answer is read. */
interface Exchanger {
  contentType: string;
  body: string;
  read: (reply: { contentType: string | undefined; body: string }) => Said;
}

type UrlSource = Extract<IvrSource, { kind: 'url' }>;

/** Asks the tenant's own server what a caller hears next. */
export class AskTenant {
  private readonly waiting = new Map<string, number>();

  constructor(private readonly parts: AskTenantParts) {}

  /**
   * One signed POST, guarded like every request on a tenant's behalf; no redirect is followed.
   *
   * @param route  whose source is the URL
   * @param timeoutMs  for the whole exchange
   */
  async ask(
    question: IvrQuestion,
    asker: Asker,
    { route, source }: { route: HotIvrRoute; source: UrlSource },
    timeoutMs: number,
  ): Promise<Said> {
    const exchanger = source.protocol === 'standard' ? inOurJson(question) : inKind(question, asker);
    if (!exchanger) {
      return { ok: false, cause: 'unsupported', reason: 'The vendor of this PBX has no such protocol.' };
    }
    if (timeoutMs <= 0) return { ok: false, cause: 'timeout', reason: 'No time was left to ask.' };
    const { connectionId } = asker.connection;
    const waiting = this.waiting.get(connectionId) ?? 0;
    if (waiting >= MOST_AT_ONCE) {
      return { ok: false, cause: 'busy', reason: `${waiting} questions wait for this server already.` };
    }
    this.waiting.set(connectionId, waiting + 1);
    try {
      return await this.exchange(exchanger, { route, source }, timeoutMs);
    } finally {
      this.leave(connectionId);
    }
  }

  private async exchange(
    { contentType, body, read }: Exchanger,
    { route, source }: { route: HotIvrRoute; source: UrlSource },
    timeoutMs: number,
  ): Promise<Said> {
    const sent = await this.parts.sender.send({
      method: 'POST',
      url: source.url,
      headers: {
        ...this.ownHeaders(route, source),
        'content-type': contentType,
        'user-agent': USER_AGENT,
        ...this.signature(route, source, body),
      },
      body,
      timeoutMs,
      // It can tell a repetition by the message's id.
      mayRepeat: true,
    });
    if (sent.kind === 'aborted') return { ok: false, cause: 'aborted', reason: 'We are shutting down.' };
    const { exchange } = sent;
    if (exchange.kind === 'failed') return { ok: false, cause: exchange.cause, reason: exchange.message };
    if (exchange.status < 200 || exchange.status > 299) {
      return { ok: false, cause: 'status', reason: `It answered ${exchange.status}.` };
    }
    return read({ contentType: exchange.headers['content-type'], body: exchange.body });
  }

  private ownHeaders(route: HotIvrRoute, { sealedHeaders }: UrlSource): Record<string, string> {
    if (sealedHeaders === null) return {};
    return JSON.parse(this.parts.box.open(sealedHeaders, sealedFor.ivrRoute(route.id))) as Record<
      string,
      string
    >;
  }

  /** Standard Webhooks 1.0, as deliveries are signed. */
  private signature(route: HotIvrRoute, { sealedSecret }: UrlSource, body: string): Record<string, string> {
    const id: string = newId();
    const timestampSeconds = Math.floor(this.parts.clock.now() / 1000);
    const secrets =
      sealedSecret === null ? [] : [this.parts.box.open(sealedSecret, sealedFor.ivrRoute(route.id))];
    return {
      'webhook-id': id,
      'webhook-timestamp': String(timestampSeconds),
      ...(secrets.length > 0 && { 'webhook-signature': sign({ id, timestampSeconds, body, secrets }) }),
    };
  }

  private leave(connectionId: string): void {
    const left = (this.waiting.get(connectionId) ?? 1) - 1;
    if (left > 0) this.waiting.set(connectionId, left);
    else this.waiting.delete(connectionId);
  }
}

/** As the PBX asked us, and what it answers as it answers it: a server that was written for the vendor needs no change. */
function inKind(question: IvrQuestion, { webhook }: Asker): Exchanger | undefined {
  const dialect = dialectNamed(webhook.dialect);
  const ivr: IvrProtocol | undefined = dialect?.ivr;
  if (!dialect || !ivr) return undefined;
  const format = dialect.sniff(webhook) === 'xmlrpc' ? 'xmlrpc' : 'json';
  return {
    ...ivr.ask(question, format),
    read: ({ contentType, body }) => {
      const reading = ivr.readAnswer({ contentType, body: Buffer.from(body) }, question);
      if (!reading.ok) return { ok: false, cause: 'unreadable', reason: reading.reason };
      return { ok: true, answer: { ...reading.answer, given: { contentType, body } } };
    },
  };
}

function inOurJson(question: IvrQuestion): Exchanger {
  return {
    contentType: 'application/json',
    body: JSON.stringify(ownIvrQuestion(question)),
    read: ({ body }) => ownAnswer(parsed(body)),
  };
}

/** @param json  an answer in our JSON; undefined for what is no JSON */
export function ownAnswer(json: unknown): Said {
  const reading = readOwnIvrAnswer(json);
  if (reading.ok) return reading;
  const [problem] = reading.problems;
  return { ok: false, cause: 'unreadable', reason: `${problem?.path ?? ''}: ${problem?.message ?? ''}` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
