import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { AgentDesk } from './agent-desk.js';
import { AgentsController } from './agents.controller.js';
import { DID_DESK, DidsController } from './dids.controller.js';
import { ExtensionDesk } from './extension-desk.js';
import { ExtensionsController } from './extensions.controller.js';
import { LabelDesk } from './label-desk.js';
import { QUEUE_DESK, QueuesController } from './queues.controller.js';

/** The directory of people: who sits behind an extension, and what queues and numbers are called. */
@Module({
  imports: [FoundationModule],
  controllers: [AgentsController, ExtensionsController, QueuesController, DidsController],
  providers: [
    {
      provide: AgentDesk,
      inject: [REPOSITORIES],
      useFactory: ({ agents }: Repositories) => new AgentDesk(agents),
    },
    {
      provide: ExtensionDesk,
      inject: [REPOSITORIES],
      useFactory: ({ extensions }: Repositories) => new ExtensionDesk(extensions),
    },
    {
      provide: QUEUE_DESK,
      inject: [REPOSITORIES],
      useFactory: ({ labels }: Repositories) =>
        new LabelDesk(labels, 'queue', (id, label) => ({ id, ...label })),
    },
    {
      provide: DID_DESK,
      inject: [REPOSITORIES],
      useFactory: ({ labels }: Repositories) =>
        new LabelDesk(labels, 'did', (number, label) => ({ number, ...label })),
    },
  ],
})
export class PeopleModule {}
