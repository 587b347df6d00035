import { ApiProperty } from '@nestjs/swagger';
import { ArrayMinSize } from 'class-validator';
import { TENANT_ROLES, type TenantRole } from '#domain';
import { ChoiceField, FlagField, TextField, TextsField } from '../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const OPTIONAL = { optional: true } as const;
const OPERATOR = 'The installation’s instead of a tenant’s. Only operators may.';
/** Of an address, in lower case, with a dot in it. */
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.){1,10}[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

const ABOUT = {
  label: { about: 'What the button on the page says.', max: 100, example: 'Acme account' },
  issuer: {
    about:
      'What the provider calls itself (its discovery document says `issuer`): https, public. http only on this machine.',
    max: 500,
    example: 'https://login.example',
  },
  clientId: { about: 'What it calls this installation.', max: 500, example: 'switchhook' },
  clientSecret: {
    about: 'The secret of that client; null for a client without one. Kept sealed, never shown.',
    max: 1_000,
    example: 'Hbq7ePz2cR9oYw4v',
  },
  domains: {
    about:
      'Domains of the e-mail addresses that it answers for, each exactly: subdomains are domains of their own.',
    most: 20,
    pattern: DOMAIN,
    example: ['acme.example'],
  },
  role: {
    about:
      'What people become who come the first time and are nobody here yet; null, which is usual: only who is a member already, or invited, is let in. Never operators.',
    of: TENANT_ROLES,
    example: 'agent',
  },
  enforced: {
    about:
      'Members come in by it alone, and not by a password. The installation’s holds for members of all tenants, who may come by their tenant’s own too. Operators have their password all the same.',
    byDefault: false,
  },
  enabled: { about: 'Switched off, it lets nobody in, and whoever came by it is out.', byDefault: true },
} as const;

class ProviderSettingsDto {
  @TextField({ ...ABOUT.clientSecret, ...OPTIONAL, nullable: true })
  clientSecret?: string | null;

  @ChoiceField({ ...ABOUT.role, ...OPTIONAL, nullable: true })
  role?: TenantRole | null;

  @FlagField({ ...ABOUT.enforced, ...OPTIONAL })
  enforced?: boolean;

  @FlagField({ ...ABOUT.enabled, ...OPTIONAL })
  enabled?: boolean;
}

export class NewIdentityProviderDto extends ProviderSettingsDto {
  @TextField(ABOUT.label)
  label!: string;

  @TextField(ABOUT.issuer)
  issuer!: string;

  @TextField(ABOUT.clientId)
  clientId!: string;

  @TextsField(ABOUT.domains)
  @ArrayMinSize(1)
  domains!: string[];

  @FlagField({ about: OPERATOR, ...OPTIONAL, byDefault: false })
  operator?: boolean;
}

export class IdentityProviderQueryDto extends PageQueryDto {
  @FlagField({ about: OPERATOR, ...OPTIONAL, byDefault: false, fromQuery: true })
  operator?: boolean;
}

export class IdentityProviderPatchDto extends ProviderSettingsDto {
  @TextField({ ...ABOUT.label, ...OPTIONAL })
  label?: string;

  @TextField({ ...ABOUT.issuer, ...OPTIONAL })
  issuer?: string;

  @TextField({ ...ABOUT.clientId, ...OPTIONAL })
  clientId?: string;

  @TextsField({ ...ABOUT.domains, ...OPTIONAL })
  domains?: string[];
}

export class IdentityProviderDto {
  @Shown('Id of the provider.', SHOWN.id)
  id!: string;

  @Shown('Id of the tenant; null for the installation’s.', SHOWN.idOrNull)
  tenantId!: string | null;

  @Shown(ABOUT.label.about, { type: String, example: ABOUT.label.example })
  label!: string;

  @Shown(ABOUT.issuer.about, { type: String, example: ABOUT.issuer.example })
  issuer!: string;

  @Shown(ABOUT.clientId.about, { type: String, example: ABOUT.clientId.example })
  clientId!: string;

  @Shown('Whether the client has a secret; it is not shown.', { type: Boolean })
  hasSecret!: boolean;

  @Shown(ABOUT.domains.about, { type: [String], example: ABOUT.domains.example })
  domains!: readonly string[];

  @ApiProperty({ description: ABOUT.role.about, type: String, nullable: true, enum: [...TENANT_ROLES, null] })
  role!: string | null;

  @Shown(ABOUT.enforced.about, { type: Boolean })
  enforced!: boolean;

  @Shown(ABOUT.enabled.about, { type: Boolean })
  enabled!: boolean;

  @Shown('Where it has to send people back to: say so in its own settings.', {
    type: String,
    format: 'uri',
    example: 'https://hook.example/sign-in/oidc/callback',
  })
  redirectUri!: string;

  @Shown('When it was made.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last changed.', SHOWN.time)
  updatedAt!: string;
}

export class IdentityProviderPageDto extends PageDto {
  @Shown('Latest first.', { type: [IdentityProviderDto] })
  data!: IdentityProviderDto[];
}

export class IdentityProviderTestDto {
  @Shown('Whether it can be used, as far as that shows without somebody who signs in.', { type: Boolean })
  ok!: boolean;

  @Shown('Code of what is wrong: `oidc.provider_away` or `oidc.provider_wrong`.', SHOWN.textOrNull)
  code!: string | null;

  @Shown('What is wrong, in words.', SHOWN.textOrNull)
  problem!: string | null;

  @Shown('Where people would be sent.', SHOWN.textOrNull)
  authorizationEndpoint!: string | null;

  @Shown('Where their codes would be traded.', SHOWN.textOrNull)
  tokenEndpoint!: string | null;
}
