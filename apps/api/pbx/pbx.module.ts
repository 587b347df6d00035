import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { SocketAsker, type Repositories } from '#db';
import {
  CLOCK,
  ENV,
  HttpSender,
  LOG,
  SecretBox,
  targetPolicy,
  type Clock,
  type Env,
  type Log,
} from '#platform';
import { DRIVERS, type PbxDriver } from '#pbx';
import { Ringer } from '#queues';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { PlaceOrder } from '../orders/place-order.js';
import { PBX_DRIVERS } from '../pbx-accounts/pbx-drivers.js';
import { OpenPbx } from './open-pbx.js';

/** How PBXs are commanded: what our own API and the vendors' request APIs have in common. */
@Module({
  imports: [FoundationModule],
  providers: [
    {
      provide: HttpSender,
      inject: [ENV],
      useFactory: (env: Env) => new HttpSender({ policy: targetPolicy(env.EGRESS_ALLOW) }),
    },
    {
      provide: OpenPbx,
      inject: [
        REPOSITORIES,
        SecretBox,
        HttpSender,
        SocketAsker,
        CLOCK,
        { token: PBX_DRIVERS, optional: true },
      ],
      useFactory: (
        { pbxAccounts: accounts }: Repositories,
        box: SecretBox,
        sender: HttpSender,
        asker: SocketAsker,
        clock: Clock,
        drivers: readonly PbxDriver[] = DRIVERS,
      ) => {
        const driverOf = (vendor: string) => drivers.find((driver) => driver.vendor === vendor);
        return new OpenPbx({ accounts, box, sender, asker, clock, driverOf });
      },
    },
    {
      provide: PlaceOrder,
      inject: [REPOSITORIES, OpenPbx, Ringer, CLOCK, LOG],
      useFactory: ({ orders }: Repositories, pbxs: OpenPbx, ringer: Ringer, clock: Clock, log: Log) =>
        new PlaceOrder({ orders, pbxs, ringer, clock, log }),
    },
  ],
  exports: [OpenPbx, PlaceOrder],
})
export class PbxModule implements OnApplicationShutdown {
  constructor(@Inject(HttpSender) private readonly sender: HttpSender) {}

  onApplicationShutdown(): void {
    this.sender.close();
  }
}
