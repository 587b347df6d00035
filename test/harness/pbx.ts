import { setTimeout as delay } from 'node:timers/promises';
import { Agent, request } from 'undici';

export interface PbxAnswer {
  /** 0 when there was none: refused, reset or timed out. */
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface PbxMessage {
  contentType: string;
  body: string;
}

export function jsonMessage(value: unknown): PbxMessage {
  return { contentType: 'application/json', body: JSON.stringify(value) };
}

const RETRY_AFTER_MS = 100;
const GIVE_UP_AFTER_MS = 60_000;

/** Sends CDRs to one ingress URL, and again when they are not taken, as a PBX does. */
export class Pbx {
  /** The calls whose CDR was answered 2xx: from then on they are ours to deliver. */
  readonly accepted: string[] = [];
  /** Answers that were not 2xx, in their order. */
  readonly refusals: PbxAnswer[] = [];
  private readonly agent = new Agent({ connections: 16, headersTimeout: 10_000, bodyTimeout: 10_000 });

  /** @param url  asked for at every try, because a process may come back somewhere else */
  constructor(private readonly url: () => string) {}

  /** One try. */
  async post({ contentType, body }: PbxMessage): Promise<PbxAnswer> {
    try {
      const answer = await request(this.url(), {
        dispatcher: this.agent,
        method: 'POST',
        headers: { 'content-type': contentType },
        body,
      });
      return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
    } catch (error) {
      return { status: 0, headers: {}, body: String(error) };
    }
  }

  /** Tries until it is taken. */
  async send(callId: string, message: PbxMessage): Promise<void> {
    const deadline = performance.now() + GIVE_UP_AFTER_MS;
    for (;;) {
      const answer = await this.post(message);
      if (answer.status >= 200 && answer.status < 300) {
        this.accepted.push(callId);
        return;
      }
      this.refusals.push(answer);
      if (answer.status >= 400 && answer.status < 500)
        throw new Error(`refused: ${answer.status} ${answer.body}`);
      if (performance.now() > deadline) throw new Error(`gave up: ${answer.status} ${answer.body}`);
      await delay(RETRY_AFTER_MS);
    }
  }

  /** Sends all of them, `lanes` at a time. */
  async sendAll(cdrs: readonly Record<string, unknown>[], lanes = 4): Promise<void> {
    const waiting = [...cdrs];
    const lane = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        await this.send(String(next['ivruniqueid']), jsonMessage(next));
      }
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}
