import { SCOPES } from '../access/scopes.js';
import { ChoicesField, FlagField, TextField, TimeField } from '../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const SCOPES_ABOUT = 'What the key may do. `write` holds `read`, `admin` holds both.';

export class NewApiKeyDto {
  @TextField({ about: 'What the key is for.', max: 200, example: 'CRM integration' })
  name!: string;

  @ChoicesField({ about: SCOPES_ABOUT, of: SCOPES, example: ['read'] })
  scopes!: string[];

  @TimeField({ about: 'When the key stops working. Left out: never.', optional: true })
  expiresAt?: string;

  @FlagField({
    about: 'Make a key of the operator instead of a tenant: it may act for every tenant. Only operators may.',
    optional: true,
    byDefault: false,
  })
  operator?: boolean;
}

export class ApiKeyQueryDto extends PageQueryDto {
  @FlagField({
    about: "List the operator's own keys. Only operators may.",
    optional: true,
    byDefault: false,
    fromQuery: true,
  })
  operator?: boolean;
}

export class ApiKeyDto {
  @Shown('Id of the key.', SHOWN.id)
  id!: string;

  @Shown('What the key is for.', { type: String, example: 'CRM integration' })
  name!: string;

  @Shown('First characters of the key, to tell keys apart by.', { type: String, example: 'sk_q83vEj' })
  prefix!: string;

  @Shown(SCOPES_ABOUT, { type: String, isArray: true, enum: [...SCOPES], example: ['read'] })
  scopes!: string[];

  @Shown("Whether it is an operator's key.", { type: Boolean })
  operator!: boolean;

  @Shown('When it was made.', SHOWN.time)
  createdAt!: string;

  @Shown('When it stops working.', SHOWN.timeOrNull)
  expiresAt!: string | null;

  @Shown('When it was revoked.', SHOWN.timeOrNull)
  revokedAt!: string | null;

  @Shown('When it was last used, to the minute.', SHOWN.timeOrNull)
  lastUsedAt!: string | null;
}

export class ApiKeyOnceDto extends ApiKeyDto {
  @Shown('The key itself. Shown this once: only its hash is kept.', {
    type: String,
    example: 'sk_q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA',
  })
  key!: string;
}

export class ApiKeyPageDto extends PageDto {
  @Shown('Newest first, revoked ones included.', { type: [ApiKeyDto] })
  data!: ApiKeyDto[];
}
