import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { ContactBulkDesk } from './contact-bulk-desk.js';
import { ContactDesk } from './contact-desk.js';
import { ContactMergeDesk } from './contact-merge-desk.js';
import { ContactMergesController } from './contact-merges.controller.js';
import { ContactSearchDesk } from './contact-search-desk.js';
import { ExportContacts } from './export-contacts.js';
import { ContactsController } from './contacts.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [ContactsController, ContactMergesController],
  providers: [
    {
      provide: ContactDesk,
      inject: [REPOSITORIES],
      useFactory: ({ contacts }: Repositories) => new ContactDesk(contacts),
    },
    {
      provide: ExportContacts,
      inject: [REPOSITORIES],
      useFactory: ({ contacts }: Repositories) => new ExportContacts(contacts),
    },
    {
      provide: ContactSearchDesk,
      inject: [REPOSITORIES],
      useFactory: ({ contactSearch }: Repositories) => new ContactSearchDesk(contactSearch),
    },
    {
      provide: ContactMergeDesk,
      inject: [REPOSITORIES],
      useFactory: ({ contactMerges }: Repositories) => new ContactMergeDesk(contactMerges),
    },
    {
      provide: ContactBulkDesk,
      inject: [REPOSITORIES],
      useFactory: ({ contactBulk }: Repositories) => new ContactBulkDesk(contactBulk),
    },
  ],
})
export class ContactsModule {}
