import { instant } from '#domain';
import { planCall } from '../../voices/registry.js';
import { NOTHING_HEARD, SECOND_MS } from '../../voices/voice.js';
import type { OrderedCall, PbxDesk } from '../pbx-desk.js';

/** A channel as events show it. */
export interface ShownChannel {
  id: string;
  name: string;
  state: string;
  channelvars: Readonly<Record<string, string>>;
}

interface AriEvent {
  type: string;
  channel?: ShownChannel;
  caller?: ShownChannel;
  peer?: ShownChannel;
}

/** The channels that are there now: what was told of each last. */
export function liveChannels(desk: PbxDesk): ShownChannel[] {
  return desk.liveCalls().flatMap((call) => channelsOf(call, desk));
}

export function channelsOf(call: OrderedCall, desk: PbxDesk): ShownChannel[] {
  const { messages } = planCall('asterisk', call.script, {
    startedAt: instant(Math.floor(call.startedAt)),
    wall: (at) => desk.wall(at),
    seed: 1,
    routes: ['ari'],
    callId: call.id,
  });
  const there = new Map<string, ShownChannel>();
  const now = desk.secondsOf(call) * SECOND_MS;
  for (const { atMs, write } of messages) {
    const written = write(NOTHING_HEARD);
    if (atMs > now || written?.method !== 'POST') continue;
    const { type, channel, caller, peer } = JSON.parse(written.body) as AriEvent;
    for (const shown of [channel, caller, peer]) if (shown) there.set(shown.id, shown);
    if (type === 'ChannelDestroyed' && channel) there.delete(channel.id);
  }
  return [...there.values()];
}
