/** One event of ARI, apart from what its kind says. */
import { membersOf } from '../content/members.js';
import { isBlank } from '../content/scalars.js';
import { textOf, timeOf } from './channel.js';

export interface AriEvent {
  type: string;
  fields: Readonly<Record<string, unknown>>;
  /** By the PBX's clock, epoch ms. */
  at: number | null;
}

/** Kinds of messages that we keep ourselves: our own clock is in them. */
export const SEEN = 'SwitchhookChannelSeen';
export const GONE = 'SwitchhookChannelGone';
/** Member of `GONE`, true where its time is no more than when the channel was last known to be there. */
export const GUESSED = 'guessed';

export function isOurs({ type }: Pick<AriEvent, 'type'>): boolean {
  return type === SEEN || type === GONE;
}

/** Undefined where it is no event. */
export function readAriEvent(value: unknown): AriEvent | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const fields = Object.fromEntries(membersOf(value));
  const type = textOf(fields['type']);
  return type === '' ? undefined : { type, fields, at: timeOf(fields['timestamp']) };
}

/** Read where they are what they should be. */
const STRUCTURED: ReadonlySet<string> = new Set([
  ...['channel', 'caller', 'peer', 'bridge', 'args', 'replace_channel', 'transferee', 'transfer_target'],
  ...['transferer_first_leg', 'transferer_second_leg', 'destination_link_first_leg'],
  ...['transferer_first_leg_bridge', 'transferer_second_leg_bridge', 'destination_link_second_leg'],
  ...['forwarded', 'recording', 'userevent'],
]);
const PLACED: ReadonlySet<string> = new Set([
  'type',
  'timestamp',
  'dialstatus',
  'variable',
  'value',
  'digit',
  GUESSED,
]);

/** Says by which of our lines it was told, and nothing of the call: both lines tell the same. */
const LINE = /^[\w-]{1,80}$/;

/** What has no place in a report, as it came; and the names of what could not be read. */
export function leftOverOf({ fields, at }: AriEvent): {
  raw: Record<string, unknown>;
  unreadableFields?: readonly string[];
} {
  const unreadable = at === null && !isBlank(fields['timestamp']) ? ['timestamp'] : [];
  const raw: [string, unknown][] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (isBlank(value) || (name === 'application' && LINE.test(textOf(value)))) continue;
    const isObject = typeof value === 'object';
    const isOdd = STRUCTURED.has(name) ? !isObject : PLACED.has(name) && isObject;
    const isPlaced = STRUCTURED.has(name) || PLACED.has(name);
    if (isOdd) unreadable.push(name);
    if (!isPlaced || isOdd || unreadable.includes(name)) raw.push([name, value]);
  }
  return { raw: Object.fromEntries(raw), ...(unreadable.length > 0 && { unreadableFields: unreadable }) };
}
