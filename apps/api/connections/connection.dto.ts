import { IsISO31661Alpha2, IsTimeZone } from 'class-validator';
import { DIALECTS } from '#dialects';
import { ChoiceField, CountField, FlagField, ObjectField, TextField } from '../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const DIALECT_NAMES = DIALECTS.map(({ name }) => name);
export const EPOCHS = ['utc', 'local'] as const;
/** How a PBX tells us: by requests, or through a WebSocket that it keeps open to us. */
export const KINDS = ['webhook', 'socket'] as const;

const ABOUT = {
  name: { about: 'What people call this PBX account.', max: 200, example: 'Head office' },
  dialect: { about: "The PBX vendor's wire format.", of: DIALECT_NAMES, example: 'voicenter' },
  timeZone: { about: 'IANA time zone of the PBX.', max: 64, example: 'Asia/Jerusalem' },
  country: {
    about: 'ISO 3166-1 alpha-2: numbers without a country code are of this one.',
    max: 2,
    example: 'IL',
  },
  epochs: { about: "What the PBX's epoch seconds mean: UTC, or its wall clock.", of: EPOCHS, example: 'utc' },
  settings: {
    about:
      'Switches of this dialect, and `maxCallSeconds` (default 14400): a call that was not heard of for so long is over; ' +
      '`holdOffSeconds` (default 20): how long the end of a call waits for a further leg of it. ' +
      'For popups: `contactUrl` and `newContactUrl`, the pages of a caller who is known and of one who is not, with ' +
      '`{phone}`, `{e164}`, `{contactId}`, `{externalId}`, `{callId}`, `{did}`, `{extension}`, `{customData.name}` in them; and `totalSpelling`, ' +
      '`number` (default) or `string`.',
    example: { maxCallSeconds: 14_400, newContactUrl: 'https://crm.example/new?phone={e164}' },
  },
  enabled: { about: 'Whether webhooks are taken.', example: true },
} as const;
const OPTIONAL = { optional: true } as const;
/** A mapping is among them. */
const SETTINGS_BYTES = 256 * 1024;

export class NewConnectionDto {
  @TextField(ABOUT.name)
  name!: string;

  @ChoiceField(ABOUT.dialect)
  dialect!: string;

  @TextField({ ...ABOUT.timeZone, ...OPTIONAL })
  @IsTimeZone()
  timeZone?: string;

  @TextField({ ...ABOUT.country, ...OPTIONAL })
  @IsISO31661Alpha2()
  country?: string;

  @ChoiceField({ ...ABOUT.epochs, ...OPTIONAL })
  epochs?: 'utc' | 'local';

  @ObjectField({ ...ABOUT.settings, ...OPTIONAL, byDefault: {}, maxBytes: SETTINGS_BYTES })
  settings?: Record<string, unknown>;

  @FlagField({ ...ABOUT.enabled, ...OPTIONAL, byDefault: true })
  enabled?: boolean;
}

/** The dialect stays: make another connection for another PBX. */
export class ConnectionPatchDto {
  @TextField({ ...ABOUT.name, ...OPTIONAL })
  name?: string;

  @TextField({ ...ABOUT.timeZone, ...OPTIONAL })
  @IsTimeZone()
  timeZone?: string;

  @TextField({ ...ABOUT.country, ...OPTIONAL })
  @IsISO31661Alpha2()
  country?: string;

  @ChoiceField({ ...ABOUT.epochs, ...OPTIONAL })
  epochs?: 'utc' | 'local';

  @ObjectField({ ...ABOUT.settings, ...OPTIONAL, maxBytes: SETTINGS_BYTES })
  settings?: Record<string, unknown>;

  @FlagField({ ...ABOUT.enabled, ...OPTIONAL })
  enabled?: boolean;
}

export class RotateConnectionDto {
  @CountField({
    about: 'How long the old URLs work on, in seconds.',
    min: 0,
    max: 7 * 24 * 60 * 60,
    optional: true,
    byDefault: 24 * 60 * 60,
    example: 86_400,
  })
  graceSeconds?: number;
}

export class ConnectionQueryDto extends PageQueryDto {
  @ChoiceField({ ...ABOUT.dialect, ...OPTIONAL })
  dialect?: string;
}

export class ConnectionDto {
  @Shown('Id of the connection.', SHOWN.id)
  id!: string;

  @Shown(ABOUT.name.about, { type: String, example: ABOUT.name.example })
  name!: string;

  @Shown(ABOUT.dialect.about, { type: String, enum: DIALECT_NAMES })
  dialect!: string;

  @Shown(ABOUT.timeZone.about, { type: String, example: ABOUT.timeZone.example })
  timeZone!: string;

  @Shown(ABOUT.country.about, { type: String, example: ABOUT.country.example })
  country!: string;

  @Shown(ABOUT.epochs.about, { type: String, enum: [...EPOCHS] })
  epochs!: 'utc' | 'local';

  @Shown(ABOUT.settings.about, SHOWN.object)
  settings!: Record<string, unknown>;

  @Shown(ABOUT.enabled.about, { type: Boolean })
  enabled!: boolean;

  @Shown('When it was made.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last changed.', SHOWN.time)
  updatedAt!: string;
}

export class IngressUrlDto {
  @Shown('What the PBX sends there.', { type: String, example: 'cdr' })
  route!: string;

  @Shown(
    'Secret: whoever knows it can send webhooks. Give it to the PBX. `wss:` where the PBX opens a WebSocket there.',
    {
      type: String,
      format: 'uri',
      example: 'https://switchhook.example/in/in_hR0...Q/voicenter/cdr',
    },
  )
  url!: string;

  @Shown('When it stops working; null for the current one.', SHOWN.timeOrNull)
  expiresAt!: string | null;
}

export class ConnectionDetailDto extends ConnectionDto {
  @Shown('`socket`: the PBX opens a WebSocket to us, tells by it and is asked through it.', {
    type: String,
    enum: [...KINDS],
  })
  kind!: (typeof KINDS)[number];

  @Shown('Where the PBX sends its webhooks, the current URLs first.', { type: [IngressUrlDto] })
  ingressUrls!: IngressUrlDto[];
}

export class ConnectionPageDto extends PageDto {
  @Shown('Newest first.', { type: [ConnectionDto] })
  data!: ConnectionDto[];
}
