import { CountField, TextField } from '../http/field.decorator.js';
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

export class NewTenantDto {
  @TextField(NAME)
  name!: string;
}

export class TenantPatchDto {
  @TextField({ ...NAME, optional: true })
  name?: string;

  @CountField({ ...RETENTION, optional: true, nullable: true })
  retentionDays?: number | null;
}

export class TenantDto {
  @Shown('Id of the tenant.', SHOWN.id)
  id!: string;

  @Shown(NAME.about, { type: String, example: NAME.example })
  name!: string;

  @Shown(RETENTION.about, { type: 'integer', nullable: true })
  retentionDays!: number | null;

  @Shown('When it was made.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last changed.', SHOWN.time)
  updatedAt!: string;
}

export class TenantPageDto extends PageDto {
  @Shown('Newest first.', { type: [TenantDto] })
  data!: TenantDto[];
}
