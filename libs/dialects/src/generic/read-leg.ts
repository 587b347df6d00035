/** What a message tells of one leg, by one kind of a mapping. */
import {
  DIRECTIONS,
  LEG_PHASES,
  isShortNumber,
  keptCallId,
  type Agent,
  type Direction,
  type LegPhase,
  type LegReport,
  type NamedId,
} from '#domain';
import { partiesOf } from '../content/party-kind.js';
import { readRecordings } from '../content/read-recordings.js';
import { readVendorId } from '../content/read-vendor-id.js';
import { finiteNumber } from '../content/scalars.js';
import { storableValue } from '../content/storable.js';
import { pairsOf } from './message.js';
import { ItemReader, type Found } from './item-reader.js';
import { reasonedResult } from './reasoned-result.js';
import type { NamedSource, ReadyPath, ReadyShape } from './ready-mapping.js';
import { spanOf, type Span, type ToldSpan } from './span-of.js';
import type { Where } from './spots-at.js';

const LONGEST_EXTENSION = 64;
const CURRENCY = /^[A-Za-z]{3}$/;
const SECOND = 1000;

/** `none`: the message tells of no leg here. */
export type LegReading =
  | { kind: 'leg'; vendorCallId: string; tell: () => ToldLeg }
  | { kind: 'none' }
  | { kind: 'unreadable'; reason: string };

export interface ToldLeg {
  report: LegReport;
  found: readonly Found[];
}

interface Among {
  /** Of the legs that its message tells of: it has what the message says beside them. */
  isFirst: boolean;
  /** Where the message tells the sender's secret, which nobody is to read; null where it tells none. */
  secret: ReadyPath | null;
}

export function readLeg(shape: ReadyShape, where: Where, among: Among): LegReading {
  const read = new ItemReader(where);
  const phase = LEG_PHASES.find(
    (one) => one === read.pick('phase', shape.phase, { kind: 'word' })?.trim().toLowerCase(),
  );
  if (phase === undefined) return { kind: 'none' };
  const { id, ...no } = readVendorId(read.text('vendorCallId', shape.call), 'id of the call');
  if (id === null) {
    const paths = shape.call.flatMap(({ at }) => at.map(({ written }) => written)).join(', ');
    const why = 'reason' in no && no.reason !== null ? no.reason : `There is no id of the call at: ${paths}.`;
    return { kind: 'unreadable', reason: `As "${shape.name}": ${why}` };
  }
  return { kind: 'leg', vendorCallId: id, tell: () => tellLeg({ shape, read, phase, id, ...among }) };
}

interface Telling extends Among {
  shape: ReadyShape;
  read: ItemReader;
  phase: LegPhase;
  id: string;
}

function tellLeg({ shape, read, phase, id, ...among }: Telling): ToldLeg {
  const leg = read.text('leg', shape.leg);
  const extension = extensionIn(read, shape);
  const direction = directionIn(read, shape, extension);
  const vendorStatus = read.word('vendorStatus', shape.status);
  const told = timesIn(read, shape);
  const { answered, ...result } = reasonedResult({ shape, read, phase, direction, vendorStatus, told });
  const toldAt = read.time('toldAt', shape.toldAt);
  const report: LegReport = {
    phase,
    vendorCallId: id,
    leg: leg === null ? 'only' : keptCallId(leg),
    vendorType: read.word('vendorType', shape.type),
    vendorStatus,
    direction,
    ...result,
    ...spanIn(phase, told, answered),
    ...partiesIn(read, shape, { direction, extension }),
    did: read.text('did', shape.did),
    extension,
    agent: agentIn(read, shape.agent),
    queue: namedIn(read, 'queue', shape.queue),
    department: namedIn(read, 'department', shape.department),
    price: priceIn(read, shape),
    recordings: readRecordings(
      read.values('recordings', shape.recordings, (values) => readRecordings(values).whole),
    ).recordings,
    ivrPath: [],
    customData: customIn(read, shape),
    transferOf: readVendorId(read.text('transferOf', shape.transferOf, isId), 'call that it was').id,
    ai: shape.ai === null ? null : (read.whole('ai', shape.ai) ?? null),
    ...(toldAt !== null && toldAt.by !== 'local' && { toldAt: Math.round(toldAt.epochSeconds * SECOND) }),
    // Last: whatever is read above may be left over.
    ...read.notes(),
    raw: rawIn(read, shape, among),
  };
  return { report, found: read.found };
}

const isExtension = (text: string) => text.trim().length <= LONGEST_EXTENSION;
const isAmount = (text: string) => finiteNumber(text) !== null;
const isCurrency = (text: string) => CURRENCY.test(text.trim());
const isDirection = (text: string) => directionNamed(text) !== undefined;
const isId = (text: string) => readVendorId(text, 'call').id !== null;

function extensionIn(read: ItemReader, shape: ReadyShape): string | null {
  return read.text('extension', shape.extension, isExtension)?.trim() ?? null;
}

function directionNamed(word: string): Direction | undefined {
  return DIRECTIONS.find((one) => one === word.trim().toLowerCase());
}

/** The mapping's word, else what the ends look like: who calls from an extension calls out. */
function directionIn(read: ItemReader, shape: ReadyShape, extension: string | null): Direction {
  const direction = directionNamed(
    read.pick('direction', shape.direction, { kind: 'word', fits: isDirection }) ?? '',
  );
  if (direction !== undefined) return direction;
  const [from, to] = [read.word('from', shape.from), read.word('to', shape.to)];
  const isOurs = (end: string) => end !== '' && (isShortNumber(end) || end.trim() === extension);
  if (!isOurs(from)) return 'inbound';
  return isOurs(to) ? 'internal' : 'outbound';
}

function timesIn(read: ItemReader, shape: ReadyShape): ToldSpan {
  return {
    startedAt: read.time('startedAt', shape.startedAt),
    answeredAt: read.time('answeredAt', shape.answeredAt),
    endedAt: read.time('endedAt', shape.endedAt),
    ringSeconds: read.length('ringSeconds', shape.ringSeconds),
    queueSeconds: read.length('queueSeconds', shape.queueSeconds),
    talkSeconds: read.length('talkSeconds', shape.talkSeconds),
    menuSeconds: read.length('menuSeconds', shape.menuSeconds),
    totalSeconds: read.length('totalSeconds', shape.totalSeconds),
  };
}

/** What rings or is answered has a start, and no lengths yet. */
function spanIn(phase: LegPhase, told: ToldSpan, answered: boolean): Span {
  if (phase === 'ended' || phase === 'noted') return spanOf(told, answered);
  const { startedAt } = told;
  return {
    startedEpochSeconds: startedAt === null ? null : startedAt.epochSeconds,
    ...(startedAt?.by !== undefined && { startedBy: startedAt.by }),
    ringSeconds: null,
    queueSeconds: null,
    talkSeconds: null,
  };
}

function partiesIn(
  read: ItemReader,
  shape: ReadyShape,
  { direction, extension }: { direction: Direction; extension: string | null },
) {
  const [ours, theirs] = [read.word('ours', shape.ours), read.word('theirs', shape.theirs)];
  const [caller, called] = direction === 'inbound' ? [theirs, ours] : [ours, theirs];
  const from = read.word('from', shape.from) || caller;
  const to = read.word('to', shape.to) || called;
  return partiesOf(from, to, {
    from: direction === 'inbound' ? [] : [extension],
    to: direction === 'outbound' ? [] : [extension],
  });
}

function agentIn(read: ItemReader, source: NamedSource): Agent | null {
  const code = read.text('agent.code', source.code);
  const name = read.text('agent.name', source.name);
  return code === null && name === null ? null : { code, name };
}

/** What has a name only goes by it. */
function namedIn(read: ItemReader, field: string, source: NamedSource): NamedId | null {
  const id = read.text(`${field}.id`, source.code);
  const name = read.text(`${field}.name`, source.name);
  const key = id ?? name;
  return key === null ? null : { id: key, name };
}

function priceIn(read: ItemReader, { price }: ReadyShape): LegReport['price'] {
  if (price === null) return null;
  const amount = finiteNumber(read.text('price.amount', price.amount, isAmount));
  const currency = read.text('price.currency', price.currency, isCurrency)?.trim().toUpperCase();
  return amount === null || currency === undefined ? null : { amount, currency };
}

function customIn(read: ItemReader, { custom }: ReadyShape): Record<string, unknown> {
  if (!('written' in custom)) {
    const texts = custom.map(([name, source]) => [name, read.text(`customData.${name}`, source)] as const);
    return Object.fromEntries(texts.filter(([, text]) => text !== null));
  }
  const value = read.whole('customData', custom);
  if (value === undefined) return {};
  return Object.fromEntries(typeof value === 'object' ? pairsOf(value) : [['value', value]]);
}

function rawIn(read: ItemReader, shape: ReadyShape, { isFirst, secret }: Among): Record<string, unknown> {
  if (secret !== null) read.leaveOut(secret);
  if (shape.each !== null) read.leaveOut({ ...shape.each, root: 'message' });
  return storableValue(read.rest({ withMessage: isFirst })) as Record<string, unknown>;
}
