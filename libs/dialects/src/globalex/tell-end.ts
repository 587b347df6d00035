/** What one end call event tells (seed 004, "END CALL EVENT"). */
import type { Direction, NamedId } from '#domain';
import { resultOfDialStatus, unknownDialStatus } from '../content/dial-status.js';
import type { FieldReader } from '../content/field-reader.js';
import { readRecordings } from '../content/read-recordings.js';
import { directionOf } from './direction-of.js';
import type { FieldName } from './fields.js';
import { lengthsOf } from './lengths-of.js';
import type { Told } from './read-alert.js';

export function tellEnd(read: FieldReader<FieldName>): Told {
  const vendorStatus = read.word('status');
  const direction = directionOf(read);
  const result = resultOfDialStatus(vendorStatus, direction);
  // The name of a recording stays even where it is an address: a link to it is made from the name.
  read.keep('record');
  return {
    phase: 'ended',
    leg: 'only',
    vendorType: read.word('type'),
    vendorStatus,
    ...unknownDialStatus(vendorStatus),
    direction,
    result,
    ...read.moment('time'),
    ...lengthsOf(read, result === 'answered' || result === 'voicemail'),
    queueSeconds: null,
    extension: extensionIn(read, direction),
    queue: queueIn(read),
    recordings: readRecordings(read.value('record')).recordings,
  };
}

function queueIn(read: FieldReader<FieldName>): NamedId | null {
  const id = read.nonZero('queueId');
  if (id !== null) return { id, name: read.text('queueName') };
  read.keep('queueName');
  return null;
}

/** Ours is the caller's extension when we called, else the target's; the others are kept. */
function extensionIn(read: FieldReader<FieldName>, direction: Direction): string | null {
  const fields: FieldName[] =
    direction === 'inbound'
      ? ['targetExtension', 'extension', 'callerExtension']
      : ['callerExtension', 'extension', 'targetExtension'];
  const [ours, ...others] = fields.filter((field) => read.extension(field) !== null);
  read.keep(...others);
  return ours === undefined ? null : read.extension(ours);
}
