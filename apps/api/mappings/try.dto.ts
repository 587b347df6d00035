import { IdField, ObjectField, TextField, TimeField } from '../http/field.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';
import { ABOUT_MAPPING } from './mapping.dto.js';

const OPTIONAL = { optional: true } as const;
const LONGEST_BODY = 256 * 1024;
const ANY_VALUE = ['string', 'number', 'boolean', 'null', 'array', 'object'].map((type) => ({ type }));

export class TryMappingDto {
  @TextField({ ...ABOUT_MAPPING.shipped, ...OPTIONAL })
  shipped?: string;

  @ObjectField({ ...ABOUT_MAPPING.mapping, ...OPTIONAL })
  mapping?: Record<string, unknown>;

  @IdField({
    about: 'A connection whose mapping, zone, country and secrets count where none are given here.',
    ...OPTIONAL,
  })
  connectionId?: string;

  @ObjectField({ ...ABOUT_MAPPING.secrets, ...OPTIONAL, maxBytes: 64 * 1024 })
  secrets?: Record<string, unknown>;

  @ObjectField({
    about:
      'A message as the PBX sends it: `method` (default POST), `route` (default the first), `query` (without its question mark), `headers` (an object of texts), `body` (a text), ' +
      'and `url`, the whole address that it was sent to, where a signature is over it.',
    maxBytes: LONGEST_BODY,
    example: { body: '{"event":"hangup"}', headers: { 'content-type': 'application/json' } },
  })
  request!: Record<string, unknown>;

  @TimeField({
    about: 'When it came. Default: now. Signatures that have a time are judged by it.',
    ...OPTIONAL,
  })
  receivedAt?: string;
}

export class MappingProblemDto {
  @Shown('Where in the mapping; empty for the whole of it.', { type: String, example: 'shapes.0.call' })
  path!: string;

  @Shown('What is wrong there, in a sentence.', { type: String })
  message!: string;
}

export class FoundFieldDto {
  @Shown('Of the call.', { type: String, example: 'from' })
  field!: string;

  @Shown('Where in the message it stood.', { type: String, example: 'data.payload.from' })
  path!: string;

  @Shown('What stood there, of whatever kind.', { oneOf: ANY_VALUE, example: '+972501234567' })
  value!: unknown;
}

export class TriedLegDto {
  @Shown('What it tells, in a sentence.', { type: String })
  words!: string;

  @Shown(
    'The same in all its fields, before numbers and times are read by the zone and the country of a connection.',
    SHOWN.object,
  )
  report!: Record<string, unknown>;

  @Shown('What was found where.', { type: [FoundFieldDto] })
  found!: FoundFieldDto[];

  @Shown('What has no place in the call, and is kept as it came.', SHOWN.object)
  leftOver!: Record<string, unknown>;
}

export class TriedSignatureDto {
  @Shown('`not_judged`: there is a rule, and no secret to check with. `none`: there is no rule.', {
    type: String,
    enum: ['right', 'wrong', 'not_judged', 'none'],
  })
  verdict!: 'right' | 'wrong' | 'not_judged' | 'none';

  @Shown('Why, in a sentence; null where it is right.', SHOWN.textOrNull)
  reason!: string | null;
}

export class TriedReplyDto {
  @Shown('Its HTTP status.', { type: 'integer', example: 200 })
  status!: number;

  @Shown('Of the body.', { type: String, example: 'text/plain' })
  contentType!: string;

  @Shown('Headers that the mapping sets.', { type: 'object', additionalProperties: { type: 'string' } })
  headers!: Record<string, string>;

  @Shown('The body.', { type: String })
  body!: string;
}

export class TriedMappingDto {
  @Shown('What is wrong with the mapping. When there is anything, the message was not looked at.', {
    type: [MappingProblemDto],
  })
  problems!: MappingProblemDto[];

  @Shown('The kind of each message in it, by name; null for one that is of no kind.', {
    type: 'array',
    items: { type: 'string', nullable: true },
  })
  shapes!: (string | null)[];

  @Shown('Why it cannot be read, in a sentence; null where it can.', SHOWN.textOrNull)
  reason!: string | null;

  @Shown('Of a list of messages those that cannot be read, in sentences.', { type: [String] })
  unreadable!: string[];

  @Shown('Whether it was a question by which the vendor tries the URL. Nothing would be kept of it.', {
    type: Boolean,
  })
  handshake!: boolean;

  @Shown('Whether it is from whoever has the secret.', { type: TriedSignatureDto })
  signature!: TriedSignatureDto;

  @Shown('What it tells of calls, one entry a leg. Empty for what tells of none.', { type: [TriedLegDto] })
  legs!: TriedLegDto[];

  @Shown('The calls that it would make, as `GET /v1/calls/{id}` shows them.', {
    type: 'array',
    items: SHOWN.object,
  })
  calls!: Record<string, unknown>[];

  @Shown('What the PBX would be answered.', { type: TriedReplyDto, nullable: true })
  reply!: TriedReplyDto | null;
}
