import { RIGHTS, ROLES } from '#domain';
import { PersonDto } from '../people/agent.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';
import { MembershipDto, PersonOfSessionDto } from './session.dto.js';

export class MeDto {
  @Shown('Who signed in.', { type: PersonOfSessionDto })
  user!: PersonOfSessionDto;

  @Shown('The tenant that the request is about; null when none was named.', SHOWN.idOrNull)
  tenantId!: string | null;

  @Shown('What the person is there.', { type: String, nullable: true, enum: [...ROLES, null] })
  role!: string | null;

  @Shown('What the role may.', { type: String, isArray: true, enum: [...RIGHTS] })
  rights!: string[];

  @Shown('What they are to whom.', { type: [MembershipDto] })
  memberships!: MembershipDto[];

  @Shown('Who they are among the agents of the tenant; null for who is none.', {
    nullable: true,
    allOf: [{ $ref: '#/components/schemas/PersonDto' }],
  })
  agent!: PersonDto | null;
}
