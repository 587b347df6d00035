/** What one incoming call alert tells (seed 004, "Incoming call alert"). */
import type { KnownFields } from '../content/known-fields.js';
import { rawText, text } from '../content/scalars.js';
import type { FieldName } from './fields.js';
import type { Told } from './read-alert.js';

/** What is longer is no extension, and has no place in a leg's key. */
const MAX_EXTENSION_LENGTH = 64;

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
export function tellIncoming(known: KnownFields<FieldName>): Told {
  const said = text(known.extension?.value);
  const extension = said !== null && said.length <= MAX_EXTENSION_LENGTH ? said : null;
  return {
    report: {
      phase: 'ringing',
      leg: extension === null ? 'only' : `ext@${extension}`,
      vendorType: rawText(known.type?.value),
      vendorStatus: rawText(known.status?.value),
      direction: 'inbound',
      result: 'unknown',
      startedEpochSeconds: null,
      ringSeconds: null,
      queueSeconds: null,
      talkSeconds: null,
      extension,
      queue: null,
      recordings: [],
    },
    kept: extension === null ? ['extension', ...UNDOCUMENTED] : UNDOCUMENTED,
  };
}
