import { Module } from '@nestjs/common';
import type { Repositories } from '#db';
import {
  CAMPAIGN_CODE_PURPOSE,
  CLOCK,
  CREDENTIAL_PURPOSE,
  ENV,
  KeyedHash,
  LOG,
  RecordingLinks,
  SecretBox,
  type Clock,
  type Env,
  type Log,
} from '#platform';
import { Ringer } from '#queues';
import { EndpointsModule } from '../endpoints/endpoints.module.js';
import { VoipnowRowDesk } from '../endpoints/voipnow-rows/voipnow-row-desk.js';
import { FoundationModule, REPOSITORIES } from '../foundation.module.js';
import { PlaceOrder } from '../orders/place-order.js';
import { OpenPbx } from '../pbx/open-pbx.js';
import { PbxModule } from '../pbx/pbx.module.js';
import type { RateLimiter } from '../rate-limit/open-rate-limiter.js';
import { RATE_LIMITER } from '../rate-limit/rate-limit.guard.js';
import { RecordingsModule } from '../recordings/recordings.module.js';
import { CampaignBook } from './campaign-book.js';
import { AnswerAsked } from './answer-asked.js';
import { CallNames } from './carry-out/call-names.js';
import { CarryOutAsks } from './carry-out/index.js';
import { Office } from './carry-out/office.js';
import { OpenCalls } from './carry-out/open-calls.js';
import { Phonebook } from './carry-out/phonebook.js';
import { CredentialBook } from './credential-book.js';
import { VendorLimits } from './vendor-limits.js';
import { VendorTokens } from './vendor-tokens.js';

/** The vendors' request APIs at their own paths. `serveVendorApi` puts them there. */
@Module({
  imports: [FoundationModule, EndpointsModule, PbxModule, RecordingsModule],
  providers: [
    {
      provide: VendorTokens,
      inject: [ENV, CLOCK],
      useFactory: (env: Env, clock: Clock) => new VendorTokens(env.SECRET_KEYS ?? '', clock),
    },
    {
      provide: CredentialBook,
      inject: [REPOSITORIES, CampaignBook, ENV, VendorTokens, CLOCK, LOG],
      useFactory: (
        { apiCredentials: credentials }: Repositories,
        campaigns: CampaignBook,
        env: Env,
        tokens: VendorTokens,
        clock: Clock,
        log: Log,
      ) =>
        new CredentialBook({
          credentials,
          campaigns,
          hash: KeyedHash.fromKeys(env.SECRET_KEYS ?? '', CREDENTIAL_PURPOSE),
          tokens,
          clock,
          log,
        }),
    },
    {
      provide: CallNames,
      inject: [REPOSITORIES, RecordingLinks],
      useFactory: ({ orders }: Repositories, links: RecordingLinks) => new CallNames({ orders, links }),
    },
    {
      provide: OpenCalls,
      inject: [REPOSITORIES, CLOCK],
      useFactory: ({ callLog: calls, orders, feeds }: Repositories, clock: Clock) =>
        new OpenCalls({ calls, orders, feeds, clock }),
    },
    {
      provide: Phonebook,
      inject: [REPOSITORIES],
      useFactory: ({ extensions, people, vendorNumbers: numbers }: Repositories) =>
        new Phonebook({ extensions, people, numbers }),
    },
    {
      provide: CampaignBook,
      inject: [REPOSITORIES, ENV, CLOCK],
      useFactory: ({ campaigns, connections }: Repositories, env: Env, clock: Clock) =>
        new CampaignBook({ campaigns, connections, hash: campaignCodes(env), clock }),
    },
    {
      provide: Office,
      inject: [REPOSITORIES, Phonebook, CallNames, OpenCalls],
      useFactory: (
        { agentStates: states }: Repositories,
        phonebook: Phonebook,
        names: CallNames,
        calls: OpenCalls,
      ) => new Office({ phonebook, states, calls, names }),
    },
    {
      provide: CarryOutAsks,
      inject: [
        REPOSITORIES,
        PlaceOrder,
        OpenPbx,
        CallNames,
        Office,
        OpenCalls,
        VoipnowRowDesk,
        VendorTokens,
        CLOCK,
        ...[Phonebook, CampaignBook, SecretBox, Ringer, ENV],
      ],
      useFactory: carryOutAsks,
    },
    {
      provide: AnswerAsked,
      inject: [CredentialBook, CarryOutAsks, RATE_LIMITER, CLOCK, LOG],
      useFactory: (
        book: CredentialBook,
        asks: CarryOutAsks,
        { vendors }: RateLimiter,
        clock: Clock,
        log: Log,
      ) => new AnswerAsked({ book, asks, limits: new VendorLimits(vendors), clock, log }),
    },
  ],
  exports: [AnswerAsked, CredentialBook, Office, CallNames, VendorTokens],
})
export class VendorApiModule {}

function campaignCodes(env: Env): KeyedHash {
  return KeyedHash.fromKeys(env.SECRET_KEYS ?? '', CAMPAIGN_CODE_PURPOSE);
}

/** Takes what it needs one by one, as a factory of Nest's does. */
function carryOutAsks(
  repositories: Repositories,
  placeOrder: PlaceOrder,
  pbxs: OpenPbx,
  names: CallNames,
  office: Office,
  open: OpenCalls,
  rows: VoipnowRowDesk,
  tokens: VendorTokens,
  clock: Clock,
  ...[phonebook, book, box, ringer, env]: [Phonebook, CampaignBook, SecretBox, Ringer, Env]
): CarryOutAsks {
  const { campaigns, leads, doNotCall: lists } = repositories;
  const hash = campaignCodes(env);
  const { extensions, callLog: calls, people, agentStates: states, vendorNumbers: numbers } = repositories;
  return new CarryOutAsks({
    place: { placeOrder, extensions, names },
    log: { calls, extensions, names },
    live: { office, names, clock },
    agents: { people, states, numbers, office, pbxs },
    control: { pbxs, calls: open, extensions, names },
    hooks: { endpoints: repositories.endpoints, rows },
    lists,
    tokens,
    campaigns: { campaigns, leads, lists, book, phonebook, box, ringer, clock },
    callbacks: { campaigns, leads, numbers, phonebook, hash, box, ringer },
  });
}
