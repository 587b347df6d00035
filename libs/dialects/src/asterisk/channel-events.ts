/** What the kinds of events about one channel tell. */
import type { CallResult, LegReport } from '#domain';
import { GONE, GUESSED, SEEN, type AriEvent } from './ari-event.js';
import { textOf, type Channel } from './channel.js';
import { isOrdinary, resultOfCalled, resultOfCaller } from './hangup-cause.js';
import {
  isOutside,
  legOf,
  partyChannel,
  queueIn,
  type AriContext,
  type PartyChannel,
  type Said,
} from './leg-of.js';
import { DID_VARIABLE } from './own-variables.js';
import { variableSet } from './variable-set.js';

type Tell = (event: AriEvent, of: PartyChannel) => Said | undefined;

type ReadChannelEvent = (event: AriEvent, channel: Channel, context: AriContext) => LegReport[];

/** Of a channel that is nobody's nothing is told. */
function of(tell: Tell): ReadChannelEvent {
  return (event, channel, context) => {
    const known = partyChannel(channel, context.settings);
    const said = known && tell(event, known);
    return said === undefined ? [] : [legOf(event, known as PartyChannel, said, context)];
  };
}

/** A phone that is called is not told of before it is dialled, as nothing is known of it yet. */
function created(_event: AriEvent, of: PartyChannel): Said | undefined {
  return of.role === 'caller' ? { phase: 'ringing', ...callerSays(of) } : undefined;
}

/** Who calls and what he dialled, as long as the dialplan has not led him on. */
function callerSays({ channel, party }: PartyChannel): Partial<LegReport> {
  const { extension, caller, variables } = channel;
  const dialled = /^[+*#\d]/.test(extension) ? extension : '';
  const raw = caller.name === '' ? {} : { raw: { callerName: caller.name } };
  if (party === 'trunk') {
    const did = variables[DID_VARIABLE] ?? (dialled || null);
    return { from: caller.number, to: dialled, did, ...raw };
  }
  const way: Partial<LegReport> = isOutside(dialled)
    ? { direction: 'outbound' }
    : { direction: 'internal', toKind: 'extension' };
  return { from: channel.endpoint, fromKind: 'extension', to: dialled, ...way, ...raw };
}

function stateChanged(_event: AriEvent, { channel, role }: PartyChannel): Said | undefined {
  switch (channel.state) {
    case 'Up':
      return role === 'caller'
        ? { phase: 'answered', result: 'ivr_only' }
        : { phase: 'answered', result: 'answered', vendorStatus: 'ANSWER' };
    case 'Ring':
    case 'Ringing':
      return { phase: 'ringing' };
    default:
      return undefined;
  }
}

/** Kept by us: it goes on, and was not heard of before. */
function seen(event: AriEvent, of: PartyChannel): Said | undefined {
  const state = stateChanged(event, of) ?? { phase: 'ringing' };
  const isFresh = of.role === 'caller' && of.channel.state !== 'Up';
  return { ...state, ...(isFresh ? callerSays(of) : {}) };
}

/** The caller hangs up by himself; `soft` is a hang-up that the PBX does, for whatever reason. */
function hangupRequested({ fields }: AriEvent, { channel, party, role }: PartyChannel): Said | undefined {
  if (role !== 'caller' || fields['soft'] === true) return undefined;
  // A queue tells by itself whether he was waiting or talking.
  if (channel.state === 'Up' || queueIn(channel) !== null) return undefined;
  return { phase: 'noted', result: party === 'trunk' ? 'missed' : 'cancelled', vendorStatus: 'CANCEL' };
}

function destroyed(event: AriEvent, { channel, role }: PartyChannel): Said {
  const cause = causeIn(event);
  const isUp = channel.state === 'Up';
  if (role === 'caller') {
    const result = isUp ? 'ivr_only' : resultOfCaller(cause);
    return { phase: 'ended', result, vendorStatus: DIAL_WORDS[result] ?? causeText(event) };
  }
  if (isUp) return { phase: 'ended', result: 'answered', vendorStatus: 'ANSWER' };
  const result = resultOfCalled(cause);
  // The word of the dialling says more, in a queue too.
  if (result === 'unknown' || channel.app === 'AppQueue') {
    return { phase: 'ended', result: 'unknown', resultGuessed: true };
  }
  return { phase: 'ended', result, vendorStatus: DIAL_WORDS[result] ?? '' };
}

/** Asterisk's own words, where the dialling told none. A menu needs none. */
const DIAL_WORDS: Partial<Record<CallResult, string>> = {
  busy: 'BUSY',
  missed: 'NOANSWER',
  cancelled: 'CANCEL',
  ivr_only: '',
};

function causeIn({ fields }: AriEvent): number | null {
  const { cause } = fields;
  return typeof cause === 'number' && Number.isInteger(cause) ? cause : null;
}

function causeText(event: AriEvent): string {
  return isOrdinary(causeIn(event)) ? '' : textOf(event.fields['cause_txt']);
}

/** Kept by us: it is over, and nobody told what it came to; of some nor when. */
function gone({ fields }: AriEvent): Said {
  const isGuess = fields[GUESSED] === true;
  return {
    phase: 'ended',
    result: 'unknown',
    resultGuessed: true,
    ...(isGuess && { endGuessed: true as const }),
  };
}

/** Somebody took a call over who was not rung for it (a pickup, a transfer): he is in a bridge with another channel of it. */
function enteredBridge({ fields }: AriEvent, { channel, role }: PartyChannel): Said | undefined {
  if (role !== 'called' || channel.app === 'AppDial' || channel.app === 'AppQueue') return undefined;
  const { channels } = (fields['bridge'] ?? {}) as { channels?: unknown };
  if (!Array.isArray(channels) || channels.length < 2) return undefined;
  return { phase: 'answered', result: 'answered', vendorStatus: 'ANSWER' };
}

/** The dialplan goes on with a caller: to a queue, to a voicemail box. */
function ledOn(_event: AriEvent, { channel, role }: PartyChannel): Said | undefined {
  if (role !== 'caller') return undefined;
  if (queueIn(channel) !== null) return { phase: 'noted', queued: true };
  return channel.app.toLowerCase() === 'voicemail'
    ? { phase: 'answered', result: 'voicemail', vendorStatus: 'VOICEMAIL' }
    : undefined;
}

/** A caller presses a key. In a conversation that is nobody's business; before anybody took the call it is a step in a menu. */
function pressed({ fields }: AriEvent, { channel, role }: PartyChannel): Said | undefined {
  const digits = textOf(fields['digit']);
  const isTalking = /^(app)?(dial|queue)2?$/i.test(channel.app) || channel.app === '';
  if (role !== 'caller' || isTalking || !/^[\dA-D*#]$/.test(digits)) return undefined;
  const { context, extension } = channel;
  const step = { order: 0, layerId: context, layerName: extension || null, layerNumber: null, digits };
  return { phase: 'ringing', ivrPath: [step] };
}

/** A dialplan may tell of a call by itself: `UserEvent(Switchhook,key: value)` becomes custom data. */
function userEvent({ fields }: AriEvent): Said | undefined {
  if (textOf(fields['eventname']).toLowerCase() !== 'switchhook') return undefined;
  const told = Object.entries((fields['userevent'] ?? {}) as Record<string, unknown>)
    .filter(([name]) => name.toLowerCase() !== 'eventname')
    .map(([name, value]) => [name, textOf(value)] as const)
    .filter(([, value]) => value !== '');
  return told.length === 0 ? undefined : { phase: 'noted', customData: Object.fromEntries(told) };
}

export const CHANNEL_EVENTS: ReadonlyMap<string, ReadChannelEvent> = new Map([
  ['ChannelCreated', of(created)],
  ['ChannelStateChange', of(stateChanged)],
  ['ChannelHangupRequest', of(hangupRequested)],
  ['ChannelDestroyed', of(destroyed)],
  ['ChannelEnteredBridge', of(enteredBridge)],
  ['ChannelDialplan', of(ledOn)],
  ['ChannelVarset', of(variableSet)],
  ['ChannelDtmfReceived', of(pressed)],
  ['ChannelUserevent', of(userEvent)],
  [SEEN, of(seen)],
  [GONE, of(gone)],
]);
