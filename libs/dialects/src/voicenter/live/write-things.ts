/**
 * Extensions, queues and dialers as the vendor's realtime messages have them. Source: what the vendor's public clients read
 * (EventsSDK and its .NET sibling), and design "Telephony API", section 3.
 */
import type { CallQueueNow, DialerNow, LiveNow, PhoneCallNow, PhoneNow } from './live-now.js';
import type { WallClock } from './live-message.js';

type Written = Record<string, unknown>;

/** The words of the vendor's lists; where nobody knows, the vendor's channel has null. */
const PEER_STATUS = { reachable: 'Reachable', unreachable: 'Unreachable', unknown: null } as const;

/** @param current  the call that an event is about, though it may have ended; else one that goes on */
export function writePhone(
  phone: PhoneNow,
  of: Pick<LiveNow, 'account' | 'organisation'>,
  clock: WallClock,
  current: PhoneCallNow | undefined = currentOf(phone),
): Written {
  const { agent } = phone;
  return {
    userID: phone.number,
    userName: phone.name,
    number: phone.shortNumber ?? phone.number,
    extenUser: phone.extension,
    accountID: of.account,
    topAccountID: of.organisation,
    onlineUserID: agent?.number ?? 0,
    representative: agent?.number ?? 0,
    representativeStatus: phone.status,
    representativeUpdated: clock.milliseconds(phone.statusSince),
    summery: { representative: agent?.name ?? '' },
    peerStatus: PEER_STATUS[phone.device],
    lastCallEventEpoch: clock.seconds(phone.lastCallAt),
    lastAnsweredCallEventEpoch: clock.seconds(phone.lastAnsweredAt),
    lastHangupCallEpoch: clock.seconds(phone.lastHangupAt),
    calls: phone.calls.map((call) => writePhoneCall(call, clock)),
    ...(current && { currentCall: writePhoneCall(current, clock) }),
  };
}

function currentOf({ calls }: PhoneNow): PhoneCallNow | undefined {
  return calls.find(({ state }) => state !== 'ringing') ?? calls[0];
}

function writePhoneCall(call: PhoneCallNow, clock: WallClock): Written {
  return {
    callStarted: clock.seconds(call.since),
    calldurationinterval: 0,
    callAnswered: clock.seconds(call.answeredAt),
    answered: call.state === 'ringing' ? 0 : 1,
    callername: call.name ?? call.phone,
    callerphone: call.phone,
    callstatus: statusOf(call),
    customdata: call.customData,
    direction: call.direction === 'outbound' ? 'Outgoing' : 'Incoming',
    isInternal: call.direction === 'internal',
    ivrid: call.callId,
    // Nobody told us of a file, and none is muted.
    recording: { Filename: '', Options: '', ApproximateURL: '', IsMuted: 0 },
    did: call.did ?? '',
    ...(call.queue !== null && { queueID: call.queue }),
  };
}

function statusOf({ state, direction }: PhoneCallNow): string {
  if (state === 'held') return 'Hold';
  if (state === 'talking') return 'Talking';
  return direction === 'outbound' ? 'Dialing' : 'Ringing';
}

export function writeQueue(queue: CallQueueNow, clock: WallClock): Written {
  return {
    QueueID: queue.number,
    QueueName: queue.name,
    Calls: queue.callers.map(({ callId, phone, name, joinedAt }) => ({
      CallerID: phone,
      CallerName: name ?? phone,
      IvrUniqueID: callId,
      ivrid: callId,
      JoinTimeStamp: clock.seconds(joinedAt),
      calldurationinterval: 0,
    })),
  };
}

export function writeDialer({ number, name, code, calls }: DialerNow): Written {
  return { campaignID: number, name, typeID: 1, type: 'Automatic', code, calls, statistics: {} };
}
