import type { DialectSettings } from '../dialect.js';
import type { Channel } from './channel.js';

/** Whose a channel is; null for one of the PBX's own making, which is nobody. */
export type Party = 'extension' | 'trunk' | null;

/** Halves of a channel to itself, listeners, announcers, and what takes another channel's place for a moment. */
const NOBODY =
  /^(local|snoop|announcer|recorder|cbann|cbrec|message|bridge|asyncgoto|surrogate|parked|park|mulaw|unicastrtp|multicastrtp|audiosocket|websocket)$/i;
const ZOMBIE = /<(zombie|masq)>/i;
const EXTENSION = /^\d{2,6}$/;

/** Settings: `trunks` names the endpoints that are lines to the world, where their names do not tell. */
export function whoItIs(channel: Channel, settings: DialectSettings): Party {
  if (channel.endpoint === '' || NOBODY.test(channel.technology) || ZOMBIE.test(channel.name)) return null;
  if (isTrunk(channel.endpoint, settings['trunks'])) return 'trunk';
  return isExtension(channel.endpoint) ? 'extension' : 'trunk';
}

/** Two to six digits. */
export function isExtension(name: string): boolean {
  return EXTENSION.test(name);
}

function isTrunk(endpoint: string, trunks: unknown): boolean {
  const names = typeof trunks === 'string' ? trunks.split(/[\s,;]+/) : Array.isArray(trunks) ? trunks : [];
  return names.some(
    (name) => typeof name === 'string' && name.trim().toLowerCase() === endpoint.toLowerCase(),
  );
}

/** As Asterisk makes them: its name if it has one, the second, a number of its own. What is otherwise was ordered by us. */
const OWN_ID = /^(?:.+-)?\d{9,11}\.\d+$/;

/** Whether the call was ordered by somebody who chose its id. */
export function isOrdered({ callId }: Pick<Channel, 'callId'>): boolean {
  return !OWN_ID.test(callId);
}

/**
 * - `agent`: the phone that an order rings first. `customer`: whom an order calls. See `LegKey`.
 * - `caller`: the channel that the call began with. Whatever the dialplan answers it with is a machine.
 * - `called`: any other.
 */
export type Role = 'agent' | 'customer' | 'caller' | 'called';

/** The same in every event of one channel. */
export function roleOf(channel: Channel, party: Exclude<Party, null>): Role {
  const isFirst = channel.id === channel.callId;
  if (isOrdered(channel)) {
    if (party === 'trunk') return 'customer';
    return isFirst ? 'agent' : 'called';
  }
  return isFirst ? 'caller' : 'called';
}
