import { setTimeout as delay } from 'node:timers/promises';
import type { QueueEvents, QueueEventsProducer } from 'bullmq';

/** The one event of ours among those that BullMQ tells of its jobs. */
const TOLD = 'told';
/** How long it rests after its store failed it. */
const HEAR_AGAIN_MS = 500;
/** Events that are kept for whoever was away for a moment. */
const MOST_EVENTS = 1_000;

/** Hears what is told over a queue's events from now on, whoever tells it. */
export interface Hearing {
  /** Resolves when nothing that is told is missed any more. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** Tells all who hear a queue's events. */
export interface Telling {
  /** @param words  without commas */
  tell(words: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export function hearingOf(
  events: Pick<QueueEvents, 'run' | 'on' | 'off' | 'close' | 'waitUntilReady'>,
  heard: (words: readonly string[]) => void,
): Hearing {
  let closed = false;
  const listen = events.on as unknown as (
    event: string,
    listener: (told: { words?: unknown }) => void,
  ) => void;
  listen.call(events, TOLD, ({ words }) => {
    if (typeof words === 'string') heard(words.split(','));
  });
  events.on('error', () => undefined);
  const hearOn = async (): Promise<void> => {
    while (!closed) {
      await events.run().catch(() => undefined);
      if (!closed) await delay(HEAR_AGAIN_MS);
    }
  };
  void hearOn();
  return {
    ready: async () => {
      await events.waitUntilReady();
    },
    close: async () => {
      closed = true;
      await events.close();
    },
  };
}

export function tellingOf(producer: Pick<QueueEventsProducer, 'publishEvent' | 'on' | 'close'>): Telling {
  producer.on('error', () => undefined);
  return {
    tell: (words) => producer.publishEvent({ eventName: TOLD, words: words.join(',') }, MOST_EVENTS),
    close: () => producer.close(),
  };
}
