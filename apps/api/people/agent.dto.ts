import { TextField } from '../http/field.decorator.js';
import { PageDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const ABOUT = {
  name: { about: 'Name of the person.', max: 200, example: 'Dana Levi' },
  email: { about: 'E-mail address.', max: 254, example: 'dana@example.com', pattern: /^\S+@\S+$/ },
  code: { about: "The PBX's code of the representative.", max: 64, example: '7421' },
  externalId: { about: 'Your own id of the person.', max: 200, example: 'emp-17' },
} as const;
const OPTIONAL = { optional: true, nullable: true } as const;

export class NewAgentDto {
  @TextField(ABOUT.name)
  name!: string;

  @TextField({ ...ABOUT.email, ...OPTIONAL })
  email?: string | null;

  @TextField({ ...ABOUT.code, ...OPTIONAL })
  code?: string | null;

  @TextField({ ...ABOUT.externalId, ...OPTIONAL })
  externalId?: string | null;
}

export class AgentPatchDto {
  @TextField({ ...ABOUT.name, optional: true })
  name?: string;

  @TextField({ ...ABOUT.email, ...OPTIONAL })
  email?: string | null;

  @TextField({ ...ABOUT.code, ...OPTIONAL })
  code?: string | null;

  @TextField({ ...ABOUT.externalId, ...OPTIONAL })
  externalId?: string | null;
}

export class PersonDto {
  @Shown('Id of the agent.', SHOWN.id)
  id!: string;

  @Shown(ABOUT.name.about, { type: String, example: ABOUT.name.example })
  name!: string;

  @Shown(ABOUT.email.about, { ...SHOWN.textOrNull, example: ABOUT.email.example })
  email!: string | null;

  @Shown(ABOUT.code.about, { ...SHOWN.textOrNull, example: ABOUT.code.example })
  code!: string | null;

  @Shown(ABOUT.externalId.about, { ...SHOWN.textOrNull, example: ABOUT.externalId.example })
  externalId!: string | null;

  @Shown('When it was made.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last changed.', SHOWN.time)
  updatedAt!: string;
}

export class PersonPageDto extends PageDto {
  @Shown('Newest first.', { type: [PersonDto] })
  data!: PersonDto[];
}
