/** What one incoming call alert tells (seed 004, "Incoming call alert"). */
import type { FieldReader } from '../content/field-reader.js';
import type { FieldName } from './fields.js';
import type { Told } from './read-alert.js';

/** Fields of the other alert: what they would mean while it rings nobody knows. */
const UNDOCUMENTED: readonly FieldName[] = [
  'time',
  'duration',
  'dialTime',
  'queueId',
  'queueName',
  'record',
  'callerExtension',
  'targetExtension',
];

/**
 * A call alerts once for its inbound route, announcement or queue and once for every extension that it rings. The former is
 * about the call as a whole, as the end call event is; each extension has a leg of its own, so that of several the one that
 * answered is the one in the record.
 */
export function tellIncoming(read: FieldReader<FieldName>): Told {
  const extension = read.extension('extension');
  read.keep(...UNDOCUMENTED);
  return {
    phase: 'ringing',
    leg: extension === null ? 'only' : `ext@${extension}`,
    vendorType: read.word('type'),
    vendorStatus: read.word('status'),
    direction: 'inbound',
    result: 'unknown',
    startedEpochSeconds: null,
    ringSeconds: null,
    queueSeconds: null,
    talkSeconds: null,
    extension,
    queue: null,
    recordings: [],
  };
}
