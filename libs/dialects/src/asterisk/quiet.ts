import type { AriEvent } from './ari-event.js';
import { textOf } from './channel.js';
import { readEvent } from './read-event.js';
import { mayTell } from './variable-set.js';

/** Kinds that never tell of a call what we would keep. */
const QUIET: ReadonlySet<string> = new Set([
  ...['ApplicationRegistered', 'ApplicationUnregistered', 'ApplicationReplaced', 'ApplicationMoveFailed'],
  ...['BridgeCreated', 'BridgeDestroyed', 'BridgeMerged', 'BridgeVideoSourceChanged', 'BridgeBlindTransfer'],
  ...['ChannelCallerId', 'ChannelConnectedLine', 'ChannelLeftBridge', 'ChannelHold', 'ChannelUnhold'],
  ...['ChannelTalkingStarted', 'ChannelTalkingFinished', 'ChannelToneDetected', 'ChannelTransfer'],
  ...['ContactStatusChange', 'ContactInfo', 'PeerStatusChange', 'EndpointStateChange', 'DeviceStateChanged'],
  ...['PlaybackStarted', 'PlaybackContinuing', 'PlaybackFinished', 'StasisStart', 'StasisEnd'],
  ...['RecordingStarted', 'RecordingFailed', 'TextMessageReceived', 'RTPAudioQOS'],
]);

/** Kinds that tell of a call some times, and of the dialplan's own affairs the others. */
const OFTEN_QUIET: ReadonlySet<string> = new Set([
  ...['ChannelCreated', 'ChannelStateChange', 'ChannelHangupRequest', 'ChannelEnteredBridge'],
  ...['ChannelDialplan', 'ChannelVarset', 'ChannelDtmfReceived', 'ChannelUserevent'],
  ...['Dial', 'ChannelDestroyed', 'BridgeAttendedTransfer', 'RecordingFinished'],
]);

/** Most of what is told: it says nothing new of its channel, which need not even be looked at. */
export function isAside({ type, fields }: AriEvent): boolean {
  if (type === 'ChannelVarset') return !mayTell(textOf(fields['variable']));
  return type === 'ChannelConnectedLine' || type === 'ChannelCallerId';
}

/** Whether nothing is lost when the event is not kept. Only of kinds that are known for it. */
export function isQuiet(event: AriEvent): boolean {
  if (QUIET.has(event.type)) return true;
  if (!OFTEN_QUIET.has(event.type)) return false;
  const reading = readEvent(event.fields, { settings: {}, aheadMs: 0 });
  return reading.ok && reading.calls.length === 0;
}
