import type { Clock } from '#platform';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { AgentRepository } from './agent-repository.js';
import { ApiKeyRepository } from './api-key-repository.js';
import { AuditRepository } from './audit-repository.js';
import { CallRepository } from './call-repository.js';
import { CallWordRepository } from './call-word-repository.js';
import { CallStatsRepository } from './call-stats-repository.js';
import { CallTodayRepository } from './call-today-repository.js';
import { ConnectionHealthRepository } from './connection-health-repository.js';
import { ConnectionRepository } from './connection-repository.js';
import { ContactBulkRepository } from './contact-bulk-repository.js';
import { ContactMergeRepository } from './contact-merge-repository.js';
import { ContactRepository } from './contact-repository.js';
import { ContactSearchRepository } from './contact-search-repository.js';
import { ContactSourceRepository } from './contact-source-repository.js';
import { CrmLogRepository } from './crm-log-repository.js';
import { DeliveryRepository } from './delivery-repository.js';
import { EndpointAccessRepository } from './endpoint-access-repository.js';
import { EndpointGrantRepository } from './endpoint-grant-repository.js';
import { EndpointHistoryRepository } from './endpoint-history-repository.js';
import { EndpointRepository } from './endpoint-repository.js';
import { EndpointStatsRepository } from './endpoint-stats-repository.js';
import { ErasureRepository } from './erasure-repository.js';
import { EventRepository } from './event-repository.js';
import { ExtensionRepository } from './extension-repository.js';
import { FeedRepository } from './feed-repository.js';
import { SocketRepository } from './socket-repository.js';
import { IdempotencyRepository } from './idempotency-repository.js';
import { IdentityProviderRepository } from './identity-provider-repository.js';
import { SignInAttemptRepository } from './sign-in-attempt-repository.js';
import { LinkRepository } from './link-repository.js';
import { MemberRepository } from './member-repository.js';
import { SecondFactorRepository } from './second-factor-repository.js';
import { SessionRepository } from './session-repository.js';
import { UserRepository } from './user-repository.js';
import { LabelRepository } from './label-repository.js';
import { NumberLogRepository } from './number-log-repository.js';
import { OwnCallRepository } from './own-call-repository.js';
import { OverviewRepository } from './overview-repository.js';
import { PeopleRepository } from './people-repository.js';
import { PortalRepository } from './portal-repository.js';
import { ImportRepository } from './import-repository.js';
import { IvrFlowRepository } from './ivr-flow-repository.js';
import { IvrRouteRepository } from './ivr-route-repository.js';
import { MappingRepository } from './mapping-repository.js';
import { MatchPolicyRepository } from './match-policy-repository.js';
import { ReceiptRepository } from './receipt-repository.js';
import { RecordingRepository } from './recording-repository.js';
import { ReplayRepository } from './replay-repository.js';
import { AgentStateRepository } from './agent-state-repository.js';
import { ApiCredentialRepository } from './api-credential-repository.js';
import { CallLogRepository } from './call-log-repository.js';
import { DispositionRepository } from './disposition-repository.js';
import { DoNotCallRepository } from './do-not-call-repository.js';
import { CampaignRepository } from './campaign-repository.js';
import { CampaignStatsRepository } from './campaign-stats-repository.js';
import { LeadRepository } from './lead-repository.js';
import { OrderRepository } from './order-repository.js';
import { PreviewRepository } from './preview-repository.js';
import { PbxAccountRepository } from './pbx-account-repository.js';
import { PhoneRepository } from './phone-repository.js';
import { VendorNumberRepository } from './vendor-number-repository.js';
import { SearchRepository } from './search-repository.js';
import { TellingRepository } from './telling-repository.js';
import { TenantRepository } from './tenant-repository.js';

/** Every tenant-facing way to the data. */
export interface Repositories {
  tenants: TenantRepository;
  apiKeys: ApiKeyRepository;
  connections: ConnectionRepository;
  connectionHealth: ConnectionHealthRepository;
  endpoints: EndpointRepository;
  endpointAccess: EndpointAccessRepository;
  endpointGrants: EndpointGrantRepository;
  endpointHistory: EndpointHistoryRepository;
  endpointStats: EndpointStatsRepository;
  overview: OverviewRepository;
  contacts: ContactRepository;
  contactSearch: ContactSearchRepository;
  contactMerges: ContactMergeRepository;
  contactBulk: ContactBulkRepository;
  contactSources: ContactSourceRepository;
  matchPolicies: MatchPolicyRepository;
  imports: ImportRepository;
  erasures: ErasureRepository;
  numberLog: NumberLogRepository;
  calls: CallRepository;
  callStats: CallStatsRepository;
  callToday: CallTodayRepository;
  callWords: CallWordRepository;
  ownCalls: OwnCallRepository;
  events: EventRepository;
  crmLogs: CrmLogRepository;
  deliveries: DeliveryRepository;
  receipts: ReceiptRepository;
  agents: AgentRepository;
  extensions: ExtensionRepository;
  labels: LabelRepository;
  people: PeopleRepository;
  recordings: RecordingRepository;
  mappings: MappingRepository;
  ivrFlows: IvrFlowRepository;
  ivrRoutes: IvrRouteRepository;
  replays: ReplayRepository;
  tellings: TellingRepository;
  search: SearchRepository;
  audit: AuditRepository;
  idempotency: IdempotencyRepository;
  users: UserRepository;
  secondFactors: SecondFactorRepository;
  sessions: SessionRepository;
  members: MemberRepository;
  links: LinkRepository;
  portals: PortalRepository;
  identityProviders: IdentityProviderRepository;
  signInAttempts: SignInAttemptRepository;
  pbxAccounts: PbxAccountRepository;
  phones: PhoneRepository;
  orders: OrderRepository;
  callLog: CallLogRepository;
  doNotCall: DoNotCallRepository;
  apiCredentials: ApiCredentialRepository;
  agentStates: AgentStateRepository;
  feeds: FeedRepository;
  sockets: SocketRepository;
  vendorNumbers: VendorNumberRepository;
  campaigns: CampaignRepository;
  campaignStats: CampaignStatsRepository;
  leads: LeadRepository;
  previews: PreviewRepository;
  dispositions: DispositionRepository;
}

export function openRepositories(scope: TenantScope, clock: Pick<Clock, 'now'>): Repositories {
  return {
    tenants: new TenantRepository(scope, clock),
    apiKeys: new ApiKeyRepository(scope, clock),
    connections: new ConnectionRepository(scope, clock),
    connectionHealth: new ConnectionHealthRepository(scope, clock),
    endpoints: new EndpointRepository(scope, clock),
    endpointAccess: new EndpointAccessRepository(scope, clock),
    endpointGrants: new EndpointGrantRepository(scope, clock),
    endpointHistory: new EndpointHistoryRepository(scope),
    endpointStats: new EndpointStatsRepository(scope),
    overview: new OverviewRepository(scope),
    contacts: new ContactRepository(scope, clock),
    contactSearch: new ContactSearchRepository(scope),
    contactMerges: new ContactMergeRepository(scope, clock),
    contactBulk: new ContactBulkRepository(scope, clock),
    contactSources: new ContactSourceRepository(scope, clock),
    matchPolicies: new MatchPolicyRepository(scope, clock),
    imports: new ImportRepository(scope, clock),
    erasures: new ErasureRepository(scope, clock),
    numberLog: new NumberLogRepository(scope),
    ...openCalls(scope, clock),
    events: new EventRepository(scope),
    deliveries: new DeliveryRepository(scope, clock),
    receipts: new ReceiptRepository(scope, clock),
    agents: new AgentRepository(scope, clock),
    extensions: new ExtensionRepository(scope, clock),
    labels: new LabelRepository(scope, clock),
    people: new PeopleRepository(scope),
    recordings: new RecordingRepository(scope, clock),
    mappings: new MappingRepository(scope, clock),
    ivrFlows: new IvrFlowRepository(scope, clock),
    ivrRoutes: new IvrRouteRepository(scope, clock),
    replays: new ReplayRepository(scope, clock),
    tellings: new TellingRepository(scope, clock),
    search: new SearchRepository(scope),
    audit: new AuditRepository(scope),
    idempotency: new IdempotencyRepository(scope),
    users: new UserRepository(scope, clock),
    secondFactors: new SecondFactorRepository(scope, clock),
    sessions: new SessionRepository(scope, clock),
    members: new MemberRepository(scope, clock),
    links: new LinkRepository(scope, clock),
    portals: new PortalRepository(scope, clock),
    identityProviders: new IdentityProviderRepository(scope, clock),
    signInAttempts: new SignInAttemptRepository(scope, clock),
    ...openTelephony(scope, clock),
  };
}

function openCalls(
  scope: TenantScope,
  clock: Pick<Clock, 'now'>,
): Pick<Repositories, 'calls' | 'callStats' | 'callToday' | 'callWords' | 'ownCalls' | 'crmLogs'> {
  return {
    calls: new CallRepository(scope),
    callStats: new CallStatsRepository(scope),
    callToday: new CallTodayRepository(scope),
    callWords: new CallWordRepository(scope, clock),
    ownCalls: new OwnCallRepository(scope, clock),
    crmLogs: new CrmLogRepository(scope, clock),
  };
}

type Telephony = Pick<
  Repositories,
  | 'pbxAccounts'
  | 'phones'
  | 'orders'
  | 'callLog'
  | 'doNotCall'
  | 'apiCredentials'
  | 'agentStates'
  | 'feeds'
  | 'sockets'
  | 'vendorNumbers'
  | 'campaigns'
  | 'campaignStats'
  | 'leads'
  | 'previews'
  | 'dispositions'
>;

/** What PBXs are commanded by. */
function openTelephony(scope: TenantScope, clock: Pick<Clock, 'now'>): Telephony {
  return {
    pbxAccounts: new PbxAccountRepository(scope, clock),
    phones: new PhoneRepository(scope, clock),
    orders: new OrderRepository(scope, clock),
    callLog: new CallLogRepository(scope),
    doNotCall: new DoNotCallRepository(scope, clock),
    apiCredentials: new ApiCredentialRepository(scope, clock),
    agentStates: new AgentStateRepository(scope, clock),
    feeds: new FeedRepository(scope),
    sockets: new SocketRepository(scope),
    vendorNumbers: new VendorNumberRepository(scope),
    campaigns: new CampaignRepository(scope, clock),
    campaignStats: new CampaignStatsRepository(scope, clock),
    leads: new LeadRepository(scope, clock),
    previews: new PreviewRepository(scope, clock),
    dispositions: new DispositionRepository(scope, clock),
  };
}

/**
 * The only methods that are not bound to one tenant. A test calls every other method, found by reflection, as the wrong
 * tenant; so a new method is either safe, listed here for all to see, or a failing test.
 */
export const OPERATOR_METHODS = {
  tenants: ['create', 'list', 'get', 'patch', 'setupVersions'],
  apiKeys: ['byHash', 'hashes', 'standing', 'touch'],
  idempotency: ['forgetBefore'],
  users: ['get', 'byEmail', 'setPassword'],
  secondFactors: ['of', 'begin', 'switchOn', 'switchOff', 'takeStep', 'takeRecovery'],
  sessions: ['create', 'byHash', 'hashes', 'touch', 'listOf', 'end', 'endAll', 'forgetBefore', 'standing'],
  links: ['byHash', 'operatorExists', 'use'],
  portals: ['byHash', 'hashes', 'open', 'standing'],
  identityProviders: ['ofDomain', 'comeIn', 'open'],
  signInAttempts: ['begin', 'finish'],
  apiCredentials: ['byHash', 'open', 'touch'],
  campaigns: ['byCode'],
  endpointGrants: ['comeBack'],
} as const satisfies { [R in keyof Repositories]?: readonly (keyof Repositories[R])[] };
