import type { Log } from '#platform';
import { ChannelListener } from '../pool/channel-listener.js';
import { LIVE_CHANNEL, readLiveSignal, type LiveSignal } from './live-signal.js';

export interface LiveHearing {
  signal: (signal: LiveSignal) => void;
  /** It listens, for the first time or again: what was signalled before was not heard. */
  listening: () => void;
}

/** Hears what workers signal. */
export class LiveListener {
  private readonly listener: ChannelListener;

  constructor(url: string, log: Log) {
    const application = 'switchhook-live';
    const failed = 'live.listen_failed';
    this.listener = new ChannelListener({ url, channel: LIVE_CHANNEL, application, log, failed });
  }

  start({ signal, listening }: LiveHearing): void {
    const notified = (payload: string): void => {
      const read = readLiveSignal(payload);
      if (read !== undefined) signal(read);
    };
    this.listener.start({ notified, listening });
  }

  stop(): Promise<void> {
    return this.listener.stop();
  }
}
