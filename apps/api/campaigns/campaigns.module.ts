import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import { CAMPAIGN_CODE_PURPOSE, ENV, KeyedHash, SecretBox, type Env } from '#platform';
import { Ringer } from '#queues';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { CampaignDesk } from './campaign-desk.js';
import { CampaignMemberDesk } from './campaign-member-desk.js';
import { CampaignMembersController } from './campaign-members.controller.js';
import { CampaignsController } from './campaigns.controller.js';
import { LeadDesk } from './lead-desk.js';
import { LeadsController } from './leads.controller.js';

@Module({
  imports: [FoundationModule],
  controllers: [CampaignsController, CampaignMembersController, LeadsController],
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
      provide: LeadDesk,
      inject: [REPOSITORIES, Ringer],
      useFactory: ({ campaigns, connections, leads }: Repositories, ringer: Ringer) =>
        new LeadDesk({ campaigns, connections, leads, ringer }),
    },
  ],
})
export class CampaignsModule {}
