import type { PlainFormat } from '../content/sniff-plain-format.js';
import { writeFields } from '../content/write-fields.js';
import type { WrittenMessage } from '../content/write-fields.js';

/** In the order and the spelling of the seed's example. */
const PARAMETERS = [
  'caller',
  'target',
  'time',
  'duration',
  'ivruniqueid',
  'type',
  'status',
  'targetextension',
  'callerextension',
  'did',
  'queueid',
  'queuename',
  'record',
  'dialtime',
  'domain',
  'domain_name',
] as const;

/** An end call event in the vendor's own parameters. */
export type EndFields = Readonly<Partial<Record<(typeof PARAMETERS)[number], string | number>>>;

/** Every parameter is written, empty where there is nothing to tell. */
export function writeEnd(fields: EndFields, format: PlainFormat): WrittenMessage {
  return writeFields(
    PARAMETERS.map((name) => [name, fields[name]]),
    format,
  );
}
