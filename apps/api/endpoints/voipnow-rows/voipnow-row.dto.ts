import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsArray, IsInt, Max, Min } from 'class-validator';
import {
  EVENT_KINDS,
  EVENT_NAMES,
  EVERY_EXTENSION,
  MAX_EVENT_ID,
  MAX_ROWS,
  REQUEST_METHODS,
  type CallEventKind,
  type RequestMethod,
} from '#formats';
import { ChoiceField, CountField, FlagField, TextField } from '../../http/field.decorator.js';
import { Shown } from '../../http/shown.decorator.js';

const OPTIONAL = { optional: true } as const;

const ABOUT = {
  eventId: 'Generated, never changed and never given twice.',
  extension: {
    about: 'An extension, as an extended number such as `0003*210`; `*` for every extension.',
    max: 64,
    example: '0003*210',
  },
  kind: {
    about: `Kind of event: ${EVENT_KINDS.map((kind) => `${String(kind)} ${EVENT_NAMES[kind]}`).join(', ')}.`,
    min: 0,
    max: EVENT_KINDS.length - 1,
    example: 0,
  },
  method: {
    about: 'GET adds the parameters to the URL’s own query, POST sends them as a form.',
    of: REQUEST_METHODS,
  },
  url: {
    about: 'Where the request is made; a public http(s) address.',
    max: 2048,
    example: 'https://crm.example/voipnow?event=dial-in',
  },
  note: { about: 'A brief description, for people.', min: 0, max: 500, example: 'opens the card' },
  active: { about: 'Whether the request is made.' },
} as const;

export class NewVoipnowRowDto {
  @TextField({ ...ABOUT.extension, byDefault: EVERY_EXTENSION, ...OPTIONAL })
  extension?: string;

  @CountField(ABOUT.kind)
  kind!: CallEventKind;

  @ChoiceField({ ...ABOUT.method, byDefault: 'GET', ...OPTIONAL })
  method?: RequestMethod;

  @TextField(ABOUT.url)
  url!: string;

  @TextField({ ...ABOUT.note, byDefault: '', ...OPTIONAL })
  note?: string;

  @FlagField({ ...ABOUT.active, byDefault: true, ...OPTIONAL })
  active?: boolean;
}

export class VoipnowRowPatchDto {
  @TextField({ ...ABOUT.extension, ...OPTIONAL })
  extension?: string;

  @CountField({ ...ABOUT.kind, ...OPTIONAL })
  kind?: CallEventKind;

  @ChoiceField({ ...ABOUT.method, ...OPTIONAL })
  method?: RequestMethod;

  @TextField({ ...ABOUT.url, ...OPTIONAL })
  url?: string;

  @TextField({ ...ABOUT.note, ...OPTIONAL })
  note?: string;

  @FlagField({ ...ABOUT.active, ...OPTIONAL })
  active?: boolean;
}

export class VoipnowRowQueryDto {
  @TextField({ about: 'Only rows of this extension, or only those of `*`.', max: 64, ...OPTIONAL })
  extension?: string;

  @CountField({ ...ABOUT.kind, about: 'Only rows of this kind.', fromQuery: true, ...OPTIONAL })
  kind?: number;

  @FlagField({
    about: 'Only rows that are active, or only those that are not.',
    fromQuery: true,
    ...OPTIONAL,
  })
  active?: boolean;
}

/** Rows that were selected. */
function EventIdsField(): PropertyDecorator {
  return applyDecorators(
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(MAX_ROWS),
    ArrayUnique(),
    IsInt({ each: true }),
    Min(1, { each: true }),
    Max(MAX_EVENT_ID, { each: true }),
    ApiProperty({
      description: 'Event ids of the selected rows. Those that no row has any more are passed over.',
      type: 'array',
      items: { type: 'integer', minimum: 1, maximum: MAX_EVENT_ID },
      minItems: 1,
      maxItems: MAX_ROWS,
      uniqueItems: true,
      example: [1, 4],
    }),
  );
}

export class SelectedRowsDto {
  @EventIdsField()
  eventIds!: number[];
}

export class VoipnowRowDto {
  @Shown(ABOUT.eventId, { type: 'integer', example: 4 })
  eventId!: number;

  @Shown(ABOUT.extension.about, { type: String, example: ABOUT.extension.example })
  extension!: string;

  @Shown(ABOUT.kind.about, { type: 'integer', example: ABOUT.kind.example })
  kind!: number;

  @Shown('The kind in words.', { type: String, enum: Object.values(EVENT_NAMES) })
  event!: string;

  @Shown(ABOUT.method.about, { type: String, enum: [...REQUEST_METHODS] })
  method!: RequestMethod;

  @Shown(ABOUT.url.about, { type: String, format: 'uri', example: ABOUT.url.example })
  url!: string;

  @Shown(ABOUT.note.about, { type: String, example: ABOUT.note.example })
  note!: string;

  @Shown(ABOUT.active.about, { type: Boolean })
  active!: boolean;
}

export class VoipnowRowsDto {
  @Shown('By extension, every extension first, then by kind, then by event id.', { type: [VoipnowRowDto] })
  data!: VoipnowRowDto[];
}

export class RowsClearedDto {
  @Shown('Event ids of the rows that are no more.', { type: 'integer', isArray: true, example: [1, 4] })
  cleared!: number[];
}
