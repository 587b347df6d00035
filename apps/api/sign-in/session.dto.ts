import { ROLES } from '#domain';
import { SESSION_METHODS } from '#db';
import { TextField } from '../http/field.decorator.js';
import { CODE } from './second-factor.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const EMAIL = { about: 'E-mail address.', max: 254, example: 'dana@example.com' };

export class SignInDto {
  @TextField(EMAIL)
  email!: string;

  @TextField({ about: 'Password.', max: 200, example: 'correct horse battery' })
  password!: string;

  @TextField({ ...CODE, optional: true })
  code?: string;
}

export const NEW_PASSWORD = {
  about: 'A password of at least 10 characters.',
  min: 10,
  max: 200,
  example: 'correct horse battery',
};

export class PasswordChangeDto {
  @TextField({ about: 'The password that you have.', max: 200 })
  current!: string;

  @TextField(NEW_PASSWORD)
  password!: string;

  @TextField({ ...CODE, optional: true })
  code?: string;
}

export class PersonOfSessionDto {
  @Shown('Id of the person.', SHOWN.id)
  id!: string;

  @Shown(EMAIL.about, { type: String, example: EMAIL.example })
  email!: string;

  @Shown('Name of the person.', { type: String, example: 'Dana Levi' })
  name!: string;

  @Shown('Whether signing in wants a code too.', { type: Boolean })
  hasTotp!: boolean;
}

export class MembershipDto {
  @Shown('Id of the tenant; null for operators, who may act for all.', SHOWN.idOrNull)
  tenantId!: string | null;

  @Shown('Name of the tenant.', SHOWN.textOrNull)
  tenantName!: string | null;

  @Shown('What the person may do there.', { type: String, enum: [...ROLES] })
  role!: string;

  @Shown('Who they are among the agents of the tenant.', SHOWN.idOrNull)
  agentId!: string | null;
}

export class ListedSessionDto {
  @Shown('Id of the session.', SHOWN.id)
  id!: string;

  @Shown('How they signed in.', { type: String, enum: [...SESSION_METHODS] })
  method!: string;

  @Shown('From which address.', SHOWN.textOrNull)
  address!: string | null;

  @Shown('With which browser.', SHOWN.textOrNull)
  userAgent!: string | null;

  @Shown('When they signed in.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last used, to the minute. Twelve hours later it has ended.', SHOWN.time)
  lastSeenAt!: string;

  @Shown('When it ends however much it is used.', SHOWN.time)
  expiresAt!: string;

  @Shown('Whether it is the one that asks.', { type: Boolean })
  current!: boolean;
}

export class SessionListDto {
  @Shown('Newest first.', { type: [ListedSessionDto] })
  data!: ListedSessionDto[];
}

export class SessionDto {
  @Shown('Who signed in.', { type: PersonOfSessionDto })
  user!: PersonOfSessionDto;

  @Shown('What they are to whom. With several, requests say for which tenant by `Switchhook-Tenant`.', {
    type: [MembershipDto],
  })
  memberships!: MembershipDto[];

  @Shown('The session.', { type: ListedSessionDto })
  session!: ListedSessionDto;
}
