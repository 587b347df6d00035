import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { CLOCK, SecretBox, type Clock } from '#platform';
import { Identify } from '../access/identify.js';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { OwnPhoneController } from './own-phone.controller.js';
import { PhoneDesk } from './phone-desk.js';
import { PhoneSockets } from './phone-sockets.js';
import { SipAccountController } from './sip-account.controller.js';
import { WebPhoneController } from './web-phone.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [WebPhoneController, SipAccountController, OwnPhoneController],
  providers: [
    {
      provide: PhoneDesk,
      inject: [REPOSITORIES, SecretBox, CLOCK],
      useFactory: ({ phones }: Repositories, box: SecretBox, clock: Clock) =>
        new PhoneDesk({ phones, box, clock }),
    },
    {
      provide: PhoneSockets,
      inject: [REPOSITORIES, Identify],
      useFactory: ({ phones }: Repositories, identify: Identify) => new PhoneSockets({ phones, identify }),
    },
  ],
})
export class PhonesModule {}
