import { LINK_KINDS, ROLES } from '#domain';
import { TextField } from '../http/field.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';
import { CODE } from './second-factor.dto.js';
import { NEW_PASSWORD } from './session.dto.js';

const TOKEN = {
  about: 'What comes after the # of the link.',
  max: 200,
  example: 'swl_q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA',
};
const EMAIL = { about: 'E-mail address.', max: 254, example: 'dana@example.com' };

export class LinkLookDto {
  @TextField(TOKEN)
  token!: string;
}

export class LinkUseDto {
  @TextField(TOKEN)
  token!: string;

  @TextField({ ...EMAIL, about: 'For the first operator: their e-mail address.', optional: true })
  email?: string;

  @TextField({ about: 'For who is new: their name.', max: 200, example: 'Dana Levi', optional: true })
  name?: string;

  @TextField({
    ...NEW_PASSWORD,
    about:
      'A new password of at least 10 characters; of who is known already and is invited, the one that they have.',
    min: 1,
    optional: true,
  })
  password?: string;

  @TextField({ ...CODE, optional: true })
  code?: string;
}

export class ForgottenDto {
  @TextField(EMAIL)
  email!: string;
}

export class SeenLinkDto {
  @Shown('What the link is for.', { type: String, enum: [...LINK_KINDS] })
  kind!: string;

  @Shown('Of an invitation: who is invited.', SHOWN.textOrNull)
  email!: string | null;

  @Shown('Of an invitation: to which tenant; null for the installation.', SHOWN.textOrNull)
  tenantName!: string | null;

  @Shown('Of an invitation: as what.', { type: String, nullable: true, enum: [...ROLES, null] })
  role!: string | null;

  @Shown('Whether the person signs in already, so that their own password is asked for.', { type: Boolean })
  known!: boolean;

  @Shown('When it stops working.', SHOWN.time)
  expiresAt!: string;
}
