import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { ContactDesk } from './contact-desk.js';
import { ExportContacts } from './export-contacts.js';
import { ContactsController } from './contacts.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [ContactsController],
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
  ],
})
export class ContactsModule {}
