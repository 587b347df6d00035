import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsString,
  MaxLength,
  MinLength,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IdField, TextField } from '../http/field.decorator.js';
import { MOST_KEY_CHARACTERS } from '../http/key.pipe.js';
import { PageDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const MOST_ALIASES = 20;
/** About as many as a body of 1 MiB holds. */
const MOST_EXTENSIONS = 5_000;

const ABOUT = {
  number: 'Extension number, extended number or SIP user, as the PBX prints it.',
  aliases: 'Other names of the same phone. They are compared without regard to case.',
  agentId: 'Whose it is.',
  label: { about: 'What people call it.', max: 200, example: 'Reception' },
  callerId: {
    about:
      'The number, in E.164, that leads of a campaign are shown who are dialled for this phone. What a lead came with and ' +
      'the campaign’s number for the lead’s country go before it, the campaign’s `callerId` comes after it.',
    max: 16,
    example: '+97237654321',
  },
} as const;
/** As E.164 has it; whether anybody has the number is for the PBX to know. */
const E164 = /^\+[1-9]\d{6,14}$/;
const OPTIONAL = { optional: true, nullable: true } as const;

function AliasesField(): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_, value: unknown) => value !== undefined),
    IsArray(),
    ArrayMaxSize(MOST_ALIASES),
    IsString({ each: true }),
    MinLength(1, { each: true }),
    MaxLength(MOST_KEY_CHARACTERS, { each: true }),
    ApiProperty({
      description: ABOUT.aliases,
      type: [String],
      required: false,
      maxItems: MOST_ALIASES,
      default: [],
      example: ['SIPSIP'],
    }),
  );
}

export class ExtensionPutDto {
  @AliasesField()
  aliases?: string[];

  @IdField({ about: ABOUT.agentId, ...OPTIONAL })
  agentId?: string | null;

  @TextField({ ...ABOUT.label, ...OPTIONAL })
  label?: string | null;

  @TextField({ ...ABOUT.callerId, pattern: E164, ...OPTIONAL })
  callerId?: string | null;
}

export class ExtensionRowDto extends ExtensionPutDto {
  @TextField({ about: ABOUT.number, max: MOST_KEY_CHARACTERS, example: '101' })
  number!: string;
}

export class ExtensionListDto {
  @IsArray()
  @ArrayMaxSize(MOST_EXTENSIONS)
  @ArrayUnique(({ number }: ExtensionRowDto) => number, { message: 'data must hold each number once' })
  @ValidateNested({ each: true })
  @Type(() => ExtensionRowDto)
  @ApiProperty({
    description: 'All extensions of the connection, each number once.',
    type: [ExtensionRowDto],
    maxItems: MOST_EXTENSIONS,
  })
  data!: ExtensionRowDto[];
}

export class ExtensionDto {
  @Shown(ABOUT.number, { type: String, example: '101' })
  number!: string;

  @Shown(ABOUT.aliases, { type: [String], example: ['SIPSIP'] })
  aliases!: string[];

  @Shown(ABOUT.agentId, SHOWN.idOrNull)
  agentId!: string | null;

  @Shown(ABOUT.label.about, { ...SHOWN.textOrNull, example: ABOUT.label.example })
  label!: string | null;

  @Shown(ABOUT.callerId.about, { ...SHOWN.textOrNull, example: ABOUT.callerId.example })
  callerId!: string | null;

  @Shown('When it was first written.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last written.', SHOWN.time)
  updatedAt!: string;
}

export class ExtensionPageDto extends PageDto {
  @Shown('Newest first.', { type: [ExtensionDto] })
  data!: ExtensionDto[];
}

export class ExtensionsReplacedDto {
  @Shown('How many there are now.', { type: 'integer' })
  written!: number;

  @Shown('How many are no more.', { type: 'integer' })
  removed!: number;
}
