import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { OpenPbx } from '../pbx/open-pbx.js';
import { PbxModule } from '../pbx/pbx.module.js';
import { CallControlController } from './call-control.controller.js';
import { ControlCalls } from './control-calls.js';
import { OrderDesk } from './order-desk.js';
import { OrdersController } from './orders.controller.js';
import { OwnOrdersController } from './own-orders.controller.js';
import { PbxCallsController } from './pbx-calls.controller.js';
import { PlaceOrder } from './place-order.js';

@Module({
  imports: [FoundationModule, PbxModule],
  controllers: [OrdersController, OwnOrdersController, CallControlController, PbxCallsController],
  providers: [
    {
      provide: OrderDesk,
      inject: [REPOSITORIES, PlaceOrder],
      useFactory: ({ connections, orders, extensions, phones }: Repositories, placeOrder: PlaceOrder) =>
        new OrderDesk({ connections, orders, extensions, phones, placeOrder }),
    },
    {
      provide: ControlCalls,
      inject: [REPOSITORIES, OpenPbx],
      useFactory: ({ calls }: Repositories, pbxs: OpenPbx) => new ControlCalls({ calls, pbxs }),
    },
  ],
})
export class OrdersModule {}
