import type { PlainFormat } from '../content/sniff-plain-format.js';
import { writeFields } from '../content/write-fields.js';
import type { WrittenMessage } from '../content/write-fields.js';

/** In the order of the seed's example. */
const PARAMETERS = ['callid', 'ext', 'caller', 'target'] as const;

/** An incoming call alert in the vendor's own parameters. */
export type IncomingFields = Readonly<Partial<Record<(typeof PARAMETERS)[number], string>>>;

/** Every parameter is written, empty where there is nothing to tell. */
export function writeIncoming(fields: IncomingFields, format: PlainFormat): WrittenMessage {
  return writeFields(
    PARAMETERS.map((name) => [name, fields[name]]),
    format,
  );
}
