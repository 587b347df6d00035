/** Extensions as ARI knows them: endpoints of a technology, with the state of their registration. */
import type { DeviceState } from '#domain';
import { refused, unknown } from '../conversation.js';
import type { DriverAccount, DriverAnswer, DriverIo, PbxDriver, PbxExtension } from '../driver.js';
import type { FeedPhone } from '../feed.js';
import { fieldsIn, rowsIn, textOf } from '../read-reply.js';
import { askAri, type Unsaid } from './ari.js';
import { isExtension, setting } from './fields.js';
import { allChannels, stateOf } from './live-calls.js';

type Found = Awaited<ReturnType<NonNullable<PbxDriver['extensionState']>>>;

export interface EndpointState {
  kind: 'found';
  /** Asterisk does not always know: an endpoint of which it does not is taken for one that is there. */
  isThere: boolean;
  hasChannels: boolean;
}

export async function endpointState(
  extension: string,
  account: DriverAccount,
  io: DriverIo,
): Promise<EndpointState | Unsaid> {
  const path = `endpoints/${setting(account, 'technology')}/${encodeURIComponent(extension)}`;
  const said = await askAri({ method: 'GET', path }, io);
  if (said.kind !== 'said') {
    if (said.status !== 404) return said;
    return { ...refused(`The PBX has no extension ${extension}.`, '404'), status: 404 };
  }
  const fields = fieldsIn(said.value);
  if (textOf(fields, 'resource') === '') return unknown("The PBX's answer does not tell of the endpoint.");
  const channels = fields?.['channel_ids'];
  return {
    kind: 'found',
    isThere: textOf(fields, 'state').toLowerCase() !== 'offline',
    hasChannels: Array.isArray(channels) && channels.length > 0,
  };
}

export async function extensionState(
  extension: string,
  account: DriverAccount,
  io: DriverIo,
): Promise<Found> {
  const found = await endpointState(extension, account, io);
  if (found.kind !== 'found') return found;
  if (!found.hasChannels) {
    return { kind: 'done', state: found.isThere ? 'free' : 'unavailable', vendorCallId: null };
  }
  const channels = await allChannels(io);
  if (channels.kind !== 'channels') return channels;
  const own = channels.channels.filter(({ endpoint }) => endpoint === extension);
  const [channel] = [...own].sort((one, other) => Number(other.state === 'Up') - Number(one.state === 'Up'));
  // It has hung up in between.
  if (channel === undefined) return { kind: 'done', state: 'free', vendorCallId: null };
  const state = stateOf(channel) === 'ringing' ? 'ringing' : 'busy';
  return { kind: 'done', state, vendorCallId: channel.callId };
}

export async function listExtensions(
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<{ extensions: PbxExtension[] }>> {
  const found = await allEndpoints(account, io);
  if (found.kind !== 'endpoints') return found;
  const extensions = found.endpoints.map(({ resource }): PbxExtension => ({
    extension: resource,
    aliases: [],
    name: null,
  }));
  return { kind: 'done', extensions };
}

const DEVICES: Readonly<Record<string, DeviceState>> = { online: 'reachable', offline: 'unreachable' };

/** Calls are not among it: those its events tell. */
export async function phonesNow(
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<{ phones: FeedPhone[] }>> {
  const found = await allEndpoints(account, io);
  if (found.kind !== 'endpoints') return found;
  const phones = found.endpoints.map(({ resource, state }): FeedPhone => ({
    ...{ key: resource, words: [resource], agent: null, status: null, since: null },
    device: DEVICES[state] ?? 'unknown',
    calls: [],
  }));
  return { kind: 'done', phones };
}

/** Those that are extensions. */
async function allEndpoints(
  account: DriverAccount,
  io: DriverIo,
): Promise<{ kind: 'endpoints'; endpoints: { resource: string; state: string }[] } | Unsaid> {
  const path = `endpoints/${setting(account, 'technology')}`;
  const said = await askAri({ method: 'GET', path }, io);
  if (said.kind !== 'said') return said;
  if (!Array.isArray(said.value)) return unknown("The PBX's answer is no list of endpoints.");
  const endpoints = rowsIn(said.value)
    .map((row) => ({ resource: textOf(row, 'resource'), state: textOf(row, 'state').toLowerCase() }))
    .filter(({ resource }) => isExtension(account, resource));
  return { kind: 'endpoints', endpoints };
}
