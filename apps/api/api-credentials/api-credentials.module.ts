import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { CLOCK, CREDENTIAL_PURPOSE, ENV, KeyedHash, type Clock, type Env } from '#platform';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { ApiCredentialDesk } from './api-credential-desk.js';
import { ApiCredentialsController } from './api-credentials.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [ApiCredentialsController],
  providers: [
    {
      provide: ApiCredentialDesk,
      inject: [REPOSITORIES, CLOCK, ENV],
      useFactory: ({ apiCredentials: credentials, agents }: Repositories, clock: Clock, env: Env) => {
        const hash = KeyedHash.fromKeys(env.SECRET_KEYS ?? '', CREDENTIAL_PURPOSE);
        return new ApiCredentialDesk({ credentials, agents, hash, clock });
      },
    },
  ],
})
export class ApiCredentialsModule {}
