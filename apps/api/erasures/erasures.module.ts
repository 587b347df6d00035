import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { ENV, KeyedHash, type Env } from '#platform';
import { Ringer } from '#queues';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { ErasureDesk } from './erasure-desk.js';
import { ErasuresController } from './erasures.controller.js';
import { NumbersController } from './numbers.controller.js';

/** Hashes of numbers are for nothing else. */
const PURPOSE = 'erased numbers';

@Module({
  imports: [FoundationModule],
  controllers: [ErasuresController, NumbersController],
  providers: [
    {
      provide: ErasureDesk,
      inject: [REPOSITORIES, Ringer, ENV],
      useFactory: ({ erasures, numberLog }: Repositories, ringer: Ringer, { SECRET_KEYS }: Env) =>
        // Without keys the sealed box of the foundation does not open either.
        new ErasureDesk({
          erasures,
          numberLog,
          ringer,
          hash: KeyedHash.fromKeys(SECRET_KEYS ?? '', PURPOSE),
        }),
    },
  ],
})
export class ErasuresModule {}
