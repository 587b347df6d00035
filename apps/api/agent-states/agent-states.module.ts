import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { AgentStateDesk } from './agent-state-desk.js';
import { AgentStateController } from './agent-state.controller.js';
import { AgentStatesController } from './agent-states.controller.js';
import { AgentStatusesController } from './agent-statuses.controller.js';
import { OwnStateController } from './own-state.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [AgentStatesController, AgentStateController, AgentStatusesController, OwnStateController],
  providers: [
    {
      provide: AgentStateDesk,
      inject: [REPOSITORIES],
      useFactory: ({ agentStates: states, agents }: Repositories) => new AgentStateDesk({ states, agents }),
    },
  ],
})
export class AgentStatesModule {}
