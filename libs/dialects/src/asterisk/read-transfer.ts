/**
 * `BridgeAttendedTransfer`: somebody asked a colleague first, then handed him the caller. Two calls become one: Asterisk gives
 * the younger call's channel the id of the older, and says nothing of it in the younger. So this event ends it there and
 * begins it here.
 */
import type { LegReport } from '#domain';
import type { AriEvent } from './ari-event.js';
import { readChannel, textOf, type Channel } from './channel.js';
import { isOlder } from './older-call.js';
import { legOf, partyChannel, type AriContext } from './leg-of.js';

/** Nothing to tell where the two were of one call, or stay of two, as calls do whose ids are ours. */
export function readTransfer(event: AriEvent, context: AriContext): LegReport[] {
  const [one, other] = [event.fields['transferee'], event.fields['transfer_target']].map(channelIn);
  if (one === undefined || other === undefined || textOf(event.fields['result']) !== 'Success') return [];
  const order = isOlder(one.callId, other.callId);
  if (order === undefined) return [];
  const [stays, moves] = order ? [one, other] : [other, one];
  return moved(event, { stays, moves }, context);
}

function moved(
  event: AriEvent,
  { stays, moves }: { stays: Channel; moves: Channel },
  context: AriContext,
): LegReport[] {
  const before = partyChannel(moves, context.settings);
  const after = partyChannel({ ...moves, callId: stays.callId, variables: {} }, context.settings);
  const by = partyChannel(stays, context.settings);
  if (before === undefined || after === undefined) return [];
  const isTaken = moves.state === 'Up' && before.role !== 'caller';
  const end = isTaken
    ? ({ result: 'answered', vendorStatus: 'ANSWER' } as const)
    : ({ result: 'unknown', resultGuessed: true } as const);
  const from: Partial<LegReport> =
    by?.party === 'trunk'
      ? { direction: 'inbound', from: stays.caller.number }
      : {
          direction: after.party === 'trunk' ? 'outbound' : 'internal',
          from: stays.endpoint,
          fromKind: 'extension',
        };
  const to: Partial<LegReport> =
    after.party === 'extension' ? { to: moves.endpoint, toKind: 'extension' } : { to: moves.caller.number };
  const taken = {
    phase: 'answered',
    result: 'answered',
    vendorStatus: 'ANSWER',
    vendorType: 'Transfer',
  } as const;
  return [
    legOf(event, before, { phase: 'ended', ...end }, context),
    legOf(event, after, { ...taken, ...from, ...to, transferOf: moves.callId }, context),
  ];
}

function channelIn(value: unknown): Channel | undefined {
  const reading = readChannel(value);
  return reading.ok ? reading.channel : undefined;
}
