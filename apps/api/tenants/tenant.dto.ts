import { CountField, FlagField, TextField } from '../http/field.decorator.js';
import { PageDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const NAME = { about: 'Name of the organisation.', max: 200, example: 'Acme Ltd' };

const RETENTION = {
  about:
    'Days that its events, deliveries and webhooks are kept. Null: as long as the installation keeps them.',
  min: 1,
  max: 3_650,
  example: 14,
} as const;

const PER_SECOND = {
  about:
    'Webhooks that its PBXs may send a second, counted by each ingress process; what is more is answered 429. Null: no limit.',
  min: 1,
  max: 100_000,
  example: 50,
} as const;

const BURST = {
  about: 'Webhooks that may come at once after a pause. Null: as many as in a second.',
  min: 1,
  max: 100_000,
  example: 200,
} as const;

const BYTES_PER_DAY = {
  about:
    'Bytes of webhooks that are kept in a day of UTC; what is more is answered 429 until the day is over. Ingress processes ' +
    'tell each other every few seconds, so a little more may be kept. Null: no limit.',
  min: 1_000,
  max: 1_000_000_000_000_000,
  example: 1_000_000_000,
} as const;

const REQUIRES_TOTP = {
  about:
    'Members are let in only with a second factor. Operators are not asked for one on account of a tenant.',
} as const;

export class NewTenantDto {
  @TextField(NAME)
  name!: string;
}

export class TenantPatchDto {
  @TextField({ ...NAME, optional: true })
  name?: string;

  @CountField({ ...RETENTION, optional: true, nullable: true })
  retentionDays?: number | null;

  @CountField({ ...PER_SECOND, optional: true, nullable: true })
  webhooksPerSecond?: number | null;

  @CountField({ ...BURST, optional: true, nullable: true })
  webhookBurst?: number | null;

  @CountField({ ...BYTES_PER_DAY, optional: true, nullable: true })
  webhookBytesPerDay?: number | null;

  @FlagField({ ...REQUIRES_TOTP, optional: true })
  requiresTotp?: boolean;
}

export class TenantDto {
  @Shown('Id of the tenant.', SHOWN.id)
  id!: string;

  @Shown(NAME.about, { type: String, example: NAME.example })
  name!: string;

  @Shown(RETENTION.about, { type: 'integer', nullable: true })
  retentionDays!: number | null;

  @Shown(PER_SECOND.about, { type: 'integer', nullable: true })
  webhooksPerSecond!: number | null;

  @Shown(BURST.about, { type: 'integer', nullable: true })
  webhookBurst!: number | null;

  @Shown(BYTES_PER_DAY.about, { type: 'integer', nullable: true })
  webhookBytesPerDay!: number | null;

  @Shown(REQUIRES_TOTP.about, { type: Boolean })
  requiresTotp!: boolean;

  @Shown('When it was made.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last changed.', SHOWN.time)
  updatedAt!: string;
}

export class TenantPageDto extends PageDto {
  @Shown('Newest first.', { type: [TenantDto] })
  data!: TenantDto[];
}
