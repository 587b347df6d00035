/**
 * Extensions and queues as messages of Voicenter's realtime channel have them. Times are the wall clock, with the offset in minutes
 * beside them; 0 stands for never. Source: what the vendor's public clients read, and design "Telephony API", section 3.
 */
import { instant, keptCallId, type DeviceState, type FeedCall, type FeedCaller, type Instant } from '#domain';
import type { FeedPhone, FeedQueue } from '../feed.js';
import { asText, fieldsIn, rowsIn, textOf, textOrNull, valueOf, type Fields } from '../read-reply.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
/** The year 5138; what is later is no time. */
const LATEST_MS = 1e14;
const LOGGED_OUT = 2;
const MOST_STATUS = 999;
/** Nobody has more lines, or longer queues. */
const MOST_CALLS = 100;
const MOST_CALLERS = 1_000;

/** The words of the vendor's lists (seed 003, section 7), and what a telephony server calls them beneath. */
const DEVICES: Readonly<Record<string, DeviceState>> = {
  reachable: 'reachable',
  registered: 'reachable',
  ok: 'reachable',
  lagged: 'reachable',
  unreachable: 'unreachable',
  unregistered: 'unreachable',
};

/** Those that cannot be read are left out. */
export function phonesIn(message: Fields | null, rows: readonly Fields[]): FeedPhone[] {
  const offset = offsetIn(message);
  return rows.flatMap((row) => {
    const key = textOf(row, 'userID');
    const status = Number(textOf(row, 'representativeStatus'));
    if (key === '' || !Number.isSafeInteger(status) || status < 0 || status > MOST_STATUS) return [];
    const words = [textOf(row, 'extenUser'), textOf(row, 'number')].filter((word) => word !== '');
    return [
      {
        key,
        words,
        agent: agentIn(row),
        status: status === 0 ? LOGGED_OUT : status,
        since: timeIn(row, 'representativeUpdated', { unitMs: 1, offset }),
        device: DEVICES[textOf(row, 'peerStatus').toLowerCase()] ?? 'unknown',
        calls: rowsIn(valueOf(row, 'calls'))
          .flatMap((call) => callIn(call, offset))
          .slice(0, MOST_CALLS),
      },
    ];
  });
}

export function queuesIn(message: Fields | null, rows: readonly Fields[]): FeedQueue[] {
  const offset = offsetIn(message);
  return rows.flatMap((row) => {
    const queue = textOf(row, 'QueueID');
    if (queue === '') return [];
    const callers = rowsIn(valueOf(row, 'Calls')).flatMap((caller) => callerIn(caller, offset));
    return [{ queue, name: textOrNull(row, 'QueueName'), callers: callers.slice(0, MOST_CALLERS) }];
  });
}

function agentIn(row: Fields): FeedPhone['agent'] {
  const code = textOf(row, 'onlineUserID', 'representative');
  if (code === '' || code === '0') return null;
  return { code, name: textOrNull(fieldsIn(valueOf(row, 'summery', 'summary')), 'representative') };
}

/** Without an id there is nothing by which it could be told from a call that webhooks tell of. */
function callIn(call: Fields, offset: number): FeedCall[] {
  const id = textOf(call, 'ivrid');
  if (id === '') return [];
  const status = textOf(call, 'callstatus').toLowerCase();
  const isAnswered = status === 'talking' || status === 'hold' || textOf(call, 'answered') === '1';
  const direction = textOf(call, 'direction').toLowerCase();
  return [
    {
      vendorCallId: keptCallId(id),
      number: textOf(call, 'callerphone'),
      direction:
        valueOf(call, 'isInternal') === true ? 'internal' : direction === 'incoming' ? 'inbound' : 'outbound',
      state: status === 'hold' ? 'held' : isAnswered ? 'answered' : 'ringing',
      since: timeIn(call, 'callStarted', { unitMs: SECOND_MS, offset }),
      answeredAt: isAnswered ? timeIn(call, 'callAnswered', { unitMs: SECOND_MS, offset }) : null,
      did: textOrNull(call, 'did'),
    },
  ];
}

function callerIn(caller: Fields, offset: number): FeedCaller[] {
  const id = textOf(caller, 'IvrUniqueID') || textOf(caller, 'ivrid');
  if (id === '') return [];
  const number = textOf(caller, 'CallerID');
  const name = textOrNull(caller, 'CallerName');
  const joinedAt = timeIn(caller, 'JoinTimeStamp', { unitMs: SECOND_MS, offset });
  return [{ vendorCallId: keptCallId(id), number, name: name === number ? null : name, joinedAt }];
}

function offsetIn(message: Fields | null): number {
  const offset = Number(textOf(message, 'servertimeoffset')) * MINUTE_MS;
  return Number.isFinite(offset) ? offset : 0;
}

function timeIn(
  row: Fields,
  name: string,
  { unitMs, offset }: { unitMs: number; offset: number },
): Instant | null {
  const told = Number(asText(valueOf(row, name)));
  const at = told * unitMs - offset;
  return told > 0 && at > 0 && at < LATEST_MS ? instant(Math.round(at)) : null;
}
