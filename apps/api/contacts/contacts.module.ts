import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { ContactDesk } from './contact-desk.js';
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
  ],
})
export class ContactsModule {}
