import { writeFields } from '../content/write-fields.js';
import type { WrittenMessage } from '../content/write-fields.js';

/** All of them, in the order in which the vendor documents them (seed 001). */
const PARAMETERS = [
  'CallID',
  'CallerIDNum',
  'CallerIDName',
  'CalledDID',
  'CalledExtension',
  'CallStatus',
  'CallFlow',
  'CallerExtension',
  'CalledNumber',
  'CallAPIID',
] as const;

/** A call event in the vendor's own parameters. */
export type CallEventFields = Readonly<Partial<Record<(typeof PARAMETERS)[number], string>>>;

/** Every parameter occurs once in every event, empty where there is nothing to tell. */
export function writeCallEvent(fields: CallEventFields, format: 'query' | 'form'): WrittenMessage {
  return writeFields(
    PARAMETERS.map((name) => [name, fields[name]]),
    format,
  );
}
