import { Module } from '@nestjs/common';
import { HotPool, OrderStore, SocketAsker } from '#db';
import {
  CLOCK,
  ENV,
  HttpSender,
  LOG,
  secretBoxOf,
  targetPolicy,
  type Clock,
  type Env,
  type Log,
} from '#platform';
import { mailboxWorker } from '#queues';
import { TellTenant } from '../tell-tenant.js';
import { TellingModule } from '../telling.module.js';
import { DrainOrders } from './drain-orders.js';

/** Connections whose orders are looked at at once: most of it is waiting for PBXs. */
const CONCURRENCY = 8;

/** Looks after orders to dial. A part of the forwarder, with a loop of its own. */
@Module({
  imports: [TellingModule],
  providers: [
    {
      provide: DrainOrders,
      inject: [HotPool, TellTenant, SocketAsker, ENV, CLOCK, LOG],
      useFactory: (
        hot: HotPool,
        tellTenant: TellTenant,
        asker: SocketAsker,
        env: Env,
        clock: Clock,
        log: Log,
      ) =>
        new DrainOrders({
          store: new OrderStore(hot),
          tellTenant,
          sender: new HttpSender({ policy: targetPolicy(env.EGRESS_ALLOW) }),
          asker,
          box: secretBoxOf(env),
          clock,
          log,
        }),
    },
    mailboxWorker('order', { drainer: DrainOrders, concurrency: () => CONCURRENCY }),
  ],
})
export class OrdersModule {}
