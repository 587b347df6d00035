/** Puts a CDR's fields in their places in our report, and keeps what has no place. */
import type { CallResult, Direction, LegReport, Money, NamedId } from '#domain';
import type { CallType } from './call-types.js';
import type { FieldName, KnownFields } from './fields.js';
import { epochSeconds, finiteNumber, isBlank, nonZeroId, seconds, text } from '../content/scalars.js';
import { readRecordings } from '../content/read-recordings.js';
import { readCustomData, readIvrPath, unfolded } from './structures.js';

type Placed = Omit<
  LegReport,
  | 'phase'
  | 'vendorCallId'
  | 'leg'
  | 'vendorType'
  | 'vendorStatus'
  | 'direction'
  | 'result'
  | 'from'
  | 'to'
  | 'did'
  | 'transferOf'
  | 'raw'
>;

interface Meaning {
  type: CallType;
  direction: Direction;
  result: CallResult;
}

const AGOROT_PER_SHEKEL = 100;

/** Fields that may be lists or objects; any other that is one could not be placed. */
const NESTED: ReadonlySet<FieldName> = new Set(['ivr', 'customData', 'ai', 'record']);
/** Fields that help to understand others but have no place of their own. */
const HINTS: readonly FieldName[] = ['direction', 'extensionUser', 'actualDuration', 'actualDialTime'];

/** `unplaced` are fields under the names they came with: hints, values that could not be read, second extensions. */
export function placeFields(
  known: KnownFields,
  meaning: Meaning,
): { report: Placed; unplaced: [name: string, value: unknown][] } {
  const value = (field: FieldName): unknown => known[field]?.value;
  const startedEpochSeconds = epochSeconds(value('time'));
  const lengths = lengthsOf(known, meaning);
  const extensions = extensionFields(meaning).filter((field) => text(value(field)) !== null);
  const queue = namedId(value('queueId'), value('queueName'));
  const department = namedId(value('departmentId'), value('departmentName'));
  const price = readPrice(value('price'));
  const recordings = readRecordings(value('record'));
  const ivrPath = readIvrPath(value('ivr') ?? []);
  const customData = readCustomData(value('customData') ?? {});
  const [code, name] = [text(value('agentCode')), text(value('agentName'))];

  const unplaced = new Set<FieldName>([...HINTS, ...extensions.slice(1)]);
  if (startedEpochSeconds === null) unplaced.add('time');
  if (lengths.talkSeconds !== finiteNumber(value('duration'))) unplaced.add('duration');
  if (lengths.ringSeconds !== finiteNumber(value('dialTime'))) unplaced.add('dialTime');
  if (lengths.queueSeconds !== finiteNumber(value('queueSeconds'))) unplaced.add('queueSeconds');
  if (queue === null) unplaced.add('queueName');
  if (department === null) unplaced.add('departmentName');
  if (price === null) unplaced.add('price');
  if (recordings.length === 0) unplaced.add('record');
  if (ivrPath === null) unplaced.add('ivr');
  if (customData === null) unplaced.add('customData');
  return {
    report: {
      startedEpochSeconds,
      ...lengths,
      extension: extensions[0] === undefined ? null : text(value(extensions[0])),
      agent: code === null && name === null ? null : { code, name },
      queue,
      department,
      price,
      recordings,
      ivrPath: ivrPath ?? [],
      customData: customData ?? {},
      ai: isBlank(value('ai')) ? null : unfolded(value('ai')),
    },
    unplaced: leftOver(known, unplaced),
  };
}

function leftOver(known: KnownFields, unplaced: ReadonlySet<FieldName>): [string, unknown][] {
  const left: [string, unknown][] = [];
  for (const [field, came] of Object.entries(known) as [FieldName, { name: string; value: unknown }][]) {
    const odd = typeof came.value === 'object' && !NESTED.has(field);
    if ((odd || unplaced.has(field)) && !isBlank(came.value)) left.push([came.name, came.value]);
  }
  return left;
}

/**
 * `duration` is the conversation, except that for queue calls it includes the wait: all of it where nobody answered. The
 * newer `actualCallDuration` and `actualCallDialtime` are believed first. Of a call that ended in the IVR it is the time
 * spent there, which stays in `talkSeconds` so that the end of the call is right.
 */
function lengthsOf(
  known: KnownFields,
  { type, result }: Meaning,
): Pick<LegReport, 'ringSeconds' | 'queueSeconds' | 'talkSeconds'> {
  const duration = seconds(known.duration?.value);
  const actual = seconds(known.actualDuration?.value);
  const ringSeconds = seconds(known.actualDialTime?.value) ?? seconds(known.dialTime?.value);
  const waited = seconds(known.queueSeconds?.value);
  const queued = type.queue === true || nonZeroId(known.queueId?.value) !== null;
  if (!queued) return { ringSeconds, queueSeconds: waited, talkSeconds: actual ?? duration };
  if (result !== 'answered' && result !== 'voicemail') {
    return { ringSeconds, queueSeconds: waited ?? duration, talkSeconds: actual ?? 0 };
  }
  const talked = duration === null ? null : Math.max(0, duration - (waited ?? 0));
  return { ringSeconds, queueSeconds: waited, talkSeconds: actual ?? talked };
}

/** Ours is the caller's extension when we called, else the target's; an agent leg is a call *to* the agent. */
function extensionFields({ type, direction }: Meaning): FieldName[] {
  const called = direction === 'inbound' || type.leg === 'agent';
  return called
    ? ['targetExtension', 'extensionUser', 'callerExtension']
    : ['callerExtension', 'extensionUser', 'targetExtension'];
}

function namedId(id: unknown, name: unknown): NamedId | null {
  const known = nonZeroId(id);
  return known === null ? null : { id: known, name: text(name) };
}

/** The vendor's prices are in agorot, 1/100 ILS (seed, field 14). */
function readPrice(value: unknown): Money | null {
  const agorot = finiteNumber(value);
  // Through decimal text: a division alone would print 0.07 as 0.07000000000000001 for some prices.
  return agorot === null
    ? null
    : { amount: Number((agorot / AGOROT_PER_SHEKEL).toFixed(6)), currency: 'ILS' };
}
