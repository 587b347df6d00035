import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { Ringer } from '#queues';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { CONTACT_FILES } from './contact-files.js';
import { ContactImportDesk } from './contact-import-desk.js';
import { ImportsController } from './imports.controller.js';
import { LEAD_FILES } from './lead-files.js';
import { LeadImportDesk } from './lead-import-desk.js';
import { LeadImportsController } from './lead-imports.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [ImportsController, LeadImportsController],
  providers: [
    {
      provide: ContactImportDesk,
      inject: [REPOSITORIES, Ringer],
      useFactory: ({ imports }: Repositories, ringer: Ringer) =>
        new ContactImportDesk({ imports, ringer, kind: CONTACT_FILES }),
    },
    {
      provide: LeadImportDesk,
      inject: [REPOSITORIES, Ringer],
      useFactory: ({ imports }: Repositories, ringer: Ringer) =>
        new LeadImportDesk({ imports, ringer, kind: LEAD_FILES }),
    },
  ],
})
export class ImportsModule {}
