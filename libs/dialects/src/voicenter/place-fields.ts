/** Puts a CDR's fields in their places in our report, and keeps what has no place. */
import type { Agent, CallResult, Direction, LegReport, Money, NamedId } from '#domain';
import type { FieldReader } from '../content/field-reader.js';
import { readRecordings } from '../content/read-recordings.js';
import { finiteNumber, rawText } from '../content/scalars.js';
import { isWordForNothing } from '../content/word-for-nothing.js';
import type { CallType } from './call-types.js';
import type { FieldName } from './fields.js';
import { readCustomData, readIvrPath, unfolded } from './structures.js';

type Placed = Pick<
  LegReport,
  | 'startedEpochSeconds'
  | 'startedBy'
  | 'ringSeconds'
  | 'queueSeconds'
  | 'talkSeconds'
  | 'extension'
  | 'agent'
  | 'queue'
  | 'department'
  | 'price'
  | 'recordings'
  | 'ivrPath'
  | 'customData'
  | 'ai'
>;

interface Meaning {
  type: CallType;
  direction: Direction;
  result: CallResult;
}

const AGOROT_PER_SHEKEL = 100;
/** No call costs more, and sums stay exact. */
const MAX_AGOROT = 1e9;

/** Fields that help to understand others but have no place of their own. */
const HINTS: readonly FieldName[] = ['direction', 'extensionUser', 'actualDuration', 'actualDialTime'];

/** Keeps hints, second extensions, and what was not used as it came. */
export function placeFields(read: FieldReader<FieldName>, meaning: Meaning): Placed {
  read.keep(...HINTS);
  const { recordings, whole } = readRecordings(read.value('record'));
  // A name of a file is none, and yet somebody may make a link of it.
  if (!whole) read.refuse('record');
  else if (recordings.length === 0) read.keep('record');
  const moment = read.moment('time');
  const lengths = lengthsOf(read, meaning);
  const placed = {
    extension: extensionIn(read, meaning),
    agent: agentIn(read),
    queue: namedId(read, 'queueId', 'queueName'),
    department: namedId(read, 'departmentId', 'departmentName'),
    price: read.readBy('price', readPrice),
    recordings,
    ivrPath: ivrPathIn(read),
    customData: structure(read, 'customData', readCustomData) ?? {},
    ai: structure(read, 'ai', unfolded) ?? null,
    ringSeconds: lengths.ringSeconds,
    queueSeconds: lengths.queueSeconds,
    talkSeconds: lengths.talkSeconds,
  };
  return Object.assign(placed, moment);
}

/**
 * `duration` is the conversation, except that for queue calls it includes the wait: all of it where nobody answered. The
 * newer `actualCallDuration` and `actualCallDialtime` are believed first. Of a call that ended in the IVR it is the time
 * spent there, which stays in `talkSeconds` so that the end of the call is right.
 */
function lengthsOf(
  read: FieldReader<FieldName>,
  { type, result }: Meaning,
): Pick<LegReport, 'ringSeconds' | 'queueSeconds' | 'talkSeconds'> {
  const duration = read.length('duration');
  const actual = read.length('actualDuration');
  const dialTime = read.length('dialTime');
  const ringSeconds = read.length('actualDialTime') ?? dialTime;
  const waited = read.length('queueSeconds');
  const queued = type.queue === true || read.nonZero('queueId') !== null;
  const { queueSeconds, talkSeconds } = queued
    ? queueLengths(result, { duration, actual, waited })
    : { queueSeconds: waited, talkSeconds: actual ?? duration };
  if (talkSeconds !== duration) read.keep('duration');
  if (ringSeconds !== dialTime) read.keep('dialTime');
  return { ringSeconds, queueSeconds, talkSeconds };
}

function queueLengths(
  result: CallResult,
  { duration, actual, waited }: Record<'duration' | 'actual' | 'waited', number | null>,
): Pick<LegReport, 'queueSeconds' | 'talkSeconds'> {
  if (result !== 'answered' && result !== 'voicemail') {
    return { queueSeconds: waited ?? duration, talkSeconds: actual ?? 0 };
  }
  const talked = duration === null ? null : Math.max(0, duration - (waited ?? 0));
  return { queueSeconds: waited, talkSeconds: actual ?? talked };
}

/** Ours is the caller's extension when we called, else the target's; an agent leg is a call *to* the agent. */
function extensionIn(read: FieldReader<FieldName>, { type, direction }: Meaning): string | null {
  const called = direction === 'inbound' || type.leg === 'agent';
  const fields: FieldName[] = called
    ? ['targetExtension', 'extensionUser', 'callerExtension']
    : ['callerExtension', 'extensionUser', 'targetExtension'];
  const [ours, ...others] = fields.filter((field) => read.extension(field) !== null);
  read.keep(...others);
  return ours === undefined ? null : read.extension(ours);
}

function agentIn(read: FieldReader<FieldName>): Agent | null {
  const [code, name] = [read.text('agentCode'), read.text('agentName')];
  return code === null && name === null ? null : { code, name };
}

function namedId(read: FieldReader<FieldName>, id: FieldName, name: FieldName): NamedId | null {
  const known = read.nonZero(id);
  if (known !== null) return { id: known, name: read.text(name) };
  read.keep(name);
  return null;
}

/** The vendor's prices are in agorot, 1/100 ILS (seed, field 14). */
function readPrice(value: unknown): Money | null {
  const agorot = finiteNumber(value);
  if (agorot === null || Math.abs(agorot) > MAX_AGOROT) return null;
  // Through decimal text: a division alone would print 0.07 as 0.07000000000000001 for some prices.
  return { amount: Number((agorot / AGOROT_PER_SHEKEL).toFixed(6)), currency: 'ILS' };
}

/** The steps that can be read; where there are others, all of them are kept as they came as well. */
function ivrPathIn(read: FieldReader<FieldName>): Placed['ivrPath'] {
  const path = structure(read, 'ivr', readIvrPath);
  if (path === null) return [];
  if (!path.whole) read.refuse('ivr');
  return path.steps;
}

/** Null for nothing, and for what cannot be read. */
function structure<T>(
  read: FieldReader<FieldName>,
  field: FieldName,
  reader: (value: unknown) => T | null,
): T | null {
  const value = read.value(field);
  if (!isWordForNothing(typeof value === 'object' ? 'x' : rawText(value))) return read.readBy(field, reader);
  read.keep(field);
  return null;
}
