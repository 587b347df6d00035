import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { CAMPAIGN_CODE_PURPOSE, CLOCK, ENV, KeyedHash, SecretBox, type Clock, type Env } from '#platform';
import { Ringer } from '#queues';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { PlaceOrder } from '../orders/place-order.js';
import { OpenPbx } from '../pbx/open-pbx.js';
import { PbxModule } from '../pbx/pbx.module.js';
import { CampaignDesk } from './campaign-desk.js';
import { CampaignInsightDesk } from './campaign-insight-desk.js';
import { CampaignInsightController } from './campaign-insight.controller.js';
import { CampaignMemberDesk } from './campaign-member-desk.js';
import { CampaignMembersController } from './campaign-members.controller.js';
import { CampaignsController } from './campaigns.controller.js';
import { DialPacksController } from './dial-packs.controller.js';
import { LeadDesk } from './lead-desk.js';
import { LeadInsightDesk } from './lead-insight-desk.js';
import { LeadInsightController } from './lead-insight.controller.js';
import { LeadsController } from './leads.controller.js';
import { OwnLeadDesk } from './own-lead-desk.js';
import { OwnLeadsController } from './own-leads.controller.js';

@Module({
  imports: [FoundationModule, PbxModule],
  controllers: [
    CampaignsController,
    CampaignMembersController,
    CampaignInsightController,
    LeadInsightController,
    LeadsController,
    DialPacksController,
    OwnLeadsController,
  ],
  providers: [
    {
      provide: CampaignDesk,
      inject: [REPOSITORIES, SecretBox, Ringer, ENV],
      useFactory: ({ campaigns }: Repositories, box: SecretBox, ringer: Ringer, env: Env) => {
        const hash = KeyedHash.fromKeys(env.SECRET_KEYS ?? '', CAMPAIGN_CODE_PURPOSE);
        return new CampaignDesk({ campaigns, hash, box, ringer });
      },
    },
    {
      provide: CampaignMemberDesk,
      inject: [REPOSITORIES, Ringer],
      useFactory: ({ campaigns }: Repositories, ringer: Ringer) =>
        new CampaignMemberDesk({ campaigns, ringer }),
    },
    {
      provide: CampaignInsightDesk,
      inject: [REPOSITORIES, OpenPbx, CLOCK],
      useFactory: ({ campaigns, campaignStats: stats }: Repositories, pbxs: OpenPbx, clock: Clock) =>
        new CampaignInsightDesk({ campaigns, stats, pbxs, clock }),
    },
    {
      provide: LeadDesk,
      inject: [REPOSITORIES, Ringer, CLOCK],
      useFactory: (
        { campaigns, connections, leads, dispositions }: Repositories,
        ringer: Ringer,
        clock: Clock,
      ) => new LeadDesk({ campaigns, connections, leads, dispositions, ringer, clock }),
    },
    {
      provide: LeadInsightDesk,
      inject: [REPOSITORIES, CLOCK],
      useFactory: ({ campaigns, leads, orders }: Repositories, clock: Clock) =>
        new LeadInsightDesk({ campaigns, leads, orders, clock }),
    },
    {
      provide: OwnLeadDesk,
      inject: [REPOSITORIES, PlaceOrder, Ringer, CLOCK],
      useFactory: (
        { campaigns, leads, previews, dispositions }: Repositories,
        placeOrder: PlaceOrder,
        ringer: Ringer,
        clock: Clock,
      ) => new OwnLeadDesk({ campaigns, leads, previews, dispositions, placeOrder, ringer, clock }),
    },
  ],
})
export class CampaignsModule {}
