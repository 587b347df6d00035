/** What every event tells of the channel that it shows. */
import type { Direction, LegReport, NamedId } from '#domain';
import type { DialectSettings } from '../dialect.js';
import { isOurs, leftOverOf, type AriEvent } from './ari-event.js';
import type { Channel } from './channel.js';
import { ownVariables } from './own-variables.js';
import { isExtension, isOrdered, roleOf, whoItIs, type Party, type Role } from './who-it-is.js';

/** What a message is read with. */
export interface AriContext {
  settings: DialectSettings;
  /** How far the PBX's clock is ahead of ours, ms. */
  aheadMs: number;
}

/** A channel that is somebody's. */
export interface PartyChannel {
  channel: Channel;
  party: Exclude<Party, null>;
  role: Role;
}

/** What a kind of event tells beside what all do. */
export type Said = Partial<LegReport> & Pick<LegReport, 'phase'>;

/** Undefined for one of the PBX's own making. */
export function partyChannel(channel: Channel, settings: DialectSettings): PartyChannel | undefined {
  const party = whoItIs(channel, settings);
  return party === null ? undefined : { channel, party, role: roleOf(channel, party) };
}

/**
 * The report of an event about a channel. `said` is what its kind tells; parties only where an event shows both, or shows the
 * caller.
 */
export function legOf(event: AriEvent, of: PartyChannel, said: Said, context: AriContext): LegReport {
  const { channel, party, role } = of;
  const { raw, ...unreadableFields } = leftOverOf(event);
  const isQueued = role === 'caller' || role === 'agent';
  return {
    vendorCallId: channel.callId,
    leg: role === 'agent' || role === 'customer' ? role : channel.id,
    vendorType: '',
    vendorStatus: '',
    direction: likelyDirection(of),
    result: 'unknown',
    ...timesOf(event, channel, context),
    from: '',
    to: '',
    did: null,
    extension: party === 'extension' ? channel.endpoint : null,
    queue: isQueued ? queueIn(channel) : null,
    customData: ownVariables(channel.variables),
    ...NOTHING_ELSE,
    ...said,
    ...unreadableFields,
    raw: { ...raw, ...said.raw },
  };
}

/** As far as a channel alone shows it; an event of dialling shows both ends, and its word counts before this one. */
function likelyDirection({ channel, party, role }: PartyChannel): Direction {
  if (isOrdered(channel)) return 'outbound';
  if (role === 'caller') {
    // Where to, only the beginning of the call tells: a dialplan leads a caller on.
    return party === 'trunk' ? 'inbound' : 'outbound';
  }
  if (party === 'trunk') return 'outbound';
  return isExtension(channel.connected.number) ? 'internal' : 'inbound';
}

const FEWEST_DIGITS = 7;

/** Whether what was dialled is a number of the world: shorter ones are extensions, menus and keys of a phone. */
export function isOutside(dialled: string): boolean {
  return new RegExp(String.raw`^\+?\d{${String(FEWEST_DIGITS)},}$`).test(dialled);
}

/** `Queue(support,t,,,60)`. */
export function queueIn({ app, appData }: Pick<Channel, 'app' | 'appData'>): NamedId | null {
  if (app.toLowerCase() !== 'queue') return null;
  const id = appData.split(',')[0]?.trim() ?? '';
  return id === '' ? null : { id, name: null };
}

function timesOf(event: AriEvent, { createdAt }: Channel, { aheadMs }: AriContext) {
  const ahead = isOurs(event) ? 0 : aheadMs;
  return {
    startedEpochSeconds: createdAt === null ? null : Math.max(0, createdAt - aheadMs) / 1000,
    ...(createdAt !== null && { startedBy: 'utc' as const }),
    ...(event.at !== null && { toldAt: Math.max(0, event.at - ahead) }),
  };
}

export const NOTHING_ELSE = {
  ringSeconds: null,
  queueSeconds: null,
  talkSeconds: null,
  agent: null,
  department: null,
  price: null,
  recordings: [],
  ivrPath: [],
  transferOf: null,
  ai: null,
};
