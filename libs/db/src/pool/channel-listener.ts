import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { logFailure, type Log } from '#platform';
import { databaseAway, isDatabaseAway } from './hot-pool.js';

const CONNECT_WITHIN_MS = 5_000;
const RETRY_AFTER_MS = 500;

export interface ChannelHearing {
  notified: (payload: string) => void;
  /** It listens, for the first time or again: what was notified before was not heard. */
  listening: () => void;
}

export interface ChannelListenerParts {
  url: string;
  /** Of NOTIFY; an SQL name. */
  channel: string;
  /** What the session is called at the server. */
  application: string;
  log: Log;
  /** The event that is logged when it fails. */
  failed: string;
}

/** Hears what is notified on a channel of PostgreSQL, on a session of its own, and opens another one whenever that ends. */
export class ChannelListener {
  private session: pg.Client | undefined;
  private running: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(private readonly parts: ChannelListenerParts) {}

  start(hearing: ChannelHearing): void {
    this.running ??= this.run(hearing);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.session?.end().catch(() => undefined);
    await this.running;
  }

  private async run(hearing: ChannelHearing): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.listen(hearing);
      } catch (error) {
        const cause = isDatabaseAway(error) ? databaseAway(error) : error;
        if (!signal.aborted) logFailure(this.parts.log, this.parts.failed, cause, {});
      }
      await delay(RETRY_AFTER_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Returns or throws when the session is over. */
  private async listen(hearing: ChannelHearing): Promise<void> {
    const session = new pg.Client({
      connectionString: this.parts.url,
      options: '-c role=switchhook_worker',
      application_name: this.parts.application,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      keepAlive: true,
    });
    this.session = session;
    const ended = new Promise<void>((resolve) => {
      session.on('error', () => {
        resolve();
      });
      session.on('end', resolve);
    });
    session.on('notification', ({ payload = '' }) => {
      hearing.notified(payload);
    });
    try {
      await session.connect();
      await session.query(`LISTEN ${this.parts.channel}`);
      hearing.listening();
      await ended;
    } finally {
      await session.end().catch(() => undefined);
    }
  }
}
