import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, ValidateNested } from 'class-validator';
import type { AgentStanding } from '#domain';
import { ChoiceField, CountField, IdField, TextField } from '../http/field.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const STANDINGS = ['available', 'paused', 'away'] as const satisfies readonly AgentStanding[];
const MOST_STATUSES = 100;
const MOST_NUMBER = 999;

const ABOUT = {
  standing: 'Whether they may be called for: only who is `available`. `paused`: not now; `away`: not there.',
  status: {
    about:
      'The number by which vendors’ clients know the status, of `/v1/agent-statuses`: 1 is `available`, 2 `away`, all others `paused`.',
    min: 1,
    max: MOST_NUMBER,
    example: 3,
  },
  extension: { about: 'Where they sit, as the PBX names it.', max: 64, example: '101' },
  connectionId: 'Id of the connection whose PBX they take calls of.',
  number: { about: 'By which vendors’ clients know it.', min: 1, max: MOST_NUMBER, example: 3 },
  name: { about: 'What the tenant calls it.', max: 100, example: 'Lunch' },
  color: { about: 'On screens.', max: 7, pattern: /^#[0-9a-f]{6}$/, example: '#e0a100' },
} as const;
const OPTIONAL = { optional: true } as const;

export class AgentStatePutDto {
  @IdField({ about: ABOUT.connectionId })
  connectionId!: string;

  @ChoiceField({ about: ABOUT.standing, of: STANDINGS })
  standing!: AgentStanding;

  @CountField({ ...ABOUT.status, ...OPTIONAL })
  status?: number;

  @TextField({ ...ABOUT.extension, nullable: true, ...OPTIONAL })
  extension?: string | null;
}

export class AgentStateQueryDto {
  @IdField({ about: 'Only of this connection.', ...OPTIONAL })
  connectionId?: string;
}

export class AgentStateDto {
  @Shown('Id of the agent.', SHOWN.id)
  agentId!: string;

  @Shown(ABOUT.connectionId, SHOWN.id)
  connectionId!: string;

  @Shown(ABOUT.standing, { type: String, enum: [...STANDINGS] })
  standing!: AgentStanding;

  @Shown(ABOUT.status.about, { type: 'integer', example: ABOUT.status.example })
  status!: number;

  @Shown('What the tenant calls that status; null for one that it no longer has.', SHOWN.textOrNull)
  statusName!: string | null;

  @Shown(ABOUT.extension.about, SHOWN.textOrNull)
  extension!: string | null;

  @Shown('Since when.', SHOWN.time)
  since!: string;
}

export class AgentStatesDto {
  @Shown('Of the agents of whom something was said.', { type: [AgentStateDto] })
  data!: AgentStateDto[];
}

/** One status in the words of the tenant. */
class NewAgentStatusDto {
  @CountField(ABOUT.number)
  number!: number;

  @TextField(ABOUT.name)
  name!: string;

  @TextField(ABOUT.color)
  color!: string;
}

function StatusesField(): PropertyDecorator {
  return applyDecorators(
    IsArray(),
    ArrayMaxSize(MOST_STATUSES),
    ArrayUnique((status: NewAgentStatusDto | null) => status?.number),
    ValidateNested({ each: true }),
    Type(() => NewAgentStatusDto),
    ApiProperty({
      description:
        'The tenant’s own words, in place of those before. Statuses that are left out are called as everybody calls them; further numbers are further pauses.',
      type: 'array',
      maxItems: MOST_STATUSES,
      items: { $ref: getSchemaPath(NewAgentStatusDto) },
      example: [{ number: 3, name: 'Lunch', color: '#e0a100' }],
    }),
  );
}

@ApiExtraModels(NewAgentStatusDto)
export class AgentStatusesPutDto {
  @StatusesField()
  statuses!: NewAgentStatusDto[];
}

export class AgentStatusDto {
  @Shown(ABOUT.number.about, { type: 'integer', example: ABOUT.number.example })
  number!: number;

  @Shown(ABOUT.name.about, { type: String, example: ABOUT.name.example })
  name!: string;

  @Shown(ABOUT.color.about, { type: String, example: ABOUT.color.example })
  color!: string;

  @Shown(ABOUT.standing, { type: String, enum: [...STANDINGS] })
  standing!: AgentStanding;
}

export class AgentStatusesDto {
  @Shown('All that an agent may have, by number.', { type: [AgentStatusDto] })
  data!: AgentStatusDto[];
}
