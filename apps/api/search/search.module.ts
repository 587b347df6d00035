import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { SearchDesk } from './search-desk.js';
import { SearchController } from './search.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [SearchController],
  providers: [
    {
      provide: SearchDesk,
      inject: [REPOSITORIES],
      useFactory: ({ search, contacts }: Repositories) => new SearchDesk({ search, contacts }),
    },
  ],
})
export class SearchModule {}
