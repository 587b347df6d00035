import { ArrayMaxSize, IsArray, IsTimeZone, ValidateBy } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import { ChoiceField, CountField, ObjectField, TextField, TimeField } from '../http/field.decorator.js';
import { PageDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

/** A flow is read again by each process that walks it. */
const MOST_BYTES = 256 * 1024;
const MOST_LAYOUT_BYTES = 64 * 1024;
const MOST_STEPS = 100;
const OPTIONAL = { optional: true } as const;

const ABOUT = {
  name: { about: 'What people call this flow.', max: 200, example: 'Main menu' },
  document: {
    about: 'The menus, as JSON; the dry run says what is wrong with it and where.',
    maxBytes: MOST_BYTES,
    example: {
      start: 'main',
      menus: {
        main: { prompts: [{ say: 'recording', recording: 'welcome' }], digits: { 1: { do: 'hangup' } } },
      },
    },
  },
  version: 'Grows with every change.',
} as const;

export class NewIvrFlowDto {
  @TextField(ABOUT.name)
  name!: string;

  @ObjectField(ABOUT.document)
  document!: Record<string, unknown>;
}

export class IvrLayoutDto {
  @ObjectField({
    about: 'Anything that whoever draws the flow keeps for it: where its menus stand, for example.',
    maxBytes: MOST_LAYOUT_BYTES,
    example: { main: { x: 40, y: 80 } },
  })
  layout!: Record<string, unknown>;
}

export class IvrFlowPatchDto {
  @CountField({
    about: 'The version that you changed: where it is not the present one, nothing is changed.',
    min: 1,
    max: 2_147_483_646,
    example: 1,
  })
  version!: number;

  @TextField({ ...ABOUT.name, ...OPTIONAL })
  name?: string;

  @ObjectField({ ...ABOUT.document, ...OPTIONAL })
  document?: Record<string, unknown>;
}

/** One entry for each menu that listens. */
function DigitsField(): PropertyDecorator {
  const about = 'What the caller presses, menu by menu; null for nothing.';
  return (target, member) => {
    const isDigits = (value: unknown) =>
      value === null || (typeof value === 'string' && /^[0-9*#]{1,32}$/.test(value));
    IsArray()(target, member);
    ArrayMaxSize(MOST_STEPS)(target, member);
    const defaultMessage = () => 'digits must be a list of texts of keys (0-9, *, #) and nulls';
    ValidateBy({ name: 'isDigits', validator: { validate: isDigits, defaultMessage } }, { each: true })(
      target,
      member,
    );
    ApiProperty({
      description: about,
      type: 'array',
      items: { type: 'string', nullable: true },
      maxItems: MOST_STEPS,
      example: ['1', null],
    })(target, member);
  };
}

/** Of a call that nobody makes. */
export class IvrDryRunDto {
  @DigitsField()
  digits!: (string | null)[];

  @TextField({ about: 'The number that was called.', max: 64, example: '0722776772', ...OPTIONAL })
  did?: string;

  @TextField({ about: 'Who calls.', max: 64, example: '0501234567', ...OPTIONAL })
  from?: string;

  @TimeField({ about: 'When, for business hours; now where it is left out.', ...OPTIONAL })
  at?: string;

  @TextField({
    about: 'IANA time zone of the business hours; the connection’s when a PBX asks.',
    max: 64,
    example: 'Asia/Jerusalem',
    byDefault: 'UTC',
    ...OPTIONAL,
  })
  @IsTimeZone()
  timeZone?: string;

  @ChoiceField({
    about: '`menu`: the caller is steered from here. `layer`: the PBX keeps the menus.',
    of: ['menu', 'layer'],
    byDefault: 'menu',
    ...OPTIONAL,
  })
  asks?: 'menu' | 'layer';
}

export class IvrDocumentDryRunDto extends IvrDryRunDto {
  @ObjectField(ABOUT.document)
  document!: Record<string, unknown>;
}

export class IvrFlowDto {
  @Shown('Id of the flow.', SHOWN.id)
  id!: string;

  @Shown(ABOUT.name.about, { type: String, example: ABOUT.name.example })
  name!: string;

  @Shown('The menus, as they were given.', SHOWN.object)
  document!: Record<string, unknown>;

  @Shown('Where its menus stand on the screen; no part of a version. Null where nobody moved any.', {
    ...SHOWN.object,
    nullable: true,
  })
  layout!: Record<string, unknown> | null;

  @Shown(ABOUT.version, { type: 'integer', example: 1 })
  version!: number;

  @Shown('When it was made.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last changed.', SHOWN.time)
  updatedAt!: string;
}

export class IvrFlowPageDto extends PageDto {
  @Shown('Newest first.', { type: [IvrFlowDto] })
  data!: IvrFlowDto[];
}

export class IvrDryRunStepDto {
  @Shown('Where the caller was; null at the beginning.', SHOWN.textOrNull)
  menu!: string | null;

  @Shown('What was pressed there.', SHOWN.textOrNull)
  digits!: string | null;

  @Shown('What the PBX is told, in our vocabulary.', SHOWN.object)
  answer!: Record<string, unknown>;
}

export class IvrDryRunAnswerDto {
  @Shown('One for each time that the PBX asked.', { type: [IvrDryRunStepDto] })
  steps!: IvrDryRunStepDto[];

  @Shown('What became of the caller; `waiting`: more digits would lead on.', {
    type: String,
    enum: ['hangup', 'dial', 'layer', 'record', 'fallback', 'waiting'],
  })
  ended!: string;
}
