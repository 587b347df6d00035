import { SHOWN, Shown } from '../http/shown.decorator.js';

const TEXT = { type: String } as const;
const LEFT_OUT = { required: false, type: String } as const;

/** What a source of the kind `http` is sent. */
export class SourceQuestionDto {
  @Shown('Always `contact.lookup`.', { type: String, enum: ['contact.lookup'] })
  type!: string;

  @Shown('Who is asked for, in E.164.', { ...TEXT, example: '+972502345678' })
  number!: string;

  @Shown('The same as it is dialed in its own country, digits only.', { ...TEXT, example: '0502345678' })
  national!: string;

  @Shown('The PBX’s id of the call, where it told.', LEFT_OUT)
  callId?: string;

  @Shown('The number that was called, as the PBX prints it, where it told.', LEFT_OUT)
  did?: string;

  @Shown('The phone that rings, where the PBX told.', LEFT_OUT)
  extension?: string;
}

class AnsweredContactDto {
  @Shown('Your id of it: text or a whole number.', { ...TEXT, example: 'crm-4711' })
  id!: string;

  @Shown('Shown while the phone rings.', { ...TEXT, example: 'John Doe' })
  name!: string;

  @Shown('The company it belongs to.', { ...LEFT_OUT, nullable: true })
  company?: string | null;

  @Shown('Its page, opened when it calls.', { ...LEFT_OUT, nullable: true, format: 'uri' })
  url?: string | null;

  @Shown(
    'All its numbers, in any spelling. A contact that does not show the number that was asked for does not count.',
    {
      type: [String],
      example: ['+972 50-234-5678'],
    },
  )
  phones!: string[];

  @Shown('Decides which of several it is, where the match policy says so.', { ...LEFT_OUT, ...SHOWN.time })
  updatedAt?: string;

  @Shown('The same.', { ...LEFT_OUT, ...SHOWN.time })
  createdAt?: string;
}

/** What it answers with 200; 404, 204 and an empty list say that nobody has the number. At most 16 KiB. */
export class SourceAnswerDto {
  @Shown('Those who have the number; the first 20 count.', { type: [AnsweredContactDto] })
  contacts!: AnsweredContactDto[];
}

class SentQuestionDto {
  @Shown('', TEXT)
  method!: string;

  @Shown('', TEXT)
  url!: string;

  @Shown('Of your own, and of credentials, only the names.', {
    type: 'object',
    additionalProperties: { type: 'string' },
  })
  headers!: Record<string, string>;

  @Shown('', SHOWN.textOrNull)
  body!: string | null;
}

class GivenAnswerDto {
  @Shown('', { type: 'integer' })
  status!: number;

  @Shown('The first 16 KiB; what is secret in it is left out.', TEXT)
  body!: string;
}

class CountedContactDto {
  @Shown('', TEXT)
  id!: string;

  @Shown('', TEXT)
  name!: string;

  @Shown('', SHOWN.textOrNull)
  company!: string | null;

  @Shown('', SHOWN.textOrNull)
  url!: string | null;
}

/** How a source was asked just now, and what came of it. */
export class SourceTestedDto {
  @Shown('Whether its answer is one; nobody is an answer.', { type: Boolean })
  ok!: boolean;

  @Shown('Why not.', SHOWN.textOrNull)
  problem!: string | null;

  @Shown('Contacts that count.', { type: [CountedContactDto] })
  contacts!: CountedContactDto[];

  @Shown('How many more it named that do not show the number, or cannot be read.', { type: 'integer' })
  ignored!: number;

  @Shown('In milliseconds.', { type: 'integer' })
  durationMs!: number;

  @Shown('What was sent, of several requests the last one; null where nothing was.', {
    type: SentQuestionDto,
    nullable: true,
  })
  request!: SentQuestionDto | null;

  @Shown('What came back; null where nothing did.', { type: GivenAnswerDto, nullable: true })
  response!: GivenAnswerDto | null;
}
