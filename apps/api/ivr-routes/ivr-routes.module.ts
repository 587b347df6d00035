import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { ENV, SecretBox, targetPolicy, type Env } from '#platform';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { IvrRouteDesk } from './ivr-route-desk.js';
import { IvrRoutesController } from './ivr-routes.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [IvrRoutesController],
  providers: [
    {
      provide: IvrRouteDesk,
      inject: [REPOSITORIES, SecretBox, ENV],
      useFactory: ({ ivrRoutes: routes, connections }: Repositories, box: SecretBox, env: Env) =>
        new IvrRouteDesk({ routes, connections, box, targets: targetPolicy(env.EGRESS_ALLOW) }),
    },
  ],
})
export class IvrRoutesModule {}
