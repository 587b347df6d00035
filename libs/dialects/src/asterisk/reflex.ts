/**
 * What orders do with whoever they have brought into our Stasis application, by its arguments. An announcement: it is played, and
 * then they are hung up. A room: they are bridged with whoever is in it.
 */
import { readJson } from '../content/read-json.js';
import type { SocketRequest } from '../dialect.js';
import { readAriEvent } from './ari-event.js';
import { objectOf, textOf } from './channel.js';

/** First of the arguments of an order; the others are what is played. */
const ANNOUNCE = 'announce';
/** First of the arguments of an order; the other is the room's name. */
const ROOM = 'room';
const BRIDGE = 'switchhook-room-';
const ROOM_NAME = /^[\w+*#.-]{1,80}$/;
const LAST = 'switchhook-end-';
const MEDIA = /^(sound|digits):[\w./@*#-]+$/;

/** What is asked at once after a message; nothing for all others. Never throws. */
export function reflex(message: string): readonly SocketRequest[] {
  // Nearly all messages are others.
  if (!message.includes('"StasisStart"') && !message.includes(LAST) && !message.includes(BRIDGE)) return [];
  const reading = readJson(message);
  const event = reading.ok ? readAriEvent(reading.value) : undefined;
  switch (event?.type) {
    case 'StasisStart':
      return begin(event.fields);
    case 'PlaybackFinished':
      return hangUp(event.fields);
    case 'ChannelLeftBridge':
      return closeRoom(event.fields);
    default:
      return [];
  }
}

function begin({ args, channel }: Readonly<Record<string, unknown>>): readonly SocketRequest[] {
  const [what, ...others] = Array.isArray(args) ? (args as unknown[]) : [];
  const id = textOf(objectOf(channel)['id']);
  if (id === '') return [];
  if (what === ROOM) return enter(id, textOf(others[0]));
  return what === ANNOUNCE ? announce(id, others) : [];
}

function announce(id: string, media: readonly unknown[]): readonly SocketRequest[] {
  const path = `channels/${encodeURIComponent(id)}`;
  const played = media.filter((one): one is string => typeof one === 'string' && MEDIA.test(one));
  if (played.length === 0) return [{ method: 'DELETE', path }];
  return [{ method: 'POST', path: `${path}/play`, query: { media: played.join(), playbackId: LAST + id } }];
}

function hangUp({ playback }: Readonly<Record<string, unknown>>): readonly SocketRequest[] {
  const id = textOf(objectOf(playback)['id']);
  if (!id.startsWith(LAST)) return [];
  return [{ method: 'DELETE', path: `channels/${encodeURIComponent(id.slice(LAST.length))}` }];
}

/** The room is made by whoever comes first; to all others the same request says that it is there. */
function enter(id: string, room: string): readonly SocketRequest[] {
  if (!ROOM_NAME.test(room)) return [{ method: 'DELETE', path: `channels/${encodeURIComponent(id)}` }];
  const path = `bridges/${encodeURIComponent(BRIDGE + room)}`;
  return [
    { method: 'POST', path, query: { type: 'mixing', name: BRIDGE + room } },
    { method: 'POST', path: `${path}/addChannel`, query: { channel: id } },
  ];
}

/** Whoever is the last to go closes the door. */
function closeRoom({ bridge }: Readonly<Record<string, unknown>>): readonly SocketRequest[] {
  const { id, channels } = objectOf(bridge);
  const isEmpty = Array.isArray(channels) && channels.length === 0;
  if (!textOf(id).startsWith(BRIDGE) || !isEmpty) return [];
  return [{ method: 'DELETE', path: `bridges/${encodeURIComponent(textOf(id))}` }];
}
