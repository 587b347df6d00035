import { ROLES, TENANT_ROLES, type AgentId, type TenantRole } from '#domain';
import { ChoiceField, FlagField, IdField, TextField } from '../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const EMAIL = { about: 'E-mail address.', max: 254, example: 'dana@example.com' };
const ROLE = {
  about:
    '`admin`: all of the tenant. `supervisor`: sees all but secrets, retries, replays, contacts, recordings. `agent`: what is their own.',
  of: TENANT_ROLES,
  example: 'supervisor',
};
const AGENT = 'Who they are among the agents of the tenant.';
const OPERATOR = 'Operators instead of members of a tenant. Only operators may.';

export class NewInvitationDto {
  @TextField(EMAIL)
  email!: string;

  @ChoiceField({ ...ROLE, optional: true })
  role?: TenantRole;

  @IdField({ about: AGENT, optional: true, nullable: true })
  agentId?: AgentId | null;

  @FlagField({ about: OPERATOR, optional: true, byDefault: false })
  operator?: boolean;
}

export class MemberQueryDto extends PageQueryDto {
  @FlagField({ about: OPERATOR, optional: true, byDefault: false, fromQuery: true })
  operator?: boolean;
}

export class MemberPatchDto {
  @ChoiceField({ ...ROLE, optional: true })
  role?: TenantRole;

  @IdField({ about: AGENT, optional: true, nullable: true })
  agentId?: AgentId | null;
}

export class InvitationDto {
  @Shown('Id of the invitation.', SHOWN.id)
  id!: string;

  @Shown('Who is invited.', { type: String, example: EMAIL.example })
  email!: string;

  @Shown('What they will be.', { type: String, enum: [...ROLES] })
  role!: string;

  @Shown(AGENT, SHOWN.idOrNull)
  agentId!: string | null;

  @Shown('When it was made.', SHOWN.time)
  createdAt!: string;

  @Shown('When it stops working.', SHOWN.time)
  expiresAt!: string;
}

const LINK = {
  type: String,
  format: 'uri',
  example: 'https://hook.example/invitation#swl_q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA',
};
const MAILED =
  'Whether the mail server took it. False also where the installation has none: hand the link over yourself.';

export class InvitationOnceDto extends InvitationDto {
  @Shown('The link, shown this once. It works once.', LINK)
  url!: string;

  @Shown(MAILED, { type: Boolean })
  mailed!: boolean;
}

export class InvitationPageDto extends PageDto {
  @Shown('Newest first; those that were taken or have expired are not shown.', { type: [InvitationDto] })
  data!: InvitationDto[];
}

export class MemberDto {
  @Shown('Id of the person.', SHOWN.id)
  id!: string;

  @Shown(EMAIL.about, { type: String, example: EMAIL.example })
  email!: string;

  @Shown('Name of the person.', { type: String, example: 'Dana Levi' })
  name!: string;

  @Shown('What they may do.', { type: String, enum: [...ROLES] })
  role!: string;

  @Shown(AGENT, SHOWN.idOrNull)
  agentId!: string | null;

  @Shown('Since when they are a member.', SHOWN.time)
  memberSince!: string;

  @Shown('When they last signed in.', SHOWN.timeOrNull)
  lastSignInAt!: string | null;
}

export class MemberPageDto extends PageDto {
  @Shown('Newest first.', { type: [MemberDto] })
  data!: MemberDto[];
}

export class ResetOnceDto {
  @Shown('The link, shown this once. It works once, for an hour.', LINK)
  url!: string;

  @Shown('When it stops working.', SHOWN.time)
  expiresAt!: string;

  @Shown(MAILED, { type: Boolean })
  mailed!: boolean;
}
