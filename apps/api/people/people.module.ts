/** The directory of people's part of the API's module: it is one module, composed of parts that fit a page. */
import type { Provider, Type } from '@nestjs/common';
import type { Repositories } from '#db';
import { AgentDesk } from './agent-desk.js';
import { AgentsController } from './agents.controller.js';
import { DID_DESK, DidsController } from './dids.controller.js';
import { ExtensionDesk } from './extension-desk.js';
import { ExtensionsController } from './extensions.controller.js';
import { LabelDesk } from './label-desk.js';
import { QUEUE_DESK, QueuesController } from './queues.controller.js';

export const PEOPLE_CONTROLLERS: Type[] = [
  AgentsController,
  ExtensionsController,
  QueuesController,
  DidsController,
];

/** @param repositories  token of the Repositories */
export function peopleProviders(repositories: symbol): Provider[] {
  const inject = [repositories];
  return [
    {
      provide: AgentDesk,
      inject,
      useFactory: ({ agents }: Repositories) => new AgentDesk(agents),
    },
    {
      provide: ExtensionDesk,
      inject,
      useFactory: ({ extensions }: Repositories) => new ExtensionDesk(extensions),
    },
    {
      provide: QUEUE_DESK,
      inject,
      useFactory: ({ labels }: Repositories) =>
        new LabelDesk(labels, 'queue', (id, label) => ({ id, ...label })),
    },
    {
      provide: DID_DESK,
      inject,
      useFactory: ({ labels }: Repositories) =>
        new LabelDesk(labels, 'did', (number, label) => ({ number, ...label })),
    },
  ];
}
