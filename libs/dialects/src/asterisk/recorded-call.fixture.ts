/** Events that a real Asterisk sent, and what its own CDRs say of the same calls. For tests only. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  foldCall,
  id,
  instant,
  normaliseLeg,
  type Call,
  type CallId,
  type CallLeg,
  type ConnectionId,
  type Direction,
} from '#domain';
import { asterisk } from './asterisk.js';

const FOLDER = fileURLToPath(new URL('./recorded/', import.meta.url));
const CONNECTION = { epochs: 'utc', timeZone: 'Asia/Jerusalem', country: 'IL' } as const;

export const RECORDED = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.jsonl'))
  .map((name) => name.slice(0, -'.jsonl'.length));

export function messagesOf(name: string): string[] {
  return readFileSync(`${FOLDER}${name}.jsonl`, 'utf8').trim().split('\n');
}

/** One row of Asterisk's table, times in epoch ms; 0 for none. */
export interface CdrRow {
  linkedid: string;
  channel: string;
  dstchannel: string;
  lastapp: string;
  start: number;
  answer: number;
  end: number;
  billsec: number;
  disposition: string;
}

export function cdrsOf(name: string): CdrRow[] {
  const [head = '', ...rows] = readFileSync(`${FOLDER}${name}.cdr.csv`, 'utf8').trim().split('\n');
  const names = head.split(',');
  return rows.map((row) => {
    const values = row.slice(1, -1).split('","');
    const value = (wanted: string) => values[names.indexOf(wanted)] ?? '';
    return {
      linkedid: value('linkedid'),
      channel: value('channel'),
      dstchannel: value('dstchannel'),
      lastapp: value('lastapp'),
      start: Number(value('start')) * 1000,
      answer: Number(value('answer')) * 1000,
      end: Number(value('end')) * 1000,
      billsec: Number(value('billsec')),
      disposition: value('disposition'),
    };
  });
}

/** What the rows of one call say together. */
export interface CdrOfCall {
  direction: Direction;
  start: number;
  end: number;
  disposition: string;
  /** Null where nobody answered. */
  answer: number | null;
  billsec: number;
}

export function callOfRows(rows: readonly CdrRow[]): CdrOfCall {
  const dialled = rows.filter(({ dstchannel, lastapp }) => dstchannel !== '' || lastapp === 'VoiceMail');
  const counting = dialled.length > 0 ? dialled : rows;
  const answered = counting.filter(({ disposition }) => disposition === 'ANSWERED');
  return {
    direction: directionOf(counting.find(({ channel }) => !channel.startsWith('Local/')) ?? counting[0]),
    start: Math.min(...rows.map(({ start }) => start)),
    end: Math.max(...rows.map(({ end }) => end)),
    disposition: answered.length > 0 ? 'ANSWERED' : (counting[0]?.disposition ?? ''),
    answer: answered.length > 0 ? Math.min(...answered.map(({ answer }) => answer)) : null,
    billsec: answered.reduce((sum, { billsec }) => sum + billsec, 0),
  };
}

/** An order of ours goes out, whoever is rung first. */
function directionOf(row: CdrRow | undefined): Direction {
  const [from = '', to = ''] = [row?.channel, row?.dstchannel];
  if (row?.linkedid.startsWith('order') === true) return 'outbound';
  if (from.includes('/trunk')) return 'inbound';
  return to.includes('/trunk') ? 'outbound' : 'internal';
}

/** @param receivedAt  of each message; by default its own time */
export function legsOf(
  messages: readonly string[],
  receivedAt?: number,
): { vendorCallId: string; leg: CallLeg }[] {
  return messages.flatMap((message) => {
    const reading = asterisk.read(socketMessage(message), {});
    if (!reading.ok) throw new Error(reading.reason);
    const { timestamp } = JSON.parse(message) as { timestamp: string };
    const at = instant(receivedAt ?? Date.parse(timestamp));
    return reading.reports.map((report) => ({
      vendorCallId: report.vendorCallId,
      leg: normaliseLeg(report, CONNECTION, at),
    }));
  });
}

export function socketMessage(message: string, headers: Record<string, string> = {}) {
  return { method: 'SOCKET', route: 'ari', query: '', headers, body: Buffer.from(message) };
}

/** The calls that messages come to, each folded one message at a time. */
export function callsOf(messages: readonly string[], receivedAt?: number): Map<string, Call> {
  const calls = new Map<string, Call>();
  for (const { vendorCallId, leg } of legsOf(messages, receivedAt)) {
    const ids = { id: id<CallId>('c'), connectionId: id<ConnectionId>('k'), vendorCallId };
    calls.set(vendorCallId, foldCall(calls.get(vendorCallId) ?? null, [leg], ids).call);
  }
  return calls;
}
