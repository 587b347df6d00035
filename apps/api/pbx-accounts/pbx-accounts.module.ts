import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SocketAsker, type Repositories } from '#db';
import { DRIVERS, type PbxDriver } from '#pbx';
import { CLOCK, ENV, HttpSender, SecretBox, targetPolicy, type Clock, type Env } from '#platform';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { PbxAccountDesk } from './pbx-account-desk.js';
import { PbxAccountController } from './pbx-account.controller.js';
import { PBX_DRIVERS } from './pbx-drivers.js';
import { PbxDriversController } from './pbx-drivers.controller.js';
import { TestPbxAccount } from './test-pbx-account.js';

const OTHER_DRIVERS = { token: PBX_DRIVERS, optional: true };

@Module({
  imports: [FoundationModule],
  controllers: [PbxAccountController, PbxDriversController],
  providers: [
    {
      provide: HttpSender,
      inject: [ENV],
      useFactory: (env: Env) => new HttpSender({ policy: targetPolicy(env.EGRESS_ALLOW) }),
    },
    {
      provide: PbxAccountDesk,
      inject: [REPOSITORIES, SecretBox, OTHER_DRIVERS],
      useFactory: (
        { pbxAccounts: accounts, connections, feeds }: Repositories,
        box: SecretBox,
        drivers: readonly PbxDriver[] = DRIVERS,
      ) => new PbxAccountDesk({ accounts, connections, feeds, box, drivers }),
    },
    {
      provide: TestPbxAccount,
      inject: [REPOSITORIES, SecretBox, HttpSender, SocketAsker, CLOCK, OTHER_DRIVERS],
      useFactory: (
        { pbxAccounts: accounts }: Repositories,
        box: SecretBox,
        sender: HttpSender,
        asker: SocketAsker,
        clock: Clock,
        drivers: readonly PbxDriver[] = DRIVERS,
      ) => new TestPbxAccount({ accounts, box, sender, asker, clock, drivers }),
    },
  ],
})
export class PbxAccountsModule implements OnApplicationShutdown {
  constructor(@Inject(HttpSender) private readonly sender: HttpSender) {}

  onApplicationShutdown(): void {
    this.sender.close();
  }
}
