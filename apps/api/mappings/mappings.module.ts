import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { CLOCK, SecretBox, type Clock } from '#platform';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { ConnectionMappingController } from './connection-mapping.controller.js';
import { MappingDesk } from './mapping-desk.js';
import { MappingsController } from './mappings.controller.js';
import { TrySample } from './try-sample.js';

@Module({
  imports: [FoundationModule],
  controllers: [ConnectionMappingController, MappingsController],
  providers: [
    {
      provide: MappingDesk,
      inject: [REPOSITORIES, SecretBox],
      useFactory: ({ mappings }: Repositories, box: SecretBox) => new MappingDesk({ mappings, box }),
    },
    {
      provide: TrySample,
      inject: [MappingDesk, CLOCK],
      useFactory: (desk: MappingDesk, clock: Clock) => new TrySample({ desk, clock }),
    },
  ],
})
export class MappingsModule {}
