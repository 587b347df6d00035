import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { MatchPolicyDesk } from './match-policy-desk.js';
import { MatchPolicyController } from './match-policy.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [MatchPolicyController],
  providers: [
    {
      provide: MatchPolicyDesk,
      inject: [REPOSITORIES],
      useFactory: ({ matchPolicies }: Repositories) => new MatchPolicyDesk(matchPolicies),
    },
  ],
})
export class MatchPolicyModule {}
