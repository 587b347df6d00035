import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { Ringer } from '#queues';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { ImportDesk } from './import-desk.js';
import { ImportsController } from './imports.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [ImportsController],
  providers: [
    {
      provide: ImportDesk,
      inject: [REPOSITORIES, Ringer],
      useFactory: ({ imports }: Repositories, ringer: Ringer) => new ImportDesk({ imports, ringer }),
    },
  ],
})
export class ImportsModule {}
