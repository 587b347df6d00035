/** What one end call event tells (seed 004, "END CALL EVENT"). */
import type { NamedId } from '#domain';
import { resultOfDialStatus, unknownDialStatus } from '../content/dial-status.js';
import type { KnownFields } from '../content/known-fields.js';
import { readRecordings } from '../content/read-recordings.js';
import { nonZeroId, rawText, text } from '../content/scalars.js';
import { directionOf } from './direction-of.js';
import type { FieldName } from './fields.js';
import { lengthsOf } from './lengths-of.js';
import type { Told } from './read-alert.js';
import { readTime } from './read-time.js';

export function tellEnd(known: KnownFields<FieldName>): Told {
  const vendorStatus = rawText(known.status?.value);
  const direction = directionOf(known);
  const result = resultOfDialStatus(vendorStatus, direction);
  const lengths = lengthsOf(known, result === 'answered' || result === 'voicemail');
  const startedEpochSeconds = readTime(known.time?.value);
  const queue = queueIn(known);
  const extensions = extensionFields(direction).filter((field) => text(known[field]?.value) !== null);

  // The name of a recording stays even where it is an address: a link to it is made from the name.
  const kept: FieldName[] = ['record', ...extensions.slice(1), ...lengths.unplaced];
  if (startedEpochSeconds === null) kept.push('time');
  if (queue === null) kept.push('queueName');
  return {
    report: {
      phase: 'ended',
      leg: 'only',
      vendorType: rawText(known.type?.value),
      vendorStatus,
      ...unknownDialStatus(vendorStatus),
      direction,
      result,
      startedEpochSeconds,
      ringSeconds: lengths.ringSeconds,
      queueSeconds: null,
      talkSeconds: lengths.talkSeconds,
      extension: extensions[0] === undefined ? null : text(known[extensions[0]]?.value),
      queue,
      recordings: readRecordings(known.record?.value),
    },
    kept,
  };
}

function queueIn(known: KnownFields<FieldName>): NamedId | null {
  const id = nonZeroId(known.queueId?.value);
  return id === null ? null : { id, name: text(known.queueName?.value) };
}

/** Ours is the caller's extension when we called, else the target's. */
function extensionFields(direction: string): FieldName[] {
  return direction === 'inbound'
    ? ['targetExtension', 'extension', 'callerExtension']
    : ['callerExtension', 'extension', 'targetExtension'];
}
