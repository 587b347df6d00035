import {
  CREDENTIAL_RIGHTS,
  CREDENTIAL_SCOPES,
  type CredentialRight,
  type CredentialScope,
  type CredentialSettings,
} from '#db';
import {
  ChoiceField,
  ChoicesField,
  CountField,
  IdField,
  ObjectField,
  TextField,
  TimeField,
} from '../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';
import { FACADE_NAMES, SECRET_KINDS, type FacadeName, type SecretKind } from './make-secret.js';
import { NetworksField, OriginsField } from './who-may-use.decorator.js';

const OPTIONAL = { optional: true } as const;
const NULLABLE = { optional: true, nullable: true } as const;

export const CREDENTIAL_DEFAULTS = { scope: 'account', perMinute: 600 } as const;

const ABOUT = {
  name: { about: 'Which software has it.', max: 200, example: 'Our CRM' },
  facade: { about: 'Whose API the software was written for.', of: FACADE_NAMES, example: 'voicenter' },
  rights: {
    about:
      'What may be done by it: `call` dials and hangs up, `read` sees calls and extensions, `agents` sets their states, `lists` changes the numbers not to call, `realtime` follows what happens. `despite_do_not_call`: may have a listed number called; each such call is audited.',
    of: CREDENTIAL_RIGHTS,
    example: ['call', 'read'],
  },
  scope: {
    about: 'For whom: everybody of the connection, one department (`department`), or one agent (`agentId`).',
    of: CREDENTIAL_SCOPES,
  },
  agentId: { about: 'Of the scope `agent`: who.' },
  department: { about: 'Of the scope `department`: its id, as the PBX names it.', max: 64, example: '300' },
  allowFrom: 'Addresses and networks that it may be used from. None: all.',
  origins: 'Origins of pages whose scripts may use it. None: none.',
  perMinute: { about: 'Most requests a minute.', min: 1, max: 100_000 },
  settings: {
    about:
      '`epochs` (`utc`, `local`): what epochs in requests and answers mean, where not as the connection says; `callLogKeys` (`asked`, `lower`): how members of the call log are spelled; `crossSite` (true, false): whether requests that a page of another site has a browser send are carried out.',
    example: { epochs: 'local', callLogKeys: 'lower' },
  },
  expiresAt: { about: 'When it stops working. Null or left out: never.' },
} as const;

/** What can be changed later. */
class CredentialSettingsDto {
  @ChoiceField({ ...ABOUT.scope, byDefault: CREDENTIAL_DEFAULTS.scope, ...OPTIONAL })
  scope?: CredentialScope;

  @IdField({ ...ABOUT.agentId, ...NULLABLE })
  agentId?: string | null;

  @TextField({ ...ABOUT.department, ...NULLABLE })
  department?: string | null;

  @NetworksField(ABOUT.allowFrom)
  allowFrom?: string[];

  @OriginsField(ABOUT.origins)
  origins?: string[];

  @CountField({ ...ABOUT.perMinute, byDefault: CREDENTIAL_DEFAULTS.perMinute, ...OPTIONAL })
  perMinute?: number;

  @ObjectField({ ...ABOUT.settings, ...OPTIONAL })
  settings?: CredentialSettings & Record<string, unknown>;

  @TimeField({ ...ABOUT.expiresAt, ...NULLABLE })
  expiresAt?: string | null;
}

export class NewApiCredentialDto extends CredentialSettingsDto {
  @IdField({ about: 'Id of the connection whose PBX it is for.' })
  connectionId!: string;

  @TextField(ABOUT.name)
  name!: string;

  @ChoiceField(ABOUT.facade)
  facade!: FacadeName;

  @ChoiceField({
    about:
      'What the software shows: `code` (voicenter), `login` or `token`, the organisation’s (globalex), `client` (voipnow). Left out: the first of these.',
    of: SECRET_KINDS,
    ...OPTIONAL,
  })
  kind?: SecretKind;

  @ChoicesField(ABOUT.rights)
  rights!: CredentialRight[];

  @ObjectField({
    about:
      'What the software shows already, where that is not to be changed: `code` (for `code` and `token`, at least 16 characters), `user`, `password` (at least 8) and `organisation`, or `id` and `secret` (at least 16). Left out: a new secret is made. `api_credential.taken` (409): it is in use.',
    example: { code: 'f2a1c3d4e5f60718293a4b5c6d7e8f90' },
    ...OPTIONAL,
  })
  bring?: Record<string, unknown>;
}

export class ApiCredentialPatchDto extends CredentialSettingsDto {
  @TextField({ ...ABOUT.name, ...OPTIONAL })
  name?: string;

  @ChoicesField({ ...ABOUT.rights, ...OPTIONAL })
  rights?: CredentialRight[];
}

export class ApiCredentialQueryDto extends PageQueryDto {
  @IdField({ about: 'Only those of this connection.', ...OPTIONAL })
  connectionId?: string;
}

export class ApiCredentialDto {
  @Shown('Id of the credential.', SHOWN.id)
  id!: string;

  @Shown('Id of the connection whose PBX it is for.', SHOWN.id)
  connectionId!: string;

  @Shown(ABOUT.name.about, { type: String, example: ABOUT.name.example })
  name!: string;

  @Shown(ABOUT.facade.about, { type: String, enum: [...FACADE_NAMES] })
  facade!: string;

  @Shown(
    'What is no secret of it: the beginning of a code or token, a user and organisation, a client’s id.',
    {
      type: String,
      example: 'f2a1…',
    },
  )
  shown!: string;

  @Shown(ABOUT.rights.about, { type: String, isArray: true, enum: [...CREDENTIAL_RIGHTS] })
  rights!: CredentialRight[];

  @Shown(ABOUT.scope.about, { type: String, enum: [...CREDENTIAL_SCOPES] })
  scope!: CredentialScope;

  @Shown(ABOUT.agentId.about, SHOWN.idOrNull)
  agentId!: string | null;

  @Shown(ABOUT.department.about, SHOWN.textOrNull)
  department!: string | null;

  @Shown(ABOUT.allowFrom, { type: [String] })
  allowFrom!: string[];

  @Shown(ABOUT.origins, { type: [String] })
  origins!: string[];

  @Shown(ABOUT.perMinute.about, { type: 'integer' })
  perMinute!: number;

  @Shown(ABOUT.settings.about, SHOWN.object)
  settings!: CredentialSettings;

  @Shown(ABOUT.expiresAt.about, SHOWN.timeOrNull)
  expiresAt!: string | null;

  @Shown('When it was made.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last changed.', SHOWN.time)
  updatedAt!: string;

  @Shown('When it was revoked.', SHOWN.timeOrNull)
  revokedAt!: string | null;

  @Shown('When it was last used, to the minute.', SHOWN.timeOrNull)
  lastUsedAt!: string | null;
}

class CredentialSecretDto {
  @Shown('The code, or the organisation’s token.', SHOWN.textOrNull)
  code!: string | null;

  @Shown('The user.', SHOWN.textOrNull)
  user!: string | null;

  @Shown('The user’s password.', SHOWN.textOrNull)
  password!: string | null;

  @Shown('The user’s organisation.', SHOWN.textOrNull)
  organisation!: string | null;

  @Shown('The client’s id.', SHOWN.textOrNull)
  clientId!: string | null;

  @Shown('The client’s secret.', SHOWN.textOrNull)
  clientSecret!: string | null;
}

export class ApiCredentialOnceDto extends ApiCredentialDto {
  @Shown('What the software is to show. Shown this once: only its hash is kept.', {
    type: CredentialSecretDto,
  })
  secret!: CredentialSecretDto;
}

export class ApiCredentialPageDto extends PageDto {
  @Shown('Newest first, revoked ones included.', { type: [ApiCredentialDto] })
  data!: ApiCredentialDto[];
}
