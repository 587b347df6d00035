import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { logFailure, type Log } from '#platform';
import { databaseAway, isDatabaseAway } from '../pool/hot-pool.js';
import { LIVE_CHANNEL, readLiveSignal, type LiveSignal } from './live-signal.js';

const CONNECT_WITHIN_MS = 5_000;
const RETRY_AFTER_MS = 500;

export interface LiveHearing {
  signal: (signal: LiveSignal) => void;
  /** It listens, for the first time or again: what was signalled before was not heard. */
  listening: () => void;
}

/** Hears what workers signal, on a session of its own, and opens another one whenever that ends. */
export class LiveListener {
  private session: pg.Client | undefined;
  private running: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(
    private readonly url: string,
    private readonly log: Log,
  ) {}

  start(hearing: LiveHearing): void {
    this.running ??= this.run(hearing);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.session?.end().catch(() => undefined);
    await this.running;
  }

  private async run(hearing: LiveHearing): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.listen(hearing);
      } catch (error) {
        const cause = isDatabaseAway(error) ? databaseAway(error) : error;
        if (!signal.aborted) logFailure(this.log, 'live.listen_failed', cause, {});
      }
      await delay(RETRY_AFTER_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Returns or throws when the session is over. */
  private async listen(hearing: LiveHearing): Promise<void> {
    const session = new pg.Client({
      connectionString: this.url,
      options: '-c role=switchhook_worker',
      application_name: 'switchhook-live',
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
      const signal = readLiveSignal(payload);
      if (signal !== undefined) hearing.signal(signal);
    });
    try {
      await session.connect();
      await session.query(`LISTEN ${LIVE_CHANNEL}`);
      hearing.listening();
      await ended;
    } finally {
      await session.end().catch(() => undefined);
    }
  }
}
