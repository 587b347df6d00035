import { isUuid } from '#domain';
import type { Log } from '#platform';
import { ChannelListener } from '../pool/channel-listener.js';
import type { HotPool } from '../pool/hot-pool.js';
import type { LeasedKind } from './mailbox-lease-book.js';

/**
 * Nobody waits until it is on the disk, and it travels in a transaction of its own, for the reasons that `LiveBell` has for its signals:
 * a transaction that notifies holds a lock of the whole server, and letters are not to queue for that.
 */
const CALL = `SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, $2)`;

/** Stands before the mailboxes when more are to come, and are seldom rung for. */
const STEADY = 'steady';

interface CalledRing {
  mailboxes: readonly string[];
  isSteady?: boolean;
}

/**
 * Rings that all workers of a kind hear at once, by PostgreSQL's NOTIFY. Nothing is kept for whoever does not listen: the mailbox is
 * found by the next look or sweep.
 */
export class RingCalls {
  private readonly listeners: ChannelListener[] = [];

  constructor(private readonly parts: { hot: HotPool; url: string; log: Log }) {}

  /** @param ring  200 mailboxes at most: a payload has less than 8,000 bytes (PostgreSQL's manual, NOTIFY) */
  async call(kind: LeasedKind, { mailboxes, isSteady }: CalledRing): Promise<void> {
    const payload = (isSteady ? [STEADY, ...mailboxes] : mailboxes).join(',');
    await this.parts.hot.run('ring.call', CALL, [channelOf(kind), payload]);
  }

  /**
   * Opens a session that listens until `stop`.
   *
   * @param hearing  `listening` is told whenever it begins to: what was called before was not heard
   */
  hear(
    kind: LeasedKind,
    { called, listening }: { called: (ring: CalledRing) => void; listening: () => void },
  ): void {
    const { url, log } = this.parts;
    const names = { application: 'switchhook-rings', failed: 'ring.listen_failed' };
    const listener = new ChannelListener({ url, log, channel: channelOf(kind), ...names });
    this.listeners.push(listener);
    listener.start({
      notified: (payload) => {
        // Anybody with a session may notify.
        const words = payload.split(',');
        const mailboxes = words.filter(isUuid);
        const isSteady = words[0] === STEADY;
        if (isSteady || mailboxes.length > 0) called({ mailboxes, isSteady });
      },
      listening,
    });
  }

  async stop(): Promise<void> {
    await Promise.all(this.listeners.map((listener) => listener.stop()));
  }
}

function channelOf(kind: LeasedKind): string {
  return `switchhook_ring_${kind}`;
}
