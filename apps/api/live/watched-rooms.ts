import { AppError, isUuid } from '#domain';
import type { LiveIdentity } from './live-identity.js';

/** Rooms of one connection at most. */
export const MOST_ROOMS = 100;

const WHOLE_ROOMS = new Set(['tenant', 'popups', 'agents', 'queues', 'campaigns', 'calls', 'deliveries']);
const ROOM = /^(agent|call|campaign):(.{36})$|^queue:(.{36})\/(.{1,64})$/;

/**
 * What a connection hears: what it asks for or, where it asks for nothing, all that it may.
 *
 * @throws AppError `live.unknown_room`, `live.too_many_rooms`, `live.room_forbidden`
 */
export function watchedRooms(asked: unknown, { agents }: Pick<LiveIdentity, 'agents'>): string[] {
  if (asked === undefined || asked === null) {
    return agents === 'all' ? ['tenant'] : agents.map((agent) => `agent:${agent}`);
  }
  const list: unknown[] = Array.isArray(asked) ? asked : [asked];
  if (list.length > MOST_ROOMS) {
    const message = `A connection watches at most ${String(MOST_ROOMS)} rooms; watch "tenant" to hear everything.`;
    throw new AppError('rejected', 'live.too_many_rooms', message);
  }
  const rooms = [...new Set(list)].map((room) => {
    if (typeof room === 'string' && isRoom(room)) return room;
    const message =
      'Rooms are tenant, popups, agents, queues, campaigns, calls, deliveries, agent:ID, call:ID, campaign:ID and queue:CONNECTION/ID.';
    throw new AppError('rejected', 'live.unknown_room', message);
  });
  if (agents === 'all') return rooms;
  const own = new Set(agents.map((agent) => `agent:${agent}`));
  const foreign = rooms.find((room) => !own.has(room));
  if (foreign === undefined) return rooms;
  const message = 'Agents watch their own rooms only.';
  throw new AppError('rejected', 'live.room_forbidden', message, { status: 403, details: { room: foreign } });
}

function isRoom(room: string): boolean {
  if (WHOLE_ROOMS.has(room)) return true;
  const [, , id, connection] = ROOM.exec(room) ?? [];
  return isUuid(id ?? connection ?? '');
}
