import type { Instant } from '../ids.js';
import type { EpochReading } from '../time/wall-clock.js';
import { NO_PARAMS, type WordParams } from '../words/word-params.js';
import { clockAdvice } from './clock-advice.js';
import type { ConnectionHealth } from './connection-health.js';
import { refusalWords, type Refused } from './refusal.js';
import { socketWarning, type SocketCondition } from './socket-warning.js';

const DAY = 24 * 60 * 60 * 1000;
/** Longer than a weekend. */
const SILENT_MS = 3 * DAY;
/** What was not seen for so long has been dealt with, or does not matter. */
const SEEN_COUNTS_MS = 7 * DAY;
const MOST_NAMED = 5;

export const WARNING_CODES = [
  'connection.disabled',
  'socket.never',
  'socket.down',
  'webhooks.none',
  'webhooks.silent',
  'webhooks.refused',
  'clock.wrong',
  'receipts.unparsed',
  'receipts.set_aside',
  'words.unknown',
  'fields.unreadable',
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

export interface Warning {
  code: WarningCode;
  /** A sentence or two: what is wrong, and what to do. */
  message: string;
  /** What the message is filled with. */
  params: WordParams;
}

/** What is known of a connection beside what its enricher has learnt. */
export interface ConnectionCondition {
  enabled: boolean;
  setting: EpochReading;
  /** Receipt of the last webhook, read or not. */
  lastWebhookAt: Instant | null;
  /** Of the last 24 hours. */
  unparsed: number;
  /** That wait for somebody, however old. */
  setAside: number;
  /** Before there was a receipt, in the last 24 hours; what was refused last first. */
  refused: readonly Refused[];
  /** Null where the PBX sends webhooks. Otherwise what its warnings tell of are messages, and `params.kind` is `socket`. */
  socket: SocketCondition | null;
}

/** What somebody should look after; nothing where all is well. The most urgent first. */
export function warningsOf(
  health: Pick<ConnectionHealth, 'clock' | 'unknownWords' | 'unreadableFields'>,
  condition: ConnectionCondition,
  now: Instant,
): Warning[] {
  const clock = clockAdvice(health.clock, condition.setting, now);
  return [
    ...(condition.enabled ? [] : [disabled(condition)]),
    ...silence(condition, now),
    ...refusals(condition),
    ...(clock === null ? [] : [{ code: 'clock.wrong', ...clock } as const]),
    ...problems(condition),
    ...unknownWords(health, now),
    ...unreadableFields(health, now),
  ];
}

type Kind = Pick<ConnectionCondition, 'socket'>;

/** Of what the reader must know to say it in another language. */
function kindOf({ socket }: Kind): WordParams {
  return socket === null ? NO_PARAMS : { kind: 'socket' };
}

function disabled(of: Kind): Warning {
  const refused = of.socket === null ? 'webhooks are refused' : 'the WebSocket of its PBX is refused';
  return {
    code: 'connection.disabled',
    message: `The connection is switched off: ${refused}.`,
    params: kindOf(of),
  };
}

function refusals({ refused, socket }: ConnectionCondition): Warning[] {
  return refused.map((some) => ({
    code: 'webhooks.refused',
    message: refusalWords(some, socket === null ? 'webhook' : 'request'),
    params: { reason: some.reason, count: some.count, ...kindOf({ socket }) },
  }));
}

function silence(condition: ConnectionCondition, now: Instant): Warning[] {
  const { lastWebhookAt, refused, socket, enabled } = condition;
  // It is closed because it is switched off, which is said.
  if (socket !== null && !enabled) return [];
  const warning = socketWarning(socket, now);
  if (warning !== null) return [warning];
  if (lastWebhookAt === null) {
    // An office where nobody has called yet.
    if (socket !== null) return [];
    // Some came, and what became of them is said below.
    if (refused.length > 0) return [];
    return [
      {
        code: 'webhooks.none',
        message: 'No webhook has come yet: paste the URL of the guide into the PBX.',
        params: NO_PARAMS,
      },
    ];
  }
  const days = Math.floor((now - lastWebhookAt) / DAY);
  if (now - lastWebhookAt < SILENT_MS) return [];
  const message =
    socket === null
      ? `No webhook has come for ${String(days)} days, though there were some.`
      : `The PBX has told of nothing for ${String(days)} days, though its WebSocket is open.`;
  return [{ code: 'webhooks.silent', message, params: { days, ...kindOf(condition) } }];
}

function problems({ unparsed, setAside, socket }: ConnectionCondition): Warning[] {
  const found: Warning[] = [];
  const kind = kindOf({ socket });
  const counted = (count: number): string =>
    `${String(count)} ${socket === null ? 'webhook' : 'message'}${count === 1 ? '' : 's'}`;
  if (unparsed > 0) {
    const message = `${counted(unparsed)} of the last 24 hours could not be read. They are kept, and can be replayed after a fix.`;
    found.push({ code: 'receipts.unparsed', message, params: { count: unparsed, ...kind } });
  }
  if (setAside > 0) {
    const message = `${counted(setAside)} could be read, but working on them failed. They are kept, and can be replayed after a fix.`;
    found.push({ code: 'receipts.set_aside', message, params: { count: setAside, ...kind } });
  }
  return found;
}

function unknownWords(
  { unknownWords: seen }: Pick<ConnectionHealth, 'unknownWords'>,
  now: Instant,
): Warning[] {
  const recent = seen.filter(({ lastSeenAt }) => now - lastSeenAt < SEEN_COUNTS_MS);
  if (recent.length === 0) return [];
  const named = namedFew(recent.map(({ kind, word }) => `${kind} "${word}"`));
  const message = `The PBX uses words that this dialect has no meaning for: ${named}. Such calls are kept with the result \`unknown\` or as ordinary calls.`;
  return [
    { code: 'words.unknown', message, params: { words: recent.map(({ kind, word }) => `${kind} ${word}`) } },
  ];
}

function unreadableFields(
  { unreadableFields: seen }: Pick<ConnectionHealth, 'unreadableFields'>,
  now: Instant,
): Warning[] {
  const recent = seen.filter(({ lastSeenAt }) => now - lastSeenAt < SEEN_COUNTS_MS);
  if (recent.length === 0) return [];
  const named = namedFew(recent.map(({ name }) => `\`${name}\``));
  const message = `The PBX fills fields with what cannot be read: ${named}. Such calls are kept without these values; \`raw\` of a call shows what came. Look at what the PBX is set to send there.`;
  return [{ code: 'fields.unreadable', message, params: { fields: recent.map(({ name }) => name) } }];
}

function namedFew(all: readonly string[]): string {
  const named = all.slice(0, MOST_NAMED);
  const more = all.length > named.length ? ` and ${String(all.length - named.length)} more` : '';
  return `${named.join(', ')}${more}`;
}
