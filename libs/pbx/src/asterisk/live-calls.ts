/** What goes on at the PBX: its channels, put together to calls. */
import { unknown } from '../conversation.js';
import type { DriverAccount, DriverAnswer, DriverIo, PbxLiveCall } from '../driver.js';
import { askAri, type Unsaid } from './ari.js';
import { channelsIn, isOuter, type AriChannel } from './channel.js';
import { isExtension } from './fields.js';

/** Also those at which nobody sits. */
export async function allChannels(
  io: DriverIo,
): Promise<{ kind: 'channels'; channels: AriChannel[] } | Unsaid> {
  const said = await askAri({ method: 'GET', path: 'channels' }, io);
  if (said.kind !== 'said') return said;
  const channels = channelsIn(said.value);
  if (channels === undefined) return unknown("The PBX's answer is no list of channels.");
  return { kind: 'channels', channels };
}

/** One for each extension that is in a call; one for a call in which none is yet. */
export async function listCalls(
  extension: string | null,
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<{ calls: PbxLiveCall[] }>> {
  const found = await allChannels(io);
  if (found.kind !== 'channels') return found;
  const byCall = new Map<string, AriChannel[]>();
  for (const channel of found.channels) {
    byCall.set(channel.callId, [...(byCall.get(channel.callId) ?? []), channel]);
  }
  const calls = [...byCall.values()].flatMap((channels) => liveCallsOf(channels, account));
  return {
    kind: 'done',
    calls: extension === null ? calls : calls.filter((call) => call.extension === extension),
  };
}

function liveCallsOf(all: readonly AriChannel[], account: DriverAccount): PbxLiveCall[] {
  const correlator = all.map((channel) => channel.correlator).find((one) => one !== null) ?? null;
  const isPhone = ({ endpoint }: AriChannel) => isExtension(account, endpoint);
  const outer = all.filter((channel) => isOuter(channel));
  const phones = outer.filter((channel) => isPhone(channel));
  const startedAt = all.map(({ createdAt }) => createdAt).reduce((one, other) => earlier(one, other), null);
  // A number that is being called first has nobody else in its call; its own channel may be one of the PBX's halves.
  const [seen] =
    outer.length > 0 ? outer : all.filter(({ technology }) => technology.toLowerCase() === 'local');
  const told = phones.length > 0 ? phones : seen === undefined ? [] : [seen];
  return told.map((channel) => ({
    vendorCallId: channel.callId,
    extension: isPhone(channel) ? channel.endpoint : null,
    number: isPhone(channel) ? otherSideOf(channel, outer) : (channel.own ?? channel.other),
    state: hasAnswered(channel, outer) ? 'answered' : 'ringing',
    startedAt,
    correlator,
  }));
}

export function stateOf({ state }: AriChannel): 'ringing' | 'answered' {
  return state === 'Up' ? 'answered' : 'ringing';
}

/** An extension that talks, or one that waits for whom it calls: with somebody else in the call, both have to be there. */
function hasAnswered(channel: AriChannel, outer: readonly AriChannel[]): boolean {
  const others = outer.filter((one) => one !== channel);
  if (channel.state !== 'Up') return false;
  return others.length === 0
    ? channel.technology.toLowerCase() !== 'local'
    : others.some(({ state }) => state === 'Up');
}

function otherSideOf(channel: AriChannel, outer: readonly AriChannel[]): string | null {
  const others = outer.filter((one) => one !== channel);
  const told = [channel.other, channel.dialled, ...others.map(({ own }) => own)];
  return told.find((number) => number !== null && number !== channel.endpoint) ?? null;
}

function earlier<T extends number>(one: T | null, other: T | null): T | null {
  if (one === null || other === null) return one ?? other;
  return other < one ? other : one;
}
