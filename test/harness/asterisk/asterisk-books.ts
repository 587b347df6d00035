import { CDR_FIELDS } from '../../../apps/simulator/index.js';

/** A line of Asterisk's call detail records: one for each two ends that it tried to join. Times are epoch ms. */
interface CdrRow {
  id: string;
  linkedId: string;
  channel: string;
  dstChannel: string;
  startedAt: number;
  answeredAt: number | null;
  endedAt: number;
  disposition: string;
}

/** What Asterisk's own books say of a whole call. */
export interface BookedCall {
  /** The first channel's id, which all channels of the call have. */
  id: string;
  /** Of each row's first channel: a call that was joined to another has its own here. */
  channels: string[];
  direction: 'inbound' | 'outbound' | 'internal';
  disposition: 'ANSWERED' | 'BUSY' | 'NO ANSWER' | 'FAILED';
  startedAt: number;
  /** When the first end that was dialled answered, or the queue or menu that took the call. */
  answeredAt: number | null;
  endedAt: number;
}

/** By the id of the call. @param text  the file, as Asterisk wrote it */
export function readBooks(text: string): Map<string, BookedCall> {
  const rows = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(readRow);
  const ids = new Set(rows.map(({ linkedId }) => linkedId));
  return new Map(
    [...ids].map((id) => [
      id,
      bookedCall(
        id,
        rows.filter((row) => row.linkedId === id),
      ),
    ]),
  );
}

function readRow(line: string): CdrRow {
  const values = [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, value]) => value ?? '');
  const of = (name: (typeof CDR_FIELDS)[number]): string => values[CDR_FIELDS.indexOf(name)] ?? '';
  const ms = (name: (typeof CDR_FIELDS)[number]): number => Math.round(Number(of(name)) * 1_000);
  return {
    id: of('uniqueid'),
    linkedId: of('linkedid'),
    channel: of('channel'),
    dstChannel: of('dstchannel'),
    startedAt: ms('start(double)'),
    answeredAt: ms('answer(double)') === 0 ? null : ms('answer(double)'),
    endedAt: ms('end(double)'),
    disposition: of('disposition'),
  };
}

/** A row without a second end is what came after: the PBX hung up. */
function bookedCall(id: string, rows: readonly CdrRow[]): BookedCall {
  const tried = rows.filter(({ dstChannel }) => dstChannel !== '');
  const [first] = rows;
  const answered = tried.find(({ disposition }) => disposition === 'ANSWERED');
  const times = rows.flatMap(({ answeredAt }) => (answeredAt === null ? [] : [answeredAt]));
  return {
    id,
    channels: rows.map((row) => row.id),
    direction: directionOf(rows),
    disposition: (answered ?? tried[0] ?? first)?.disposition as BookedCall['disposition'],
    startedAt: Math.min(...rows.map(({ startedAt }) => startedAt)),
    answeredAt: times.length === 0 ? null : Math.min(...times),
    endedAt: Math.max(...rows.map(({ endedAt }) => endedAt)),
  };
}

function directionOf(rows: readonly CdrRow[]): BookedCall['direction'] {
  const isTrunk = (channel: string): boolean => channel.startsWith('PJSIP/trunk-');
  if (rows.some(({ channel }) => isTrunk(channel))) return 'inbound';
  return rows.some(({ dstChannel }) => isTrunk(dstChannel)) ? 'outbound' : 'internal';
}
