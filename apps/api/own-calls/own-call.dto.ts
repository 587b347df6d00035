import type { LivePopupEvent } from '#domain';
import { CallDto } from '../calls/call.dto.js';
import { FlagField, IdsField, TextField, TimeField } from '../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const MOST_SEEN = 500;

export class OwnCallQueryDto extends PageQueryDto {
  @FlagField({ about: 'Whether somebody called and was not served.', fromQuery: true, optional: true })
  missed?: boolean;

  @FlagField({ about: 'Whether you have seen that it was missed.', fromQuery: true, optional: true })
  seen?: boolean;

  @TextField({
    about: 'Calls with this number, in E.164.',
    max: 16,
    pattern: /^\+\d{3,15}$/,
    example: '+972502345678',
    optional: true,
  })
  number?: string;
}

export class OwnCallDto extends CallDto {
  @Shown(
    'When you saw that it was missed; null while you have not, and for calls that were not.',
    SHOWN.timeOrNull,
  )
  seenAt!: string | null;
}

export class OwnCallPageDto extends PageDto {
  @Shown('Latest start first. Recordings, and what the PBX sent besides, are for those who see all calls.', {
    type: [OwnCallDto],
  })
  data!: OwnCallDto[];

  @Shown('How many missed calls of yours you have not seen.', { type: 'integer' })
  unseen!: number;
}

export class SeenDto {
  @IdsField({
    about: 'Missed calls that you have seen. Either these, or `until`.',
    most: MOST_SEEN,
    optional: true,
  })
  calls?: string[];

  @TimeField({ about: 'You have seen all that started until then.', optional: true })
  until?: string;
}

export class SeenCountDto {
  @Shown('How many missed calls of yours you have not seen.', { type: 'integer' })
  unseen!: number;
}

export class OwnPopupsDto {
  @Shown('The calls on your screen now, as `popup` events of the live channel have them; the latest first.', {
    type: 'array',
    items: {
      type: 'object',
      required: ['topic', 'call', 'state', 'contacts'],
      properties: {
        topic: { type: 'string', enum: ['popup'] },
        call: { type: 'string', format: 'uuid' },
        state: { type: 'string', enum: ['ringing', 'answered', 'elsewhere'] },
        contacts: { type: 'array', items: { type: 'object', additionalProperties: true } },
      },
      additionalProperties: true,
    },
  })
  data!: LivePopupEvent[];
}
