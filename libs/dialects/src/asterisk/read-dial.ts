/** `Dial`: one channel rings another. The only event that shows both. */
import type { Direction, LegReport } from '#domain';
import { isDialStatus, unknownDialStatus } from '../content/dial-status.js';
import type { AriEvent } from './ari-event.js';
import { readChannel, textOf, type Channel } from './channel.js';
import { resultOfDial } from './hangup-cause.js';
import { legOf, partyChannel, queueIn, type AriContext, type PartyChannel, type Said } from './leg-of.js';
import { isOlder } from './older-call.js';
import { isExtension, isOrdered } from './who-it-is.js';

/** Told of the one who is rung, and, where it is his call, of the one who rings: with that it is known which way the call goes.
 *
 * @returns why it cannot be read, otherwise
 */
export function readDial(event: AriEvent, context: AriContext): LegReport[] | string {
  const peer = readChannel(event.fields['peer']);
  if (!peer.ok) return peer.reason;
  const reading = readChannel(event.fields['caller']);
  const caller = reading.ok ? reading.channel : undefined;
  const from = caller && partyChannel(caller, context.settings);
  const own = partyChannel(peer.channel, context.settings);
  const isPickup = caller !== undefined && isOlder(caller.callId, peer.channel.callId) === true;
  const to = isPickup ? partyChannel({ ...peer.channel, callId: caller.callId }, context.settings) : own;
  const reports: LegReport[] = [];
  // He had dialled a code to pick the call up, which was a call of its own till now.
  if (own && isPickup) reports.push(legOf(event, own, { phase: 'ended', ...UNCLEAR }, context));
  if (to) reports.push(legOf(event, to, saidOfPeer(event, { caller, from, to }), context));
  if (from?.role === 'caller') reports.push(callerLeg(event, { from, to }, context));
  return reports;
}

const UNCLEAR = { result: 'unknown', resultGuessed: true } as const;

interface Ends {
  /** Undefined where the PBX itself rings somebody, for an order. */
  caller: Channel | undefined;
  /** Undefined where it is one of the PBX's own making too. */
  from: PartyChannel | undefined;
  to: PartyChannel;
}

const RUNNING: ReadonlySet<string> = new Set(['', 'RINGING', 'PROGRESS', 'PROCEEDING']);

function saidOfPeer(event: AriEvent, ends: Ends): Said {
  const vendorStatus = textOf(event.fields['dialstatus']);
  const status = vendorStatus.toUpperCase();
  const { to, caller } = ends;
  const direction = directionOf(ends);
  const isQueue = to.channel.app === 'AppQueue' || (caller !== undefined && queueIn(caller) !== null);
  // Somebody behind a channel of the PBX's own is rung for a queue or a group: what becomes of the caller is theirs.
  const isThrough = caller !== undefined && ends.from === undefined;
  const said = {
    direction,
    vendorType: isQueue ? 'Queue' : 'Dial',
    ...partiesOf(event, ends),
    ...(isQueue && caller !== undefined && { queue: queueIn(caller) }),
  };
  if (RUNNING.has(status)) return { ...said, phase: 'ringing' };
  if (status === 'ANSWER') return { ...said, phase: 'answered', result: 'answered', vendorStatus };
  const result = resultOfDial(status, direction, isQueue || isThrough);
  return {
    ...said,
    // A word that nobody knows ends nothing.
    phase: isDialStatus(status) ? 'ended' : 'noted',
    result,
    vendorStatus,
    ...unknownDialStatus(status),
  };
}

function directionOf({ caller, from, to }: Ends): Direction {
  if (caller === undefined) return 'outbound';
  if (isOrdered(to.channel)) {
    return from?.party === 'extension' && to.party === 'extension' ? 'internal' : 'outbound';
  }
  const isOurs = from === undefined ? isExtension(caller.caller.number) : from.party === 'extension';
  if (!isOurs) return 'inbound';
  return to.party === 'extension' ? 'internal' : 'outbound';
}

function partiesOf(event: AriEvent, { caller, from, to }: Ends): Partial<LegReport> {
  const { channel, party } = to;
  if (caller === undefined) return partiesOfOrder(event, to);
  const caughtBy = fromOf(caller, from);
  const dialled = channel.caller.number || (caller?.extension ?? '');
  const placedBy = from?.party === 'extension' ? from.channel.endpoint : null;
  return party === 'extension'
    ? { ...caughtBy, to: channel.endpoint, toKind: 'extension', extension: channel.endpoint }
    : { ...caughtBy, to: dialled, extension: placedBy };
}

/** Rung by the PBX itself. What its phone shows was ordered too; whom an order calls is named by what is dialled alone. */
function partiesOfOrder({ fields }: AriEvent, { channel, party }: PartyChannel): Partial<LegReport> {
  const { connected, caller, endpoint } = channel;
  if (party === 'extension') {
    const to = connected.number === endpoint ? '' : connected.number;
    return { from: endpoint, fromKind: 'extension', to, extension: endpoint };
  }
  const dialled = dialledIn(textOf(fields['dialstring']));
  return { from: caller.number === dialled ? '' : caller.number, to: dialled };
}

/** `0501234567@trunk`, `trunk/0501234567`, `trunk/sip:0501234567@host`. */
function dialledIn(dialstring: string): string {
  const last = dialstring.slice(dialstring.lastIndexOf('/') + 1);
  return /^(?:sips?:)?([+*#\d]{2,})(?:@.*)?$/.exec(last)?.[1] ?? '';
}

/** The channel that rings may be one of the PBX's own making, and shows whoever is behind it. */
function fromOf(caller: Channel | undefined, from: PartyChannel | undefined): Partial<LegReport> {
  // Whom an order called first shows to the second what the order had him shown.
  if (caller === undefined || from?.role === 'customer') return {};
  if (from?.party === 'extension') return { from: from.channel.endpoint, fromKind: 'extension' };
  const { number } = caller.caller;
  return isExtension(number) ? { from: number, fromKind: 'extension' } : { from: number };
}

function callerLeg(
  event: AriEvent,
  { from, to }: { from: PartyChannel; to: PartyChannel | undefined },
  context: AriContext,
): LegReport {
  const isOut = from.party === 'extension' && to !== undefined;
  const way: Partial<LegReport> = isOut
    ? { direction: to.party === 'trunk' ? 'outbound' : 'internal', vendorType: 'Dial' }
    : {};
  return legOf(event, from, { phase: 'noted', ...way }, context);
}
