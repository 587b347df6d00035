/**
 * What a connection's webhooks tell of the connection itself: whether any come, whether its clock is understood, which of
 * the vendor's words are not, which fields hold what cannot be read. The enricher learns it while it reads, and it is kept with the mailbox.
 */
import type { UnknownWord } from '../call/leg-report.js';
import { instant, type Instant } from '../ids.js';
import { EMPTY_RING, countedAt, type CountRing, type RingShape } from './count-ring.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** One span more than is asked for: a part of the oldest counts. */
export const MINUTES: RingShape = { spanMs: MINUTE, spans: 61 };
export const HOURS: RingShape = { spanMs: HOUR, spans: 25 };

/** Reports whose times are compared with their receipt. Few, so that a clock that was put right is believed soon. */
const MOST_LAGS = 15;
/** Words, and fields. */
const MOST_SEEN = 50;
const LONGEST_WORD = 64;

interface Seen {
  count: number;
  lastSeenAt: Instant;
}

export interface SeenWord extends UnknownWord, Seen {}

/** A field whose value could not be read, by the vendor's name of it. */
export interface SeenField extends Seen {
  name: string;
}

export interface ConnectionHealth {
  /** Receipt of the last webhook that was read. */
  lastWebhookAt: Instant | null;
  /** Webhooks read. */
  minutes: CountRing;
  hours: CountRing;
  clock: ClockSamples;
  /** The one seen last first. */
  unknownWords: readonly SeenWord[];
  /** The one seen last first. */
  unreadableFields: readonly SeenField[];
}

/** How long after the end of a call, by the PBX's clock as it was understood, its CDR came. */
export interface ClockSamples {
  /** How epochs were read: samples of another setting say nothing about this one. */
  reading: string;
  /** Seconds, the newest first; negative for a call that seems to end in the future. */
  lags: readonly number[];
}

/** What one webhook tells of its connection. */
export interface WebhookFacts {
  receivedAt: Instant;
  /** Seconds since the end of the call that it accounts for, of several the last; null when it accounts for none. */
  lagSeconds: number | null;
  unknownWords: readonly UnknownWord[];
  /** The vendor's names of fields whose values could not be read, each once. */
  unreadableFields: readonly string[];
}

export const NOTHING_LEARNT: ConnectionHealth = {
  lastWebhookAt: null,
  minutes: EMPTY_RING,
  hours: EMPTY_RING,
  clock: { reading: '', lags: [] },
  unknownWords: [],
  unreadableFields: [],
};

/** @param setting  how the connection's epochs were read, from `clockReading` */
export function learn(
  health: ConnectionHealth,
  webhooks: readonly WebhookFacts[],
  setting: string,
): ConnectionHealth {
  return webhooks.reduce((known, webhook) => learnOne(known, webhook, setting), health);
}

/** Names a setting; with `utc` the zone does not matter. */
export function clockReading({ epochs, timeZone }: { epochs: 'utc' | 'local'; timeZone: string }): string {
  return epochs === 'utc' ? 'utc' : `local ${timeZone}`;
}

function learnOne(health: ConnectionHealth, webhook: WebhookFacts, setting: string): ConnectionHealth {
  const { receivedAt, lagSeconds, unknownWords, unreadableFields } = webhook;
  const lags = health.clock.reading === setting ? health.clock.lags : [];
  const samples = lagSeconds === null ? lags : [Math.round(lagSeconds), ...lags].slice(0, MOST_LAGS);
  return {
    lastWebhookAt: instant(Math.max(health.lastWebhookAt ?? receivedAt, receivedAt)),
    minutes: countedAt(health.minutes, receivedAt, MINUTES),
    hours: countedAt(health.hours, receivedAt, HOURS),
    clock: { reading: setting, lags: samples },
    unknownWords: unknownWords.reduce(
      (seen, { kind, word }) => seenAgain(seen, { kind, word: printable(word) }, receivedAt),
      health.unknownWords,
    ),
    unreadableFields: unreadableFields.reduce(
      (seen, name) => seenAgain(seen, { name: printable(name) }, receivedAt),
      health.unreadableFields,
    ),
  };
}

function seenAgain<Thing extends object>(
  seen: readonly (Thing & Seen)[],
  thing: Thing,
  at: Instant,
): readonly (Thing & Seen)[] {
  const names = Object.keys(thing) as (keyof Thing)[];
  const isSame = (other: Thing) => names.every((name) => other[name] === thing[name]);
  const before = seen.find(isSame);
  const lastSeenAt = instant(Math.max(before?.lastSeenAt ?? at, at));
  const now = { ...thing, count: (before?.count ?? 0) + 1, lastSeenAt };
  return [now, ...seen.filter((other) => !isSame(other))].slice(0, MOST_SEEN);
}

/** A stranger's text, fit for a row of the database and for a page. */
function printable(word: string): string {
  // eslint-disable-next-line no-control-regex -- that is what is looked for
  const clean = word.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
  return clean.slice(0, LONGEST_WORD).toWellFormed();
}
