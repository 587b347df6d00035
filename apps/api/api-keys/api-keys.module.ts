import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { CLOCK, type Clock } from '#platform';
import { KeyDirectory } from '../access/key-directory.js';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { ApiKeyDesk } from './api-key-desk.js';
import { ApiKeysController } from './api-keys.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [ApiKeysController],
  providers: [
    {
      provide: ApiKeyDesk,
      inject: [REPOSITORIES, KeyDirectory, CLOCK],
      useFactory: ({ apiKeys: keys }: Repositories, directory: KeyDirectory, clock: Clock) =>
        new ApiKeyDesk({ keys, directory, clock }),
    },
  ],
})
export class ApiKeysModule {}
