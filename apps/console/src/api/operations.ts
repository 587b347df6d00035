// Made by tools/write-operations.mjs of docs/openapi.json: do not change it by hand.

type None = Readonly<Record<never, never>>;
export type AccountFieldDto = { byDefault: string | null; name: string; required: boolean; secret: boolean; values: readonly (string)[] | null; what: string; };
export type AddMembersDto = { extensions: readonly (string)[]; };
export type AgentDto = { code: string | null; email: string | null; id: string | null; name: string | null; };
export type AgentPatchDto = { code?: string | null | undefined; email?: string | null | undefined; externalId?: string | null | undefined; name?: string | undefined; };
export type AgentStateDto = { agentId: string; connectionId: string; extension: string | null; since: string; standing: 'available' | 'paused' | 'away'; status: number; statusName: string | null; };
export type AgentStatePutDto = { connectionId: string; extension?: string | null | undefined; standing: 'available' | 'paused' | 'away'; status?: number | undefined; };
export type AgentStatesDto = { data: readonly (AgentStateDto)[]; };
export type AgentStatusDto = { color: string; name: string; number: number; standing: 'available' | 'paused' | 'away'; };
export type AgentStatusesDto = { data: readonly (AgentStatusDto)[]; };
export type AgentStatusesPutDto = { statuses: readonly (NewAgentStatusDto)[]; };
export type AgentTodayDto = { agentId: string; answered: number; talkSeconds: number; };
export type AgentsDto = { busy: number; free: number; members: number; };
export type AnnouncementDto = { after?: string | undefined; before?: string | undefined; between?: string | undefined; digits?: string | undefined; };
export type AnsweredContactDto = { company?: string | null | undefined; createdAt?: string | undefined; id: string; name: string; phones: readonly (string)[]; updatedAt?: string | undefined; url?: string | null | undefined; };
export type ApiCredentialDto = { agentId: string | null; allowFrom: readonly (string)[]; connectionId: string; createdAt: string; department: string | null; expiresAt: string | null; facade: 'voicenter' | 'globalex' | 'voipnow'; id: string; lastUsedAt: string | null; name: string; origins: readonly (string)[]; perMinute: number; revokedAt: string | null; rights: readonly ('call' | 'read' | 'agents' | 'lists' | 'realtime' | 'events' | 'despite_do_not_call')[]; scope: 'account' | 'department' | 'agent'; settings: Readonly<Record<string, unknown>>; shown: string; updatedAt: string; };
export type ApiCredentialOnceDto = { agentId: string | null; allowFrom: readonly (string)[]; connectionId: string; createdAt: string; department: string | null; expiresAt: string | null; facade: 'voicenter' | 'globalex' | 'voipnow'; id: string; lastUsedAt: string | null; name: string; origins: readonly (string)[]; perMinute: number; revokedAt: string | null; rights: readonly ('call' | 'read' | 'agents' | 'lists' | 'realtime' | 'events' | 'despite_do_not_call')[]; scope: 'account' | 'department' | 'agent'; secret: CredentialSecretDto; settings: Readonly<Record<string, unknown>>; shown: string; updatedAt: string; };
export type ApiCredentialPageDto = { data: readonly (ApiCredentialDto)[]; nextCursor: string | null; };
export type ApiCredentialPatchDto = { agentId?: string | null | undefined; allowFrom?: readonly (string)[] | undefined; department?: string | null | undefined; expiresAt?: string | null | undefined; name?: string | undefined; origins?: readonly (string)[] | undefined; perMinute?: number | undefined; rights?: readonly ('call' | 'read' | 'agents' | 'lists' | 'realtime' | 'events' | 'despite_do_not_call')[] | undefined; scope?: 'account' | 'department' | 'agent' | undefined; settings?: Readonly<Record<string, unknown>> | undefined; };
export type ApiKeyDto = { createdAt: string; expiresAt: string | null; id: string; lastUsedAt: string | null; name: string; operator: boolean; prefix: string; revokedAt: string | null; scopes: readonly ('read' | 'write' | 'admin')[]; };
export type ApiKeyOnceDto = { createdAt: string; expiresAt: string | null; id: string; key: string; lastUsedAt: string | null; name: string; operator: boolean; prefix: string; revokedAt: string | null; scopes: readonly ('read' | 'write' | 'admin')[]; };
export type ApiKeyPageDto = { data: readonly (ApiKeyDto)[]; nextCursor: string | null; };
export type AttemptDto = { decision: string; decisionCode: 'retries_used_up' | 'refusals_used_up' | 'retry_scheduled' | 'endpoint_waits' | 'token_renewed' | 'endpoint_was_disabled' | 'no_message' | 'event_gone' | 'our_fault' | 'endpoint_disabled' | 'endpoint_paused' | 'replay_cancelled' | 'endpoint_being_enabled' | 'endpoint_deleted' | 'connection_deleted' | 'number_erased' | 'call_not_there' | 'too_many_notes' | 'unknown_to_this_build' | 'not_enabled_any_more' | 'no_success' | 'stopped_by_api' | 'already_has_it' | 'wants_no_more' | 'credentials_refused' | 'redirect' | 'refused_for_good' | 'refused' | 'throttled' | 'answered' | 'mail_taken' | 'mail_not_now' | 'mail_refused' | 'token_refused_again' | 'no_token' | 'other' | null; decisionParams: Readonly<Record<string, unknown>> | null; durationMs: number; error: string | null; id: string; number: number; outcome: string; requestBody: string | null; requestHeaders: Readonly<Record<string, string>> | null; requestMethod: string | null; requestUrl: string | null; resolvedIp: string | null; responseBody: string | null; responseHeaders: Readonly<Record<string, string>> | null; startedAt: string; status: number | null; timings: Readonly<Record<string, unknown>>; };
export type AuditEntryDto = { action: string; actor: string; actorKind: 'key' | 'user' | 'portal' | 'system'; at: string; changes: Readonly<Record<string, { from?: unknown | undefined; to?: unknown | undefined; }>>; id: string; subjectId: string; subjectType: string; };
export type AuditPageDto = { data: readonly (AuditEntryDto)[]; nextCursor: string | null; };
export type BacklogDto = { atLeast: boolean; count: number; };
export type BulkContactDto = { company?: string | null | undefined; email?: string | null | undefined; externalId: string; kind?: 'person' | 'company' | undefined; metadata?: Readonly<Record<string, unknown>> | undefined; name?: string | undefined; phones?: readonly ({ kind?: 'mobile' | 'work' | 'home' | 'main' | 'fax' | 'other' | undefined; label?: string | undefined; number: string; })[] | undefined; url?: string | null | undefined; };
export type BulkContactsDto = { contacts: readonly (BulkContactDto)[]; country?: string | undefined; source?: string | undefined; };
export type BulkErrorDto = { field: string; message: string; };
export type BulkResultDto = { errors: readonly (BulkErrorDto)[]; externalId: string | null; id: string | null; index: number; outcome: 'made' | 'changed' | 'unchanged' | 'failed'; };
export type BulkResultsDto = { data: readonly (BulkResultDto)[]; };
export type BulkRetryDto = { callId?: string | undefined; endpointIds?: readonly (string)[] | undefined; eventTypes?: readonly (string)[] | undefined; from: string; number?: string | undefined; ratePerMinute?: number | undefined; reason?: string | undefined; to?: string | undefined; };
export type CallDto = { agent: AgentDto | null; ai: Readonly<Record<string, unknown>> | null; answeredAt: string | null; callerLocalTime: string | null; connectionId: string; contact: MatchedContactDto | null; customData: Readonly<Record<string, unknown>>; department: NamedIdDto | null; did: DidDto | null; direction: 'inbound' | 'outbound' | 'internal'; endedAt: string | null; extension: string | null; extensionLabel: string | null; from: PartyDto; id: string; ivrPath: readonly (IvrStepDto)[]; legs: readonly (CallLegDto)[]; match: MatchDto | null; notes: readonly (CallNoteDto)[]; price: MoneyDto | null; queue: QueueOfCallDto | null; queueSeconds: number | null; raw: Readonly<Record<string, unknown>>; recordings: readonly (RecordingDto)[]; result: 'answered' | 'missed' | 'abandoned' | 'voicemail' | 'busy' | 'failed' | 'cancelled' | 'ivr_only' | 'unknown'; ringSeconds: number | null; startedAt: string | null; state: 'ringing' | 'answered' | 'ended'; talkSeconds: number | null; to: PartyDto; transferOf: string | null; unreadableFields: readonly (string)[]; vendorCallId: string; vendorStatus: string; vendorType: string; };
export type CallLegDto = { agent: AgentDto | null; ai: Readonly<Record<string, unknown>> | null; answeredAt: string | null; customData: Readonly<Record<string, unknown>>; department: NamedIdDto | null; did: DidDto | null; direction: 'inbound' | 'outbound' | 'internal'; endedAt: string | null; extension: string | null; extensionLabel: string | null; from: PartyDto; ivrPath: readonly (IvrStepDto)[]; key: string; price: MoneyDto | null; queue: QueueOfCallDto | null; queueSeconds: number | null; raw: Readonly<Record<string, unknown>>; recordings: readonly (RecordingDto)[]; result: 'answered' | 'missed' | 'abandoned' | 'voicemail' | 'busy' | 'failed' | 'cancelled' | 'ivr_only' | 'unknown'; ringSeconds: number | null; startedAt: string | null; state: 'ringing' | 'answered' | 'ended' | null; talkSeconds: number | null; to: PartyDto; transferOf: string | null; unreadableFields: readonly (string)[]; vendorStatus: string; vendorType: string; };
export type CallNoteDto = { at: string; by: NoteAuthorDto; id: string; outcome: string | null; text: string | null; };
export type CallPageDto = { data: readonly (CallDto)[]; nextCursor: string | null; };
export type CallPointDto = { answerRate: number | null; answered: number; at: string; byDirection?: { inbound: number; internal: number; outbound: number; } | undefined; byResult?: { abandoned: number; answered: number; busy: number; cancelled: number; failed: number; ivr_only: number; missed: number; unknown: number; voicemail: number; } | undefined; calls: number; missed: number; };
export type CallStatsDto = { answerRate: number | null; answered: number; buckets: readonly (CallPointDto)[]; by: 'hour' | 'day'; byDirection?: { inbound: number; internal: number; outbound: number; } | undefined; byResult?: { abandoned: number; answered: number; busy: number; cancelled: number; failed: number; ivr_only: number; missed: number; unknown: number; voicemail: number; } | undefined; calls: number; complete: boolean; from: string; missed: number; ring: SecondsDto; talk: SecondsDto; to: string; zone: string; };
export type CallVolumeDto = { answerRate: number | null; answered: number; byDirection?: { inbound: number; internal: number; outbound: number; } | undefined; byResult?: { abandoned: number; answered: number; busy: number; cancelled: number; failed: number; ivr_only: number; missed: number; unknown: number; voicemail: number; } | undefined; calls: number; missed: number; };
export type CallsTodayDto = { agents: readonly (AgentTodayDto)[]; complete: boolean; from: string; queues: readonly (QueueTodayDto)[]; };
export type CampaignDto = { connectionId: string; createdAt: string; id: string; mode: 'preview' | 'progressive' | 'predictive' | 'message' | 'callback'; name: string; settings: Readonly<Record<string, unknown>>; state: 'stopped' | 'running' | 'paused' | 'deleted'; stateAt: string; updatedAt: string; };
export type CampaignOnceDto = { code: string; connectionId: string; createdAt: string; id: string; mode: 'preview' | 'progressive' | 'predictive' | 'message' | 'callback'; name: string; settings: Readonly<Record<string, unknown>>; state: 'stopped' | 'running' | 'paused' | 'deleted'; stateAt: string; updatedAt: string; };
export type CampaignPageDto = { data: readonly (CampaignDto)[]; nextCursor: string | null; };
export type CampaignPatchDto = { name?: string | undefined; settings?: Readonly<Record<string, unknown>> | undefined; };
export type CampaignPointDto = { abandonment: number | null; answerRate: number | null; answers: number; at: string; busy: number; dials: number; drops: number; failed: number; served: number; talkSeconds: number; unanswered: number; };
export type CampaignStatsDto = { buckets: readonly (CampaignPointDto)[]; by: 'hour' | 'day'; from: string; last30Days: MonthDto; leads?: { dialling: number; done: number; given_up: number; invalid: number; offered: number; removed: number; waiting: number; } | undefined; target: number; to: string; total: CampaignVolumeDto; zone: string; };
export type CampaignTurnedDto = { connectionId: string; createdAt: string; id: string; mode: 'preview' | 'progressive' | 'predictive' | 'message' | 'callback'; name: string; onTheLine: number; settings: Readonly<Record<string, unknown>>; state: 'stopped' | 'running' | 'paused' | 'deleted'; stateAt: string; updatedAt: string; };
export type CampaignVolumeDto = { abandonment: number | null; answerRate: number | null; answers: number; busy: number; dials: number; drops: number; failed: number; served: number; talkSeconds: number; unanswered: number; };
export type CampaignWhyDto = { agents: AgentsDto; due: number; held: readonly (HeldLeadsDto)[]; lookedAt: string | null; nextAt: string | null; onTheLine: number; rule: string; why: string; };
export type CertificateDto = { fingerprint: string; issuer: string; serialNumber: string; subject: string; validFrom: string; validTo: string; };
export type ChosenDto = { contact: MatchedContactDto | null; };
export type ClearedDto = { removed: number; };
export type ClockDto = { lagSeconds: number | null; samples: number; standing: 'unknown' | 'right' | 'doubtful' | 'wrong'; };
export type ConnectionDetailDto = { country: string; createdAt: string; dialect: 'voicenter' | 'voipnow' | 'globalex' | 'asterisk' | 'generic'; enabled: boolean; epochs: 'utc' | 'local'; id: string; ingressUrls: readonly (IngressUrlDto)[]; kind: 'webhook' | 'socket'; name: string; settings: Readonly<Record<string, unknown>>; timeZone: string; updatedAt: string; };
export type ConnectionDto = { country: string; createdAt: string; dialect: 'voicenter' | 'voipnow' | 'globalex' | 'asterisk' | 'generic'; enabled: boolean; epochs: 'utc' | 'local'; id: string; name: string; settings: Readonly<Record<string, unknown>>; timeZone: string; updatedAt: string; };
export type ConnectionGuideDto = { connectionId: string; files: readonly (GuideFileDto)[]; kind: 'webhook' | 'socket'; routes: readonly (GuideRouteDto)[]; steps: readonly (string)[]; title: string; trial: GuideTrialDto; };
export type ConnectionHealthDto = { clock: ClockDto; lastParseFailure: ParseFailureDto | null; lastWebhookAt: string | null; refused: readonly (RefusedDto)[]; setAside: number; socket: SocketDto | null; unknownWords: readonly (SeenWordDto)[]; unparsed: UnparsedDto; unreadableFields: readonly (SeenFieldDto)[]; warnings: readonly (WarningDto)[]; webhooks: WebhookRateDto; };
export type ConnectionMappingDto = { connectionId: string; mapping: Readonly<Record<string, unknown>> | null; needs: readonly (string)[]; secrets: Readonly<Record<string, number>>; shipped: string | null; updatedAt: string; };
export type ConnectionPageDto = { data: readonly (ConnectionDto)[]; nextCursor: string | null; };
export type ConnectionPatchDto = { country?: string | undefined; enabled?: boolean | undefined; epochs?: 'utc' | 'local' | undefined; name?: string | undefined; settings?: Readonly<Record<string, unknown>> | undefined; timeZone?: string | undefined; };
export type ConnectorCredentialDto = { how: string; kind: 'basic' | 'bearer' | 'oauth2' | 'header'; };
export type ConnectorDto = { about: string; activityTypes: readonly (string)[] | null; allows: ConnectorPaceDto | null; credentials: readonly (ConnectorCredentialDto)[]; key: 'chosen' | 'upsert' | 'external id' | 'none'; limits: ConnectorLimitsDto; name: string; outcomes: readonly (string)[] | null; policy: readonly (PolicyMemberDto)[]; ringTime: string | null; settings: readonly (ConnectorSettingDto)[]; signIn: ConnectorSignInDto | null; title: string; update: 'patch' | 'append' | 'none'; url: string | null; };
export type ConnectorLimitsDto = { body: number; subject: number; };
export type ConnectorListDto = { data: readonly (ConnectorDto)[]; };
export type ConnectorPaceDto = { requests: number; seconds: number; };
export type ConnectorSettingDto = { about: string; byDefault: string | number | null; kind: 'text' | 'texts' | 'url' | 'choice' | 'count' | 'zone'; name: string; required: boolean; values: readonly (string)[] | null; };
export type ConnectorSignInDto = { authoriseParameters: Readonly<Record<string, string>>; authoriseUrl: string; baseUrlFrom: string | null; pkce: boolean; scope: string | null; sendAs: 'basic' | 'body'; tokenUrl: string; };
export type ContactChoiceDto = { contactId: string | null; source?: string | undefined; };
export type ContactDto = { company: string | null; companyId: string | null; createdAt: string; email: string | null; externalId: string | null; externalIds: readonly (ExternalIdDto)[]; id: string; kind: 'person' | 'company'; metadata: Readonly<Record<string, unknown>>; name: string; ownerId: string | null; phones: readonly (ContactPhoneDto)[]; updatedAt: string; url: string | null; };
export type ContactPageDto = { data: readonly (ContactDto)[]; nextCursor: string | null; };
export type ContactPatchDto = { company?: string | null | undefined; companyId?: string | null | undefined; country?: string | undefined; email?: string | null | undefined; externalId?: string | null | undefined; externalIds?: readonly ({ id: string; source: string; })[] | undefined; kind?: 'person' | 'company' | undefined; metadata?: Readonly<Record<string, unknown>> | undefined; name?: string | undefined; ownerId?: string | null | undefined; phones?: readonly ({ kind?: 'mobile' | 'work' | 'home' | 'main' | 'fax' | 'other' | undefined; label?: string | undefined; number: string; })[] | undefined; url?: string | null | undefined; };
export type ContactPhoneDto = { e164: string; kind: 'mobile' | 'work' | 'home' | 'main' | 'fax' | 'other' | null; label: string | null; };
export type ContactSourceDto = { advice: readonly (string)[]; createdAt: string; enabled: boolean; endpointId: string | null; foundSeconds: number; headerNames: readonly (string)[]; health: ContactSourceHealthDto; id: string; kind: 'http' | 'crm'; name: string; notFoundSeconds: number; staleSeconds: number; timeoutMs: number; updatedAt: string; url: string | null; };
export type ContactSourceHealthDto = { answeredAt: string | null; failedAt: string | null; failure: string | null; failuresInARow: number; openUntil: string | null; state: 'unasked' | 'ok' | 'failing' | 'resting'; };
export type ContactSourceOnceDto = { advice: readonly (string)[]; createdAt: string; enabled: boolean; endpointId: string | null; foundSeconds: number; headerNames: readonly (string)[]; health: ContactSourceHealthDto; id: string; kind: 'http' | 'crm'; name: string; notFoundSeconds: number; secret: string | null; staleSeconds: number; timeoutMs: number; updatedAt: string; url: string | null; };
export type ContactSourcePageDto = { data: readonly (ContactSourceDto)[]; nextCursor: string | null; };
export type ContactSourcePatchDto = { enabled?: boolean | undefined; endpointId?: string | undefined; foundSeconds?: number | undefined; headers?: Readonly<Record<string, string>> | undefined; kind?: 'http' | 'crm' | undefined; name?: string | undefined; notFoundSeconds?: number | undefined; staleSeconds?: number | undefined; timeoutMs?: number | undefined; url?: string | undefined; };
export type CountedContactDto = { company: string | null; id: string; name: string; url: string | null; };
export type CredentialSecretDto = { clientId: string | null; clientSecret: string | null; code: string | null; organisation: string | null; password: string | null; user: string | null; };
export type CrmChoiceDto = { contactId: string; type?: string | undefined; };
export type CrmChosenDto = { contact: CrmContactDto | null; deliveryIds: readonly (string)[]; };
export type CrmContactDto = { id: string; name: string; ownerId: string | null; type: string; url: string | null; };
export type CrmLogDto = { begunAt: string; callId: string; candidates: readonly (CrmContactDto)[]; contact: CrmContactDto | null; endpointId: string; endpointName: string; record: CrmRecordDto | null; state: 'writing' | 'written' | 'undecided'; taskId: string | null; updatedAt: string; };
export type CrmLogListDto = { data: readonly (CrmLogDto)[]; };
export type CrmLogPageDto = { data: readonly (CrmLogDto)[]; nextCursor: string | null; };
export type CrmRecordDto = { id: string; type: string; };
export type CrmTemplateDraftDto = { values?: Readonly<Record<string, unknown>> | undefined; xml: string; };
export type CrmTemplateDto = { cannotTake: readonly (string)[]; create: boolean; credential: TemplateCredentialDto; log: boolean; lookups: number; name: string; ownUrl: readonly (string)[]; parameters: readonly (TemplateParameterDto)[]; ready: boolean; settings: Readonly<Record<string, unknown>>; };
export type DeliveryDetailDto = { attemptCount: number; attempts: readonly (AttemptDto)[]; callId: string | null; createdAt: string; dueAt: string | null; endpointId: string; eventId: string; eventType: string; finishedAt: string | null; firstTriedAt: string | null; id: string; lastStatus: number | null; occurredAt: string | null; payload: Readonly<Record<string, unknown>> | null; reason: string | null; reasonCode: 'retries_used_up' | 'refusals_used_up' | 'retry_scheduled' | 'endpoint_waits' | 'token_renewed' | 'endpoint_was_disabled' | 'no_message' | 'event_gone' | 'our_fault' | 'endpoint_disabled' | 'endpoint_paused' | 'replay_cancelled' | 'endpoint_being_enabled' | 'endpoint_deleted' | 'connection_deleted' | 'number_erased' | 'call_not_there' | 'too_many_notes' | 'unknown_to_this_build' | 'not_enabled_any_more' | 'no_success' | 'stopped_by_api' | 'already_has_it' | 'wants_no_more' | 'credentials_refused' | 'redirect' | 'refused_for_good' | 'refused' | 'throttled' | 'answered' | 'mail_taken' | 'mail_not_now' | 'mail_refused' | 'token_refused_again' | 'no_token' | 'other' | null; reasonParams: Readonly<Record<string, unknown>> | null; replayId: string | null; sequence: number; state: 'due' | 'delivered' | 'dead' | 'held' | 'skipped'; };
export type DeliveryDto = { attemptCount: number; callId: string | null; createdAt: string; dueAt: string | null; endpointId: string; eventId: string; eventType: string; finishedAt: string | null; firstTriedAt: string | null; id: string; lastStatus: number | null; reason: string | null; reasonCode: 'retries_used_up' | 'refusals_used_up' | 'retry_scheduled' | 'endpoint_waits' | 'token_renewed' | 'endpoint_was_disabled' | 'no_message' | 'event_gone' | 'our_fault' | 'endpoint_disabled' | 'endpoint_paused' | 'replay_cancelled' | 'endpoint_being_enabled' | 'endpoint_deleted' | 'connection_deleted' | 'number_erased' | 'call_not_there' | 'too_many_notes' | 'unknown_to_this_build' | 'not_enabled_any_more' | 'no_success' | 'stopped_by_api' | 'already_has_it' | 'wants_no_more' | 'credentials_refused' | 'redirect' | 'refused_for_good' | 'refused' | 'throttled' | 'answered' | 'mail_taken' | 'mail_not_now' | 'mail_refused' | 'token_refused_again' | 'no_token' | 'other' | null; reasonParams: Readonly<Record<string, unknown>> | null; replayId: string | null; sequence: number; state: 'due' | 'delivered' | 'dead' | 'held' | 'skipped'; };
export type DeliveryPageDto = { data: readonly (DeliveryDto)[]; nextCursor: string | null; };
export type DialPackDto = { id: string; limits: Readonly<Record<string, unknown>>; note: string; sources: readonly (string)[]; title: string; version: number; };
export type DialPacksDto = { data: readonly (DialPackDto)[]; };
export type DialectDefaultsDto = { country: string; epochs: 'utc' | 'local'; timeZone: string; };
export type DialectDto = { defaults: DialectDefaultsDto; kind: 'webhook' | 'socket'; name: string; routes: readonly (DialectRouteDto)[]; settings: readonly (DialectSettingDto)[]; steps: readonly (string)[]; title: string; };
export type DialectListDto = { data: readonly (DialectDto)[]; };
export type DialectRouteDto = { method: 'GET' | 'POST'; route: string; what: string; };
export type DialectSettingDto = { byDefault: string; name: string; values: readonly (string)[]; what: string; };
export type DidDto = { country: string | null; countryName: string | null; e164: string | null; extension?: string | undefined; label: string | null; original: string; type: 'mobile' | 'fixed_line' | 'fixed_line_or_mobile' | 'toll_free' | 'premium_rate' | 'shared_cost' | 'voip' | 'personal' | 'pager' | 'uan' | 'voicemail' | null; };
export type DisableEndpointDto = { reason?: string | undefined; };
export type DryRunEntryDto = { activityType: string | null; body: string; direction: 'inbound' | 'outbound'; number: string | null; outcome: string | null; ownerId: string | null; recordingUrl: string | null; result: 'answered' | 'missed' | 'abandoned' | 'voicemail' | 'busy' | 'failed' | 'cancelled' | 'ivr_only' | 'unknown'; startedAt: string; subject: string; talkSeconds: number; };
export type DryRunEventDto = { because: string; code: 'sent' | 'event_type.not_asked' | 'filter.not_met' | 'format.no_message'; entry: DryRunEntryDto | null; eventId: string | null; failedConditions: readonly (string)[]; occurredAt: string; params: Readonly<Record<string, unknown>>; requests: readonly (DryRunRequestDto)[]; sent: boolean; type: string; };
export type DryRunRequestDto = { body: string | null; headers: Readonly<Record<string, string>>; method: string; url: string; };
export type EnableEndpointDto = { from?: string | undefined; held?: 'drain' | 'skip' | 'replay_from' | undefined; };
export type EndpointAccessDto = { auth: EndpointAuthDto; headers: readonly (string)[]; };
export type EndpointAccessPutDto = { auth: EndpointAuthPutDto; headers?: Readonly<Record<string, unknown>> | undefined; };
export type EndpointAuthDto = { audience: string | null; authoriseParameters: Readonly<Record<string, string>> | null; authoriseUrl: string | null; baseUrlFrom: string | null; certificate: CertificateDto | null; clientId: string | null; keepAliveDays: number | null; kind: 'none' | 'basic' | 'bearer' | 'oauth2' | 'oauth2_code' | 'certificate'; pkce: boolean | null; scope: string | null; sendAs: 'basic' | 'body' | null; serverAuthority: readonly (CertificateDto)[] | null; tokenUrl: string | null; user: string | null; };
export type EndpointAuthPutDto = { audience?: string | undefined; authoriseParameters?: Readonly<Record<string, unknown>> | undefined; authoriseUrl?: string | undefined; baseUrlFrom?: string | undefined; certificate?: string | undefined; clientId?: string | undefined; clientSecret?: string | undefined; keepAliveDays?: number | undefined; kind: 'none' | 'basic' | 'bearer' | 'oauth2' | 'oauth2_code' | 'certificate'; password?: string | undefined; pkce?: boolean | undefined; privateKey?: string | undefined; scope?: string | undefined; sendAs?: 'basic' | 'body' | undefined; serverAuthority?: string | undefined; token?: string | undefined; tokenUrl?: string | undefined; user?: string | undefined; };
export type EndpointDryRunAnswerDto = { data: readonly (DryRunEventDto)[]; };
export type EndpointDryRunDto = { eventId?: string | undefined; eventTypes: readonly (string)[]; filter?: Readonly<Record<string, unknown>> | null | undefined; format?: 'standard' | 'voicenter' | 'voipnow' | 'globalex' | 'zammad' | 'template' | 'email' | 'bitrix24' | 'close' | 'dynamics' | 'espocrm' | 'freshdesk' | 'gohighlevel' | 'generic' | 'hubspot' | 'kommo' | 'monday' | 'odoo' | 'pipedrive' | 'salesforce' | 'suitecrm' | 'tryton' | 'twenty' | 'zendesk' | 'zoho' | undefined; formatSettings?: Readonly<Record<string, unknown>> | undefined; latest?: number | undefined; sample?: 'call.ringing' | 'ivr.input' | 'queue.joined' | 'queue.left' | 'call.answered' | 'call.ended' | 'call.missed' | 'call.updated' | 'call.noted' | 'endpoint.failing' | 'endpoint.disabled' | 'endpoint.recovered' | 'endpoint.backlog' | 'endpoint.backlog_cleared' | 'endpoint.secret_expiring' | 'endpoint.credentials_expiring' | 'endpoint.access_expiring' | 'endpoint.access_needs_attention' | 'connection.token_expiring' | 'connection.socket_down' | 'connection.socket_up' | 'api_key.expiring' | 'tenant.limit_reached' | 'order.placed' | 'order.failed' | 'order.unknown' | 'campaign.started' | 'campaign.paused' | 'campaign.stopped' | 'campaign.finished' | 'campaign.statistics' | 'lead.finished' | 'endpoint.test' | undefined; url: string; };
export type EndpointDto = { backlogAlertMinutes: number | null; concurrency: number; createdAt: string; disableAfterHours: number | null; eventTypes: readonly (string)[]; filter: Readonly<Record<string, unknown>> | null; format: 'standard' | 'voicenter' | 'voipnow' | 'globalex' | 'zammad' | 'template' | 'email' | 'bitrix24' | 'close' | 'dynamics' | 'espocrm' | 'freshdesk' | 'gohighlevel' | 'generic' | 'hubspot' | 'kommo' | 'monday' | 'odoo' | 'pipedrive' | 'salesforce' | 'suitecrm' | 'tryton' | 'twenty' | 'zendesk' | 'zoho'; formatSettings: Readonly<Record<string, unknown>>; id: string; metadata: Readonly<Record<string, unknown>>; name: string; note: string | null; ordered: boolean; publicKey: string | null; rateBurst: number; ratePerMinute: number | null; scheduleMs: readonly (number)[] | null; signatures: readonly ('v1' | 'v1a')[]; state: 'enabled' | 'disabled' | 'paused' | 'enabling'; stateReason: string | null; stateReasonCode: 'retries_used_up' | 'refusals_used_up' | 'retry_scheduled' | 'endpoint_waits' | 'token_renewed' | 'endpoint_was_disabled' | 'no_message' | 'event_gone' | 'our_fault' | 'endpoint_disabled' | 'endpoint_paused' | 'replay_cancelled' | 'endpoint_being_enabled' | 'endpoint_deleted' | 'connection_deleted' | 'number_erased' | 'call_not_there' | 'too_many_notes' | 'unknown_to_this_build' | 'not_enabled_any_more' | 'no_success' | 'stopped_by_api' | 'already_has_it' | 'wants_no_more' | 'credentials_refused' | 'redirect' | 'refused_for_good' | 'refused' | 'throttled' | 'answered' | 'mail_taken' | 'mail_not_now' | 'mail_refused' | 'token_refused_again' | 'no_token' | 'other' | null; stateReasonParams: Readonly<Record<string, unknown>> | null; timeoutMs: number; updatedAt: string; url: string; };
export type EndpointNowDto = { breaker: 'closed' | 'open' | 'half_open'; breakerUntil: string | null; due: BacklogDto; failingSince: string | null; failuresInARow: number; held: BacklogDto; nextAttemptAt: string | null; oldestWaitingSince: string | null; rateLimit: string; state: 'enabled' | 'disabled' | 'paused' | 'enabling'; };
export type EndpointOnceDto = { backlogAlertMinutes: number | null; concurrency: number; createdAt: string; disableAfterHours: number | null; eventTypes: readonly (string)[]; filter: Readonly<Record<string, unknown>> | null; format: 'standard' | 'voicenter' | 'voipnow' | 'globalex' | 'zammad' | 'template' | 'email' | 'bitrix24' | 'close' | 'dynamics' | 'espocrm' | 'freshdesk' | 'gohighlevel' | 'generic' | 'hubspot' | 'kommo' | 'monday' | 'odoo' | 'pipedrive' | 'salesforce' | 'suitecrm' | 'tryton' | 'twenty' | 'zendesk' | 'zoho'; formatSettings: Readonly<Record<string, unknown>>; id: string; metadata: Readonly<Record<string, unknown>>; name: string; note: string | null; ordered: boolean; publicKey: string | null; rateBurst: number; ratePerMinute: number | null; scheduleMs: readonly (number)[] | null; secret: string | null; signatures: readonly ('v1' | 'v1a')[]; state: 'enabled' | 'disabled' | 'paused' | 'enabling'; stateReason: string | null; stateReasonCode: 'retries_used_up' | 'refusals_used_up' | 'retry_scheduled' | 'endpoint_waits' | 'token_renewed' | 'endpoint_was_disabled' | 'no_message' | 'event_gone' | 'our_fault' | 'endpoint_disabled' | 'endpoint_paused' | 'replay_cancelled' | 'endpoint_being_enabled' | 'endpoint_deleted' | 'connection_deleted' | 'number_erased' | 'call_not_there' | 'too_many_notes' | 'unknown_to_this_build' | 'not_enabled_any_more' | 'no_success' | 'stopped_by_api' | 'already_has_it' | 'wants_no_more' | 'credentials_refused' | 'redirect' | 'refused_for_good' | 'refused' | 'throttled' | 'answered' | 'mail_taken' | 'mail_not_now' | 'mail_refused' | 'token_refused_again' | 'no_token' | 'other' | null; stateReasonParams: Readonly<Record<string, unknown>> | null; timeoutMs: number; updatedAt: string; url: string; };
export type EndpointOverviewDto = { backlog: BacklogDto; bucket: 'minute' | 'hour'; buckets: readonly (StatPointDto)[]; format: string; id: string; name: string; oldestWaitingSince: string | null; p95Ms: number | null; state: 'enabled' | 'disabled' | 'paused' | 'enabling'; successRate: number | null; url: string; };
export type EndpointOverviewPageDto = { data: readonly (EndpointOverviewDto)[]; nextCursor: string | null; };
export type EndpointPageDto = { data: readonly (EndpointDto)[]; nextCursor: string | null; };
export type EndpointPatchDto = { backlogAlertMinutes?: number | null | undefined; concurrency?: number | undefined; disableAfterHours?: number | null | undefined; eventTypes?: readonly (string)[] | undefined; filter?: Readonly<Record<string, unknown>> | null | undefined; format?: 'standard' | 'voicenter' | 'voipnow' | 'globalex' | 'zammad' | 'template' | 'email' | 'bitrix24' | 'close' | 'dynamics' | 'espocrm' | 'freshdesk' | 'gohighlevel' | 'generic' | 'hubspot' | 'kommo' | 'monday' | 'odoo' | 'pipedrive' | 'salesforce' | 'suitecrm' | 'tryton' | 'twenty' | 'zendesk' | 'zoho' | undefined; formatSettings?: Readonly<Record<string, unknown>> | undefined; metadata?: Readonly<Record<string, unknown>> | undefined; name?: string | undefined; note?: string | null | undefined; ordered?: boolean | undefined; rateBurst?: number | undefined; ratePerMinute?: number | null | undefined; scheduleMs?: readonly (number)[] | null | undefined; timeoutMs?: number | undefined; url?: string | undefined; };
export type EndpointProbedDto = { account: string | null; durationMs: number; lacks: readonly (string)[]; ok: boolean; problem: string | null; status: number | null; };
export type EndpointStatsDto = { all: LatencyDto; answered: LatencyDto; bucket: 'minute' | 'hour'; buckets: readonly (StatPointDto)[]; byOutcome: Readonly<Record<string, number>>; byStatus: Readonly<Record<string, number>>; delivered: number; failed: number; from: string; now: EndpointNowDto; successRate: number | null; to: string; tries: number; };
export type EndpointTestDto = { callId?: string | undefined; type?: 'call.ringing' | 'ivr.input' | 'queue.joined' | 'queue.left' | 'call.answered' | 'call.ended' | 'call.missed' | 'call.updated' | 'call.noted' | 'endpoint.failing' | 'endpoint.disabled' | 'endpoint.recovered' | 'endpoint.backlog' | 'endpoint.backlog_cleared' | 'endpoint.secret_expiring' | 'endpoint.credentials_expiring' | 'endpoint.access_expiring' | 'endpoint.access_needs_attention' | 'connection.token_expiring' | 'connection.socket_down' | 'connection.socket_up' | 'api_key.expiring' | 'tenant.limit_reached' | 'order.placed' | 'order.failed' | 'order.unknown' | 'campaign.started' | 'campaign.paused' | 'campaign.stopped' | 'campaign.finished' | 'campaign.statistics' | 'lead.finished' | 'endpoint.test' | undefined; };
export type EndpointsTotalDto = { answered: LatencyDto; bucket: 'minute' | 'hour'; buckets: readonly (StatPointDto)[]; byOutcome: Readonly<Record<string, number>>; delivered: number; failed: number; from: string; now: WaitingDto; successRate: number | null; to: string; tries: number; };
export type ErasedTableDto = { deleted: number; masked: number; table: string; };
export type ErasureDto = { at: string | null; createdAt: string; createdBy: string; dryRun: boolean; finishedAt: string | null; force: boolean; id: string; keep: 'anonymous' | 'nothing'; lastDigits: string; number: string | null; preview: ErasureReportDto | null; reason: string | null; report: ErasureReportDto | null; state: 'counting' | 'counted' | 'telling' | 'erasing' | 'done' | 'cancelled' | 'failed'; updatedAt: string; waitUntil: string | null; waitsFor: ErasureWaitsDto | null; };
export type ErasurePageDto = { data: readonly (ErasureDto)[]; nextCursor: string | null; };
export type ErasureReportDto = { recordings: readonly (string)[]; recordingsMore: number; skipped: readonly (SkippedRowDto)[]; skippedMore: number; tables: readonly (ErasedTableDto)[]; };
export type ErasureWaitsDto = { calls: number; deliveries: number; };
export type EventTypeDto = { description: string; example: Readonly<Record<string, unknown>>; schema: Readonly<Record<string, unknown>>; type: string; version: number; };
export type EventTypeListDto = { data: readonly (EventTypeDto)[]; };
export type ExtensionDto = { agentId: string | null; aliases: readonly (string)[]; callerId: string | null; createdAt: string; label: string | null; number: string; updatedAt: string; };
export type ExtensionListDto = { data: readonly (ExtensionRowDto)[]; };
export type ExtensionPageDto = { data: readonly (ExtensionDto)[]; nextCursor: string | null; };
export type ExtensionPutDto = { agentId?: string | null | undefined; aliases?: readonly (string)[] | undefined; callerId?: string | null | undefined; label?: string | null | undefined; };
export type ExtensionRowDto = { agentId?: string | null | undefined; aliases?: readonly (string)[] | undefined; callerId?: string | null | undefined; label?: string | null | undefined; number: string; };
export type ExtensionsReplacedDto = { removed: number; written: number; };
export type ExternalIdDto = { id: string; source: string; };
export type FieldErrorDto = { field: string; message: string; };
export type ForgottenDto = { email: string; };
export type FoundContactDto = { company: string | null; companyId: string | null; createdAt: string; email: string | null; externalId: string | null; externalIds: readonly (ExternalIdDto)[]; hit: 'number' | 'beginning' | 'word' | 'part' | 'similar'; id: string; kind: 'person' | 'company'; metadata: Readonly<Record<string, unknown>>; name: string; ownerId: string | null; phones: readonly (ContactPhoneDto)[]; updatedAt: string; url: string | null; };
export type FoundContactsDto = { data: readonly (FoundContactDto)[]; };
export type FoundDto = { at: string | null; detail: string | null; id: string; title: string; type: 'call' | 'contact' | 'endpoint' | 'connection' | 'agent' | 'ivr_flow' | 'delivery' | 'event' | 'receipt' | 'replay'; };
export type FoundFieldDto = { field: string; path: string; value: string | number | boolean | null | readonly (unknown)[] | Readonly<Record<string, unknown>>; };
export type GivenAnswerDto = { body: string; status: number; };
export type GrantActorDto = { id: string; kind: 'key' | 'user' | 'portal' | 'system'; };
export type GrantDto = { baseUrl: string | null; connectedAt: string | null; connectedBy: GrantActorDto | null; createdAt: string; endsAt: string | null; id: string; label: string; position: number; reason: string | null; renewedAt: string | null; since: string; state: 'waiting' | 'good' | 'needs_attention'; updatedAt: string; usedUntil: string | null; };
export type GrantJourneyDto = { expiresAt: string; grant: GrantDto; redirectUri: string; url: string; };
export type GrantListDto = { data: readonly (GrantDto)[]; };
export type GuideFileDto = { name: string; text: string; };
export type GuideRouteDto = { method: 'GET' | 'POST'; route: string; url: string; what: string; };
export type GuideTrialDto = { body: string | null; contentType: string | null; method: 'GET' | 'POST'; url: string; };
export type HeldLeadsDto = { gate: 'campaign_state' | 'number' | 'lead_state' | 'do_not_call' | 'consent' | 'window' | 'holidays' | 'attempts_lead' | 'attempts_phone' | 'attempts_period' | 'min_gap' | 'after_drop' | 'after_talk' | 'scheduled' | 'caller_id_quota'; leads: number; nextAt: string; };
export type IceServerDto = { credential?: string | undefined; urls: readonly (string)[]; username?: string | undefined; };
export type IdentityProviderDto = { clientId: string; createdAt: string; domains: readonly (string)[]; enabled: boolean; enforced: boolean; hasSecret: boolean; id: string; issuer: string; label: string; redirectUri: string; role: 'admin' | 'supervisor' | 'agent' | null; tenantId: string | null; updatedAt: string; };
export type IdentityProviderPageDto = { data: readonly (IdentityProviderDto)[]; nextCursor: string | null; };
export type IdentityProviderPatchDto = { clientId?: string | undefined; clientSecret?: string | null | undefined; domains?: readonly (string)[] | undefined; enabled?: boolean | undefined; enforced?: boolean | undefined; issuer?: string | undefined; label?: string | undefined; role?: 'admin' | 'supervisor' | 'agent' | null | undefined; };
export type IdentityProviderTestDto = { authorizationEndpoint: string | null; code: string | null; ok: boolean; problem: string | null; tokenEndpoint: string | null; };
export type ImportDetailDto = { bytes: number; changed: number; charset: string; columns: readonly (string)[]; country: string | null; createdAt: string; createdBy: string; delimiter: string; dryRun: boolean; failed: number; fileName: string | null; finishedAt: string | null; handledBytes: number; hasHeader: boolean; header: readonly (string)[]; id: string; made: number; reason: string | null; repeated: number; rows: number; sample: readonly (readonly (string)[])[]; state: 'uploading' | 'waiting' | 'running' | 'checked' | 'done' | 'cancelled' | 'failed' | 'undoing' | 'undone'; unchanged: number; undoRefused: number; undone: number; updatedAt: string; };
export type ImportDto = { bytes: number; changed: number; charset: string; columns: readonly (string)[]; country: string | null; createdAt: string; createdBy: string; delimiter: string; dryRun: boolean; failed: number; fileName: string | null; finishedAt: string | null; handledBytes: number; hasHeader: boolean; header: readonly (string)[]; id: string; made: number; reason: string | null; repeated: number; rows: number; state: 'uploading' | 'waiting' | 'running' | 'checked' | 'done' | 'cancelled' | 'failed' | 'undoing' | 'undone'; unchanged: number; undoRefused: number; undone: number; updatedAt: string; };
export type ImportPageDto = { data: readonly (ImportDto)[]; nextCursor: string | null; };
export type IngressUrlDto = { expiresAt: string | null; route: string; url: string; };
export type InstallationDto = { at: string; checks: Readonly<Record<string, string>>; databaseBytes: number; partitions: readonly (PartitionDto)[]; processes: readonly (ProcessDto)[]; queue: InstallationQueueDto; version: string; };
export type InstallationQueueDto = { backend: 'redis' | 'postgres'; behindMs: number; waiting: readonly (QueueDepthDto)[]; };
export type InvitationDto = { agentId: string | null; createdAt: string; email: string; expiresAt: string; id: string; role: 'operator' | 'admin' | 'supervisor' | 'agent'; };
export type InvitationOnceDto = { agentId: string | null; createdAt: string; email: string; expiresAt: string; id: string; mailed: boolean; role: 'operator' | 'admin' | 'supervisor' | 'agent'; url: string; };
export type InvitationPageDto = { data: readonly (InvitationDto)[]; nextCursor: string | null; };
export type IvrDocumentDryRunDto = { asks?: 'menu' | 'layer' | undefined; at?: string | undefined; did?: string | undefined; digits: readonly (string | null)[]; document: Readonly<Record<string, unknown>>; from?: string | undefined; timeZone?: string | undefined; };
export type IvrDryRunAnswerDto = { ended: 'hangup' | 'dial' | 'layer' | 'record' | 'fallback' | 'waiting'; steps: readonly (IvrDryRunStepDto)[]; };
export type IvrDryRunDto = { asks?: 'menu' | 'layer' | undefined; at?: string | undefined; did?: string | undefined; digits: readonly (string | null)[]; from?: string | undefined; timeZone?: string | undefined; };
export type IvrDryRunStepDto = { answer: Readonly<Record<string, unknown>>; digits: string | null; menu: string | null; };
export type IvrFlowDto = { createdAt: string; document: Readonly<Record<string, unknown>>; id: string; layout: Readonly<Record<string, unknown>> | null; name: string; updatedAt: string; version: number; };
export type IvrFlowPageDto = { data: readonly (IvrFlowDto)[]; nextCursor: string | null; };
export type IvrFlowPatchDto = { document?: Readonly<Record<string, unknown>> | undefined; name?: string | undefined; version: number; };
export type IvrLayoutDto = { layout: Readonly<Record<string, unknown>>; };
export type IvrProblemDto = { message: string; path: string; };
export type IvrRouteDto = { createdAt: string; defaultAnswer: Readonly<Record<string, unknown>> | null; did: string; flowId: string | null; headerNames: readonly (string)[]; id: string; protocol: 'same' | 'standard'; source: 'flow' | 'url'; timeoutMs: number; updatedAt: string; url: string | null; };
export type IvrRouteOnceDto = { createdAt: string; defaultAnswer: Readonly<Record<string, unknown>> | null; did: string; flowId: string | null; headerNames: readonly (string)[]; id: string; protocol: 'same' | 'standard'; secret: string | null; source: 'flow' | 'url'; timeoutMs: number; updatedAt: string; url: string | null; };
export type IvrRoutePageDto = { data: readonly (IvrRouteDto)[]; nextCursor: string | null; };
export type IvrRoutePutDto = { defaultAnswer?: Readonly<Record<string, unknown>> | null | undefined; flowId?: string | undefined; headers?: Readonly<Record<string, string>> | undefined; protocol?: 'same' | 'standard' | undefined; source: 'flow' | 'url'; timeoutMs?: number | undefined; url?: string | undefined; };
export type IvrStepDto = { at: string | null; digits: string | null; layerId: string; layerName: string | null; layerNumber: number | null; order: number; };
export type KnownProviderDto = { id: string; label: string; };
export type KnownProviderListDto = { data: readonly (KnownProviderDto)[]; };
export type LabelPutDto = { label: string; };
export type LatencyDto = { maxMs: number | null; p50Ms: number | null; p95Ms: number | null; p99Ms: number | null; };
export type LeadDoneDto = { disposition?: string | null | undefined; note?: string | null | undefined; };
export type LeadDto = { agentId: string | null; attempts: number; callerId: string | null; callerName: string | null; campaignId: string; consentAt: string | null; createdAt: string; customData: Readonly<Record<string, string>>; disposition: string | null; gate: string | null; id: string; importId: string | null; lastAt: string | null; lastResult: string | null; maxTries: number | null; name: string | null; nextAt: string | null; notBefore: string | null; note: string | null; number: string; postal: string | null; priority: number; reason: string | null; region: string | null; state: 'waiting' | 'offered' | 'dialling' | 'done' | 'given_up' | 'invalid' | 'removed'; updatedAt: string; zone: string | null; };
export type LeadImportDetailDto = { bytes: number; campaignId: string; charset: string; columns: readonly (string)[]; country: string | null; createdAt: string; createdBy: string; delimiter: string; dryRun: boolean; duplicates: number; duplicatesOf: 'open' | 'campaign' | 'tenant'; failed: number; fileName: string | null; finishedAt: string | null; handledBytes: number; hasHeader: boolean; header: readonly (string)[]; id: string; invalid: number; keepInvalid: boolean; made: number; reason: string | null; repeated: number; rows: number; sample: readonly (readonly (string)[])[]; state: 'uploading' | 'waiting' | 'running' | 'checked' | 'done' | 'cancelled' | 'failed' | 'undoing' | 'undone'; timeZone: string | null; undoRefused: number; undone: number; updatedAt: string; };
export type LeadImportDto = { bytes: number; campaignId: string; charset: string; columns: readonly (string)[]; country: string | null; createdAt: string; createdBy: string; delimiter: string; dryRun: boolean; duplicates: number; duplicatesOf: 'open' | 'campaign' | 'tenant'; failed: number; fileName: string | null; finishedAt: string | null; handledBytes: number; hasHeader: boolean; header: readonly (string)[]; id: string; invalid: number; keepInvalid: boolean; made: number; reason: string | null; repeated: number; rows: number; state: 'uploading' | 'waiting' | 'running' | 'checked' | 'done' | 'cancelled' | 'failed' | 'undoing' | 'undone'; timeZone: string | null; undoRefused: number; undone: number; updatedAt: string; };
export type LeadImportPageDto = { data: readonly (LeadImportDto)[]; nextCursor: string | null; };
export type LeadPageDto = { data: readonly (LeadDto)[]; nextCursor: string | null; };
export type LeadPatchDto = { callerId?: string | null | undefined; callerName?: string | null | undefined; consentAt?: string | null | undefined; customData?: Readonly<Record<string, unknown>> | undefined; maxTries?: number | null | undefined; name?: string | null | undefined; notBefore?: string | null | undefined; postal?: string | null | undefined; priority?: number | undefined; region?: string | null | undefined; zone?: string | null | undefined; };
export type LeadRowDto = { callerId?: string | null | undefined; callerName?: string | null | undefined; consentAt?: string | null | undefined; customData?: Readonly<Record<string, unknown>> | undefined; maxTries?: number | null | undefined; name?: string | null | undefined; notBefore?: string | null | undefined; number: string; postal?: string | null | undefined; priority?: number | undefined; region?: string | null | undefined; zone?: string | null | undefined; };
export type LeadWhyDto = { gate: 'campaign_state' | 'number' | 'lead_state' | 'do_not_call' | 'consent' | 'window' | 'holidays' | 'attempts_lead' | 'attempts_phone' | 'attempts_period' | 'min_gap' | 'after_drop' | 'after_talk' | 'scheduled' | 'caller_id_quota' | 'open_call' | null; may: boolean; nextAt: string | null; reason: string; zones: readonly (ZoneTimeDto)[]; };
export type LeadsAddedDto = { added: number; invalid: readonly (RefusedLeadDto)[]; refused: readonly (RefusedLeadDto)[]; unchanged: number; };
export type LinkLookDto = { token: string; };
export type LinkUseDto = { code?: string | undefined; email?: string | undefined; name?: string | undefined; password?: string | undefined; token: string; };
export type LinksRevokedDto = { revokedAt: string; };
export type ListedDto = { added: number; refused: readonly (RefusedNumberDto)[]; unchanged: number; };
export type ListedNumberDto = { createdAt: string; name: string | null; number: string; source: string; };
export type ListedNumberPageDto = { data: readonly (ListedNumberDto)[]; nextCursor: string | null; };
export type ListedPortalDto = { agentId: string | null; areas: readonly ('endpoints' | 'deliveries' | 'calls' | 'connections' | 'contacts' | 'agent')[]; createdAt: string; createdBy: string; endsAt: string; id: string; look: PortalLookDto; minutes: number; openedAt: string | null; readOnly: boolean; };
export type ListedSessionDto = { address: string | null; createdAt: string; current: boolean; expiresAt: string; id: string; lastSeenAt: string; method: 'password' | 'link' | 'oidc'; userAgent: string | null; };
export type LiveMessageDto = { events: readonly ({ topic: 'popup' | 'call' | 'agent' | 'queue' | 'campaign'; })[]; number: number; };
export type LiveNowDto = { events: readonly ({ topic: 'popup' | 'call' | 'agent' | 'queue' | 'campaign'; })[]; missed: readonly (LiveMessageDto)[]; number: number; resumed: boolean; };
export type MappingProblemDto = { message: string; path: string; };
export type MappingPutDto = { mapping?: Readonly<Record<string, unknown>> | undefined; secrets?: Readonly<Record<string, unknown>> | undefined; shipped?: string | undefined; };
export type MatchDto = { candidates: readonly (MatchedContactDto)[]; reason: 'only_one' | 'updated_last' | 'created_first' | 'first_source' | 'several' | 'nobody' | 'no_number' | 'extension' | 'own_number' | 'chosen'; total: number; };
export type MatchPolicyDto = { ask: 'side_by_side' | 'in_order'; choose: 'updated_last' | 'created_first' | 'ask' | 'by_source'; sources: readonly (string)[]; };
export type MatchedContactDto = { company: string | null; externalId: string | null; id: string; name: string; source: string; url: string | null; };
export type MeDto = { agent: PersonDto | null; memberships: readonly (MembershipDto)[]; rights: readonly ('own' | 'look_up' | 'see' | 'handle' | 'manage' | 'install')[]; role: 'operator' | 'admin' | 'supervisor' | 'agent' | null; tenantId: string | null; user: PersonOfSessionDto; };
export type MemberDto = { agentId: string | null; email: string; id: string; lastSignInAt: string | null; memberSince: string; name: string; role: 'operator' | 'admin' | 'supervisor' | 'agent'; };
export type MemberPageDto = { data: readonly (MemberDto)[]; nextCursor: string | null; };
export type MemberPatchDto = { agentId?: string | null | undefined; role?: 'admin' | 'supervisor' | 'agent' | undefined; };
export type MembersDto = { extensions: readonly (string)[]; };
export type MembershipDto = { agentId: string | null; role: 'operator' | 'admin' | 'supervisor' | 'agent'; tenantId: string | null; tenantName: string | null; };
export type MergeContactsDto = { contactId: string; mergedIds: readonly (string)[]; };
export type MergeDto = { contactId: string; id: string; mergedAt: string; mergedIds: readonly (string)[]; undoneAt: string | null; };
export type MergePageDto = { data: readonly (MergeDto)[]; nextCursor: string | null; };
export type MoneyDto = { amount: number; currency: string; };
export type MonthDto = { abandonment: number | null; answers: number; drops: number; withinTarget: boolean | null; };
export type NamedIdDto = { id: string; name: string | null; };
export type NeedDto = { code: 'endpoint.disabled' | 'endpoint.failing' | 'endpoint.backlog' | 'deliveries.dead' | 'connection.disabled' | 'socket.never' | 'socket.down' | 'webhooks.none' | 'webhooks.silent' | 'webhooks.refused' | 'clock.wrong' | 'receipts.unparsed' | 'receipts.set_aside' | 'words.unknown' | 'fields.unreadable' | 'endpoint.secret_expiring' | 'endpoint.credentials_expiring' | 'endpoint.access_expiring' | 'connection.token_expiring' | 'api_key.expiring'; message: string; params: Readonly<Record<string, unknown>>; subject: NeedSubjectDto; };
export type NeedSubjectDto = { id: string | null; name: string | null; type: 'endpoint' | 'connection' | 'api_key' | 'tenant'; };
export type NewAgentDto = { code?: string | null | undefined; email?: string | null | undefined; externalId?: string | null | undefined; name: string; };
export type NewAgentStatusDto = { color: string; name: string; number: number; };
export type NewApiCredentialDto = { agentId?: string | null | undefined; allowFrom?: readonly (string)[] | undefined; bring?: Readonly<Record<string, unknown>> | undefined; connectionId: string; department?: string | null | undefined; expiresAt?: string | null | undefined; facade: 'voicenter' | 'globalex' | 'voipnow'; kind?: 'code' | 'login' | 'token' | 'client' | undefined; name: string; origins?: readonly (string)[] | undefined; perMinute?: number | undefined; rights: readonly ('call' | 'read' | 'agents' | 'lists' | 'realtime' | 'events' | 'despite_do_not_call')[]; scope?: 'account' | 'department' | 'agent' | undefined; settings?: Readonly<Record<string, unknown>> | undefined; };
export type NewApiKeyDto = { expiresAt?: string | undefined; name: string; operator?: boolean | undefined; scopes: readonly ('read' | 'write' | 'admin')[]; };
export type NewCampaignDto = { connectionId: string; mode: 'preview' | 'progressive' | 'predictive' | 'message' | 'callback'; name: string; settings?: Readonly<Record<string, unknown>> | undefined; };
export type NewConnectionDto = { country?: string | undefined; dialect: 'voicenter' | 'voipnow' | 'globalex' | 'asterisk' | 'generic'; enabled?: boolean | undefined; epochs?: 'utc' | 'local' | undefined; name: string; settings?: Readonly<Record<string, unknown>> | undefined; timeZone?: string | undefined; };
export type NewContactDto = { company?: string | null | undefined; companyId?: string | null | undefined; country?: string | undefined; email?: string | null | undefined; externalId?: string | null | undefined; externalIds?: readonly ({ id: string; source: string; })[] | undefined; kind?: 'person' | 'company' | undefined; metadata?: Readonly<Record<string, unknown>> | undefined; name: string; ownerId?: string | null | undefined; phones?: readonly ({ kind?: 'mobile' | 'work' | 'home' | 'main' | 'fax' | 'other' | undefined; label?: string | undefined; number: string; })[] | undefined; url?: string | null | undefined; };
export type NewContactSourceDto = { enabled?: boolean | undefined; endpointId?: string | undefined; foundSeconds?: number | undefined; headers?: Readonly<Record<string, string>> | undefined; kind?: 'http' | 'crm' | undefined; name: string; notFoundSeconds?: number | undefined; staleSeconds?: number | undefined; timeoutMs?: number | undefined; url?: string | undefined; };
export type NewEndpointDto = { backlogAlertMinutes?: number | null | undefined; concurrency?: number | undefined; disableAfterHours?: number | null | undefined; eventTypes: readonly (string)[]; filter?: Readonly<Record<string, unknown>> | null | undefined; format?: 'standard' | 'voicenter' | 'voipnow' | 'globalex' | 'zammad' | 'template' | 'email' | 'bitrix24' | 'close' | 'dynamics' | 'espocrm' | 'freshdesk' | 'gohighlevel' | 'generic' | 'hubspot' | 'kommo' | 'monday' | 'odoo' | 'pipedrive' | 'salesforce' | 'suitecrm' | 'tryton' | 'twenty' | 'zendesk' | 'zoho' | undefined; formatSettings?: Readonly<Record<string, unknown>> | undefined; metadata?: Readonly<Record<string, unknown>> | undefined; name: string; note?: string | null | undefined; ordered?: boolean | undefined; rateBurst?: number | undefined; ratePerMinute?: number | null | undefined; scheduleMs?: readonly (number)[] | null | undefined; signatures?: readonly ('v1' | 'v1a')[] | undefined; timeoutMs?: number | undefined; url: string; };
export type NewErasureDto = { country?: string | undefined; dryRun?: boolean | undefined; force?: boolean | undefined; keep?: 'anonymous' | 'nothing' | undefined; number: string; waitMinutes?: number | undefined; };
export type NewGrantDto = { label: string; };
export type NewIdentityProviderDto = { clientId: string; clientSecret?: string | null | undefined; domains: readonly (string)[]; enabled?: boolean | undefined; enforced?: boolean | undefined; issuer: string; label: string; operator?: boolean | undefined; role?: 'admin' | 'supervisor' | 'agent' | null | undefined; };
export type NewInvitationDto = { agentId?: string | null | undefined; email: string; operator?: boolean | undefined; role?: 'admin' | 'supervisor' | 'agent' | undefined; };
export type NewIvrFlowDto = { document: Readonly<Record<string, unknown>>; name: string; };
export type NewLeadDto = { callerId?: string | null | undefined; callerName?: string | null | undefined; consentAt?: string | null | undefined; country?: string | undefined; customData?: Readonly<Record<string, unknown>> | undefined; duplicates?: 'open' | 'campaign' | 'tenant' | undefined; maxTries?: number | null | undefined; name?: string | null | undefined; notBefore?: string | null | undefined; number: string; postal?: string | null | undefined; priority?: number | undefined; region?: string | null | undefined; zone?: string | null | undefined; };
export type NewLeadsDto = { country?: string | undefined; duplicates?: 'open' | 'campaign' | 'tenant' | undefined; keepInvalid?: boolean | undefined; leads: readonly (LeadRowDto)[]; };
export type NewListedNumberDto = { name?: string | null | undefined; number: string; };
export type NewListedNumbersDto = { country?: string | undefined; numbers: readonly (NewListedNumberDto)[]; };
export type NewNoteDto = { outcome?: string | null | undefined; text?: string | null | undefined; };
export type NewOrderDto = { announcement?: AnnouncementDto | undefined; autoAnswer?: boolean | undefined; callerIdForFirst?: string | undefined; callerIdForSecond?: string | undefined; checkDevice?: boolean | undefined; conferenceRoom?: string | undefined; connectionId: string; first: OrderPartyDto; kind?: 'call' | 'announce' | 'conference' | undefined; language?: string | undefined; maxSeconds?: number | undefined; record?: boolean | undefined; ringSecondsFirst?: number | undefined; ringSecondsSecond?: number | undefined; second?: OrderPartyDto | undefined; variables?: Readonly<Record<string, unknown>> | undefined; };
export type NewPortalLinkDto = { agentId?: string | undefined; areas: readonly ('endpoints' | 'deliveries' | 'calls' | 'connections' | 'contacts' | 'agent')[]; look?: PortalLookDto | undefined; minutes?: number | undefined; readOnly?: boolean | undefined; };
export type NewRecordingLinkDto = { expiresInSeconds?: number | undefined; };
export type NewReplayDto = { callId?: string | undefined; endpointIds?: readonly (string)[] | undefined; eventTypes?: readonly (string)[] | undefined; from: string; kind: 'failed' | 'missed' | 'events'; number?: string | undefined; ratePerMinute?: number | undefined; reason?: string | undefined; status?: 'any' | 'delivered' | 'dead' | 'skipped' | 'never' | undefined; to?: string | undefined; };
export type NewTenantDto = { name: string; };
export type NewVoipnowRowDto = { active?: boolean | undefined; extension?: string | undefined; kind: number; method?: 'GET' | 'POST' | undefined; note?: string | undefined; url: string; };
export type NoteAuthorDto = { id: string; kind: 'key' | 'user' | 'portal' | 'system'; name: string | null; };
export type OidcBeginDto = { email?: string | undefined; providerId?: string | undefined; returnTo?: string | undefined; };
export type OidcDepartureDto = { url: string; };
export type OrderDto = { agentId: string | null; campaignId: string | null; code: string | null; connectionId: string; endedAt: string | null; first: OrderPartyDto; id: string; kind: 'call' | 'announce' | 'conference'; leadId: string | null; reason: string | null; result: string | null; second: OrderPartyDto | null; sentAt: string; settledAt: string | null; source: 'api' | 'voicenter' | 'globalex' | 'voipnow' | 'campaign'; state: 'reserved' | 'sending' | 'accepted' | 'ringing' | 'answered' | 'unknown' | 'ended' | 'refused' | 'not_placed' | 'orphaned' | 'cancelled' | 'expired'; variables: Readonly<Record<string, unknown>>; vendorCallId: string | null; };
export type OrderPageDto = { data: readonly (OrderDto)[]; nextCursor: string | null; };
export type OrderPartyDto = { kind: 'extension' | 'number' | 'queue' | 'trunk' | 'login_code'; value: string; };
export type OverviewCallsDto = { week: CallVolumeDto; weekBefore: CallVolumeDto; };
export type OverviewDto = { at: string; calls: OverviewCallsDto; deliveries: OverviewTriesDto; needs: readonly (NeedDto)[]; now: WaitingDto; };
export type OverviewTriesDto = { week: TryFiguresDto; weekBefore: TryFiguresDto; };
export type OwnCallDto = { agent: AgentDto | null; ai: Readonly<Record<string, unknown>> | null; answeredAt: string | null; callerLocalTime: string | null; connectionId: string; contact: MatchedContactDto | null; customData: Readonly<Record<string, unknown>>; department: NamedIdDto | null; did: DidDto | null; direction: 'inbound' | 'outbound' | 'internal'; endedAt: string | null; extension: string | null; extensionLabel: string | null; from: PartyDto; id: string; ivrPath: readonly (IvrStepDto)[]; legs: readonly (CallLegDto)[]; match: MatchDto | null; notes: readonly (CallNoteDto)[]; price: MoneyDto | null; queue: QueueOfCallDto | null; queueSeconds: number | null; raw: Readonly<Record<string, unknown>>; recordings: readonly (RecordingDto)[]; result: 'answered' | 'missed' | 'abandoned' | 'voicemail' | 'busy' | 'failed' | 'cancelled' | 'ivr_only' | 'unknown'; ringSeconds: number | null; seenAt: string | null; startedAt: string | null; state: 'ringing' | 'answered' | 'ended'; talkSeconds: number | null; to: PartyDto; transferOf: string | null; unreadableFields: readonly (string)[]; vendorCallId: string; vendorStatus: string; vendorType: string; };
export type OwnCallPageDto = { data: readonly (OwnCallDto)[]; nextCursor: string | null; unseen: number; };
export type OwnCampaignDto = { dispositions: readonly (string)[]; id: string; mode: 'preview' | 'progressive' | 'predictive' | 'message' | 'callback'; name: string; state: 'stopped' | 'running' | 'paused' | 'deleted'; };
export type OwnCampaignsDto = { data: readonly (OwnCampaignDto)[]; };
export type OwnDialDto = { extension?: string | undefined; };
export type OwnDispositionDto = { disposition?: string | null | undefined; note?: string | null | undefined; };
export type OwnNumberDto = { createdAt: string; label: string; number: string; updatedAt: string; };
export type OwnNumberPageDto = { data: readonly (OwnNumberDto)[]; nextCursor: string | null; };
export type OwnOrderDto = { connectionId?: string | undefined; extension?: string | undefined; to: string; };
export type OwnPhoneDto = { connectionId: string; connectionName: string; extension: string; hasWebPhone: boolean; label: string | null; };
export type OwnPhonesDto = { data: readonly (OwnPhoneDto)[]; };
export type OwnPopupsDto = { data: readonly ({ call: string; contacts: readonly (Readonly<Record<string, unknown>>)[]; state: 'ringing' | 'answered' | 'elsewhere'; topic: 'popup'; })[]; };
export type OwnSkipDto = { callAgainAt?: string | undefined; };
export type OwnWebPhoneDto = { connectionId: string; domain: string; expiresAt: string | null; extension: string; iceServers: readonly (IceServerDto)[]; idHeader: string; password: string; user: string; wsUrl: string; };
export type ParseFailureDto = { reason: string; receiptId: string; receivedAt: string; };
export type PartitionDto = { bytes: number; from: string; keptUntil: string; name: string; rows: number | null; table: string; to: string; };
export type PartyDto = { country: string | null; countryName: string | null; e164: string | null; extension?: string | undefined; original: string; type: 'mobile' | 'fixed_line' | 'fixed_line_or_mobile' | 'toll_free' | 'premium_rate' | 'shared_cost' | 'voip' | 'personal' | 'pager' | 'uan' | 'voicemail' | null; };
export type PasswordChangeDto = { code?: string | undefined; current: string; password: string; };
export type PasswordProofDto = { code?: string | undefined; password: string; };
export type PauseEndpointDto = { reason?: string | undefined; };
export type PbxAccountDto = { atOnce: number; connectionId: string; createdAt: string; enabled: boolean; feed: PbxFeedDto | null; numbers: 'local' | 'e164' | 'e164_plus' | null; perSecond: number; secretsSet: readonly (string)[]; settings: Readonly<Record<string, unknown>>; updatedAt: string; };
export type PbxAccountPutDto = { atOnce?: number | undefined; enabled?: boolean | undefined; numbers?: 'local' | 'e164' | 'e164_plus' | null | undefined; perSecond?: number | undefined; secrets?: Readonly<Record<string, unknown>> | undefined; settings?: Readonly<Record<string, unknown>> | undefined; };
export type PbxAccountTestedDto = { ok: boolean; reason: string; };
export type PbxCallDto = { extension: string | null; number: string | null; startedAt: string | null; state: 'ringing' | 'answered'; vendorCallId: string | null; };
export type PbxCallsDto = { data: readonly (PbxCallDto)[]; };
export type PbxDriverDto = { capabilities: readonly ('place_call' | 'place_to_customer_first' | 'announce' | 'conference' | 'hang_up' | 'list_calls' | 'list_queues' | 'list_extensions' | 'set_agent_state' | 'extension_state' | 'record' | 'transfer' | 'find_call' | 'feed')[]; fields: readonly (AccountFieldDto)[]; numbers: 'local' | 'e164' | 'e164_plus'; title: string; vendor: string; };
export type PbxDriversDto = { data: readonly (PbxDriverDto)[]; };
export type PbxFeedDto = { connectedAt: string | null; failedAt: string | null; nextTryAt: string | null; reason: string | null; since: string | null; state: 'waiting' | 'connecting' | 'up' | 'down'; };
export type PersonDto = { code: string | null; createdAt: string; email: string | null; externalId: string | null; id: string; name: string; updatedAt: string; };
export type PersonOfSessionDto = { email: string; hasTotp: boolean; id: string; name: string; };
export type PersonPageDto = { data: readonly (PersonDto)[]; nextCursor: string | null; };
export type PolicyMemberDto = { about: string; byDefault: boolean | number | string | readonly (string)[] | Readonly<Record<string, string>>; kind: 'choice' | 'flag' | 'count' | 'text' | 'template' | 'numbers' | 'words'; max: number | null; min: number | null; name: string; values: readonly (string)[] | null; };
export type PortalCodeDto = { code: string; };
export type PortalLinkOnceDto = { agentId: string | null; areas: readonly ('endpoints' | 'deliveries' | 'calls' | 'connections' | 'contacts' | 'agent')[]; createdAt: string; endsAt: string; id: string; look: PortalLookDto; minutes: number; openedAt: string | null; readOnly: boolean; url: string; };
export type PortalLookDto = { accent?: string | undefined; background?: string | undefined; language?: string | undefined; logoUrl?: string | undefined; };
export type PortalPageDto = { data: readonly (ListedPortalDto)[]; nextCursor: string | null; };
export type PortalSettingsDto = { origins: readonly (string)[]; };
export type PortalStandingDto = { agentId: string | null; areas: readonly ('endpoints' | 'deliveries' | 'calls' | 'connections' | 'contacts' | 'agent')[]; createdAt: string; endsAt: string; expiresAt: string; id: string; look: PortalLookDto; minutes: number; openedAt: string | null; origins: readonly (string)[]; readOnly: boolean; tenantId: string; };
export type PortalTokenOnceDto = { agentId: string | null; areas: readonly ('endpoints' | 'deliveries' | 'calls' | 'connections' | 'contacts' | 'agent')[]; createdAt: string; endsAt: string; expiresAt: string; id: string; look: PortalLookDto; minutes: number; openedAt: string | null; origins: readonly (string)[]; readOnly: boolean; tenantId: string; token: string; };
export type ProblemDto = { code: string; detail: string; errors?: readonly (FieldErrorDto)[] | undefined; instance?: string | undefined; problems?: readonly (IvrProblemDto)[] | undefined; status: number; title: string; type: string; };
export type ProcessDto = { alive: boolean; host: string; id: string; name: string; pid: number; seenAt: string; startedAt: string; version: string; };
export type PutContactDto = { company?: string | null | undefined; companyId?: string | null | undefined; country?: string | undefined; email?: string | null | undefined; externalIds?: readonly ({ id: string; source: string; })[] | undefined; kind?: 'person' | 'company' | undefined; metadata?: Readonly<Record<string, unknown>> | undefined; name: string; ownerId?: string | null | undefined; phones?: readonly ({ kind?: 'mobile' | 'work' | 'home' | 'main' | 'fax' | 'other' | undefined; label?: string | undefined; number: string; })[] | undefined; url?: string | null | undefined; };
export type PutMatchPolicyDto = { ask?: 'side_by_side' | 'in_order' | undefined; choose: 'updated_last' | 'created_first' | 'ask' | 'by_source'; sources?: readonly (string)[] | undefined; };
export type PutMembersDto = { extensions: readonly (string)[]; };
export type QueueDepthDto = { ageSeconds: number; depth: number; kind: string; };
export type QueueDto = { createdAt: string; id: string; label: string; updatedAt: string; };
export type QueueOfCallDto = { id: string; label: string | null; name: string | null; };
export type QueuePageDto = { data: readonly (QueueDto)[]; nextCursor: string | null; };
export type QueueTodayDto = { abandoned: number; answered: number; calls: number; connectionId: string; queueId: string; };
export type ReceiptDto = { connectionId: string; headers: Readonly<Record<string, string>>; id: string; method: string; note: string | null; query: string; reason: string | null; reasonCode: 'retries_used_up' | 'refusals_used_up' | 'retry_scheduled' | 'endpoint_waits' | 'token_renewed' | 'endpoint_was_disabled' | 'no_message' | 'event_gone' | 'our_fault' | 'endpoint_disabled' | 'endpoint_paused' | 'replay_cancelled' | 'endpoint_being_enabled' | 'endpoint_deleted' | 'connection_deleted' | 'number_erased' | 'call_not_there' | 'too_many_notes' | 'unknown_to_this_build' | 'not_enabled_any_more' | 'no_success' | 'stopped_by_api' | 'already_has_it' | 'wants_no_more' | 'credentials_refused' | 'redirect' | 'refused_for_good' | 'refused' | 'throttled' | 'answered' | 'mail_taken' | 'mail_not_now' | 'mail_refused' | 'token_refused_again' | 'no_token' | 'other' | null; reasonParams: Readonly<Record<string, unknown>> | null; receivedAt: string; route: string; sourceIp: string | null; state: 'due' | 'done' | 'unparsed' | 'set_aside'; tries: number; };
export type ReceiptPageDto = { data: readonly (ReceiptDto)[]; nextCursor: string | null; };
export type RecordingAccessDto = { encoding: 'plain' | 'base64' | 'base64url' | 'hex'; hosts: readonly (string)[]; kind: 'none' | 'basic' | 'header' | 'query'; name: string | null; template: string | null; user: string | null; };
export type RecordingAccessPutDto = { encoding?: 'plain' | 'base64' | 'base64url' | 'hex' | undefined; hosts?: readonly (string)[] | undefined; kind: 'none' | 'basic' | 'header' | 'query'; name?: string | undefined; password?: string | undefined; template?: string | null | undefined; user?: string | undefined; value?: string | undefined; };
export type RecordingDto = { url: string; vendorUrl: string | null; };
export type RecordingLinkDto = { expiresAt: string; url: string; };
export type RecordingStateDto = { state: 'on' | 'off' | 'mute' | 'unmute'; };
export type RecoveryCodesDto = { recoveryCodes: readonly (string)[]; };
export type RefusedDto = { count: number; lastAt: string; reason: 'not_upgraded' | 'bad_handshake' | 'not_http' | 'bad_body' | 'surplus' | 'replaced_url' | 'unknown_route' | 'disabled' | 'method' | 'bad_signature' | 'timeout' | 'cut_off' | 'too_large' | 'url_too_long' | 'too_much_at_once' | 'busy' | 'tenant_rate' | 'tenant_bytes'; sample: string; };
export type RefusedLeadDto = { index: number; reason: string; };
export type RefusedNumberDto = { index: number; reason: string; };
export type RegistryAnswersDto = { askedAt?: string | undefined; country?: string | undefined; listed: boolean; numbers: readonly (string)[]; };
export type RegistryKeptDto = { kept: number; refused: readonly (RefusedNumberDto)[]; };
export type ReplayAskDto = { from?: string | undefined; state: 'unparsed' | 'set_aside'; to?: string | undefined; };
export type ReplayCountDto = { exact: boolean; total: number; };
export type ReplayDetailDto = { createdAt: string; createdBy: string; dead: number; delivered: number; endpointId: string | null; filter: Readonly<Record<string, unknown>>; finishedAt: string | null; id: string; kind: 'failed' | 'missed' | 'events' | 'held'; queued: number; ratePerMinute: number; reason: string | null; reasonCode: 'retries_used_up' | 'refusals_used_up' | 'retry_scheduled' | 'endpoint_waits' | 'token_renewed' | 'endpoint_was_disabled' | 'no_message' | 'event_gone' | 'our_fault' | 'endpoint_disabled' | 'endpoint_paused' | 'replay_cancelled' | 'endpoint_being_enabled' | 'endpoint_deleted' | 'connection_deleted' | 'number_erased' | 'call_not_there' | 'too_many_notes' | 'unknown_to_this_build' | 'not_enabled_any_more' | 'no_success' | 'stopped_by_api' | 'already_has_it' | 'wants_no_more' | 'credentials_refused' | 'redirect' | 'refused_for_good' | 'refused' | 'throttled' | 'answered' | 'mail_taken' | 'mail_not_now' | 'mail_refused' | 'token_refused_again' | 'no_token' | 'other' | null; reasonParams: Readonly<Record<string, unknown>> | null; skipped: number; state: 'running' | 'done' | 'cancelling' | 'cancelled'; total: number; totalExact: boolean; updatedAt: string; waiting: number; };
export type ReplayDto = { createdAt: string; createdBy: string; endpointId: string | null; filter: Readonly<Record<string, unknown>>; finishedAt: string | null; id: string; kind: 'failed' | 'missed' | 'events' | 'held'; queued: number; ratePerMinute: number; reason: string | null; reasonCode: 'retries_used_up' | 'refusals_used_up' | 'retry_scheduled' | 'endpoint_waits' | 'token_renewed' | 'endpoint_was_disabled' | 'no_message' | 'event_gone' | 'our_fault' | 'endpoint_disabled' | 'endpoint_paused' | 'replay_cancelled' | 'endpoint_being_enabled' | 'endpoint_deleted' | 'connection_deleted' | 'number_erased' | 'call_not_there' | 'too_many_notes' | 'unknown_to_this_build' | 'not_enabled_any_more' | 'no_success' | 'stopped_by_api' | 'already_has_it' | 'wants_no_more' | 'credentials_refused' | 'redirect' | 'refused_for_good' | 'refused' | 'throttled' | 'answered' | 'mail_taken' | 'mail_not_now' | 'mail_refused' | 'token_refused_again' | 'no_token' | 'other' | null; reasonParams: Readonly<Record<string, unknown>> | null; state: 'running' | 'done' | 'cancelling' | 'cancelled'; total: number; totalExact: boolean; updatedAt: string; };
export type ReplayPageDto = { data: readonly (ReplayDto)[]; nextCursor: string | null; };
export type ReplayedDto = { more: boolean; replayed: number; };
export type ResetOnceDto = { expiresAt: string; mailed: boolean; url: string; };
export type RotateConnectionDto = { graceSeconds?: number | undefined; };
export type RotateSecretDto = { graceSeconds?: number | undefined; signatures?: readonly ('v1' | 'v1a')[] | undefined; };
export type RotatedSecretDto = { oldSecretSignsUntil: string; publicKey: string | null; secret: string | null; };
export type RowsClearedDto = { cleared: readonly (number)[]; };
export type SearchAnswerDto = { data: readonly (FoundDto)[]; };
export type SecondsDto = { average: number | null; longest: number | null; p50: number | null; p95: number | null; total: number; };
export type SeenCountDto = { unseen: number; };
export type SeenDto = { calls?: readonly (string)[] | undefined; until?: string | undefined; };
export type SeenFieldDto = { count: number; lastSeenAt: string; name: string; };
export type SeenLinkDto = { email: string | null; expiresAt: string; kind: 'setup' | 'invitation' | 'reset' | 'sign_in'; known: boolean; role: 'operator' | 'admin' | 'supervisor' | 'agent' | null; tenantName: string | null; };
export type SeenWordDto = { count: number; kind: 'status' | 'type'; lastSeenAt: string; word: string; };
export type SelectedRowsDto = { eventIds: readonly (number)[]; };
export type SentQuestionDto = { body: string | null; headers: Readonly<Record<string, string>>; method: string; url: string; };
export type SessionDto = { memberships: readonly (MembershipDto)[]; session: ListedSessionDto; user: PersonOfSessionDto; };
export type SessionListDto = { data: readonly (ListedSessionDto)[]; };
export type ShippedMappingDto = { about: string | null; mapping: Readonly<Record<string, unknown>>; name: string; needs: readonly (string)[]; steps: readonly (string)[]; title: string; };
export type ShippedMappingListDto = { data: readonly (ShippedMappingDto)[]; };
export type SignInDto = { code?: string | undefined; email: string; password: string; };
export type SipAccountDto = { createdAt: string; updatedAt: string; user: string; };
export type SipAccountPutDto = { password: string; user: string; };
export type SkippedRowDto = { id: string; table: string; why: string; };
export type SocketDto = { clockAheadMs: number | null; lines: readonly (SocketLineDto)[]; reason: string | null; remoteVersion: string | null; since: string | null; sourceIp: string | null; state: 'up' | 'down' | 'never'; };
export type SocketLineDto = { clockAheadMs: number | null; line: number; reason: string | null; remoteVersion: string | null; since: string | null; sourceIp: string | null; state: 'up' | 'down'; };
export type SourceAnswerDto = { contacts: readonly (AnsweredContactDto)[]; };
export type SourceQuestionDto = { callId?: string | undefined; did?: string | undefined; extension?: string | undefined; national: string; number: string; type: 'contact.lookup'; };
export type SourceTestDto = { country?: string | undefined; number: string; };
export type SourceTestedDto = { contacts: readonly (CountedContactDto)[]; durationMs: number; ignored: number; ok: boolean; problem: string | null; request: SentQuestionDto | null; response: GivenAnswerDto | null; };
export type StartErasureDto = { force?: boolean | undefined; keep?: 'anonymous' | 'nothing' | undefined; };
export type StartImportDto = { columns?: readonly (string)[] | undefined; country?: string | undefined; delimiter?: string | undefined; dryRun?: boolean | undefined; hasHeader?: boolean | undefined; };
export type StartLeadImportDto = { columns?: readonly (string)[] | undefined; country?: string | undefined; delimiter?: string | undefined; dryRun?: boolean | undefined; duplicates?: 'open' | 'campaign' | 'tenant' | undefined; hasHeader?: boolean | undefined; keepInvalid?: boolean | undefined; timeZone?: string | null | undefined; };
export type StatPointDto = { at: string; delivered: number; failed: number; p50Ms: number | null; p95Ms: number | null; p99Ms: number | null; };
export type StateChangeDto = { at: string; by: string; byName: string | null; from: string | null; id: string; kind: 'state' | 'standing'; reason: string | null; reasonCode: 'retries_used_up' | 'refusals_used_up' | 'retry_scheduled' | 'endpoint_waits' | 'token_renewed' | 'endpoint_was_disabled' | 'no_message' | 'event_gone' | 'our_fault' | 'endpoint_disabled' | 'endpoint_paused' | 'replay_cancelled' | 'endpoint_being_enabled' | 'endpoint_deleted' | 'connection_deleted' | 'number_erased' | 'call_not_there' | 'too_many_notes' | 'unknown_to_this_build' | 'not_enabled_any_more' | 'no_success' | 'stopped_by_api' | 'already_has_it' | 'wants_no_more' | 'credentials_refused' | 'redirect' | 'refused_for_good' | 'refused' | 'throttled' | 'answered' | 'mail_taken' | 'mail_not_now' | 'mail_refused' | 'token_refused_again' | 'no_token' | 'other' | null; reasonParams: Readonly<Record<string, unknown>> | null; to: string; };
export type StateChangePageDto = { data: readonly (StateChangeDto)[]; nextCursor: string | null; };
export type TellingDto = { because: string; code: 'delivered' | 'dead' | 'skipped' | 'held' | 'event_type_not_asked' | 'filter_not_met' | 'endpoint_is_younger' | 'asked_for_later' | 'waits_will_be_held' | 'waits_for_breaker' | 'waits_for_rate_limit' | 'waits_as_asked' | 'waits_for_order' | 'waits_for_retry' | 'waits_its_turn' | 'unknown_state'; deliveryId: string | null; eventId: string; params: Readonly<Record<string, unknown>>; sequence: number; told: boolean; type: string; };
export type TellingsDto = { data: readonly (TellingDto)[]; };
export type TemplateCredentialDto = { header: string | null; how: string; kind: 'none' | 'basic' | 'bearer' | 'header' | 'oauth2'; };
export type TemplateParameterDto = { name: string; title: string; value: string; };
export type TenantDto = { createdAt: string; id: string; name: string; requiresTotp: boolean; retentionDays: number | null; updatedAt: string; webhookBurst: number | null; webhookBytesPerDay: number | null; webhooksPerSecond: number | null; };
export type TenantPageDto = { data: readonly (TenantDto)[]; nextCursor: string | null; };
export type TenantPatchDto = { name?: string | undefined; requiresTotp?: boolean | undefined; retentionDays?: number | null | undefined; webhookBurst?: number | null | undefined; webhookBytesPerDay?: number | null | undefined; webhooksPerSecond?: number | null | undefined; };
export type TenantTroubleDto = { atLeast: boolean; connections: number; createdAt: string; dead: number; disabled: number; endpoints: number; held: number; id: string; late: number; lateSince: string | null; name: string; silent: number; trouble: number; };
export type TenantTroublesDto = { data: readonly (TenantTroubleDto)[]; total: number; troubled: number; };
export type TestSentDto = { deliveryId: string; eventId: string; type: string; };
export type TimelineDto = { data: readonly (TimelineItemDto)[]; };
export type TimelineItemDto = { at: string; decision?: string | undefined; decisionCode?: 'retries_used_up' | 'refusals_used_up' | 'retry_scheduled' | 'endpoint_waits' | 'token_renewed' | 'endpoint_was_disabled' | 'no_message' | 'event_gone' | 'our_fault' | 'endpoint_disabled' | 'endpoint_paused' | 'replay_cancelled' | 'endpoint_being_enabled' | 'endpoint_deleted' | 'connection_deleted' | 'number_erased' | 'call_not_there' | 'too_many_notes' | 'unknown_to_this_build' | 'not_enabled_any_more' | 'no_success' | 'stopped_by_api' | 'already_has_it' | 'wants_no_more' | 'credentials_refused' | 'redirect' | 'refused_for_good' | 'refused' | 'throttled' | 'answered' | 'mail_taken' | 'mail_not_now' | 'mail_refused' | 'token_refused_again' | 'no_token' | 'other' | null | undefined; decisionParams?: Readonly<Record<string, unknown>> | null | undefined; deliveryId?: string | undefined; dueAt?: string | null | undefined; durationMs?: number | undefined; endpointId?: string | undefined; eventId?: string | undefined; id: string; kind: 'receipt' | 'event' | 'delivery' | 'attempt'; number?: number | undefined; occurredAt?: string | undefined; outcome?: string | undefined; reason?: string | null | undefined; reasonCode?: 'retries_used_up' | 'refusals_used_up' | 'retry_scheduled' | 'endpoint_waits' | 'token_renewed' | 'endpoint_was_disabled' | 'no_message' | 'event_gone' | 'our_fault' | 'endpoint_disabled' | 'endpoint_paused' | 'replay_cancelled' | 'endpoint_being_enabled' | 'endpoint_deleted' | 'connection_deleted' | 'number_erased' | 'call_not_there' | 'too_many_notes' | 'unknown_to_this_build' | 'not_enabled_any_more' | 'no_success' | 'stopped_by_api' | 'already_has_it' | 'wants_no_more' | 'credentials_refused' | 'redirect' | 'refused_for_good' | 'refused' | 'throttled' | 'answered' | 'mail_taken' | 'mail_not_now' | 'mail_refused' | 'token_refused_again' | 'no_token' | 'other' | null | undefined; reasonParams?: Readonly<Record<string, unknown>> | null | undefined; receiptId?: string | null | undefined; route?: string | undefined; sequence?: number | undefined; state?: string | undefined; status?: number | null | undefined; timings?: Readonly<Record<string, unknown>> | undefined; type?: string | undefined; };
export type TotpCodeDto = { code: string; };
export type TotpSecretDto = { secret: string; uri: string; };
export type TransferDto = { kind: 'extension' | 'number' | 'queue'; value: string; };
export type TriedLegDto = { found: readonly (FoundFieldDto)[]; leftOver: Readonly<Record<string, unknown>>; report: Readonly<Record<string, unknown>>; words: string; };
export type TriedMappingDto = { calls: readonly (Readonly<Record<string, unknown>>)[]; handshake: boolean; legs: readonly (TriedLegDto)[]; problems: readonly (MappingProblemDto)[]; reason: string | null; reply: TriedReplyDto | null; shapes: readonly (string | null)[]; signature: TriedSignatureDto; unreadable: readonly (string)[]; };
export type TriedReplyDto = { body: string; contentType: string; headers: Readonly<Record<string, string>>; status: number; };
export type TriedSignatureDto = { reason: string | null; verdict: 'right' | 'wrong' | 'not_judged' | 'none'; };
export type TryFiguresDto = { answered: LatencyDto; delivered: number; failed: number; successRate: number | null; tries: number; };
export type TryMappingDto = { connectionId?: string | undefined; mapping?: Readonly<Record<string, unknown>> | undefined; receivedAt?: string | undefined; request: Readonly<Record<string, unknown>>; secrets?: Readonly<Record<string, unknown>> | undefined; shipped?: string | undefined; };
export type UnlistedDto = { refused: readonly (RefusedNumberDto)[]; removed: number; unchanged: number; };
export type UnlistedNumbersDto = { country?: string | undefined; numbers: readonly (string)[]; };
export type UnparsedDto = { lastDay: number; share: number | null; total: number; };
export type VoipnowRowDto = { active: boolean; event: 'Dial-In' | 'Dial-Out' | 'Hangup' | 'Answer on incoming call' | 'Answer on outgoing call'; eventId: number; extension: string; kind: number; method: 'GET' | 'POST'; note: string; url: string; };
export type VoipnowRowPatchDto = { active?: boolean | undefined; extension?: string | undefined; kind?: number | undefined; method?: 'GET' | 'POST' | undefined; note?: string | undefined; url?: string | undefined; };
export type VoipnowRowsDto = { data: readonly (VoipnowRowDto)[]; };
export type WaitingDto = { due: BacklogDto; endpoints?: { disabled: number; enabled: number; enabling: number; paused: number; } | undefined; held: BacklogDto; oldestWaitingSince: string | null; };
export type WarningDto = { code: 'connection.disabled' | 'socket.never' | 'socket.down' | 'webhooks.none' | 'webhooks.silent' | 'webhooks.refused' | 'clock.wrong' | 'receipts.unparsed' | 'receipts.set_aside' | 'words.unknown' | 'fields.unreadable'; message: string; params: Readonly<Record<string, unknown>>; };
export type WebPhoneDto = { connectionId: string; createdAt: string; domain: string; hasTurnSecret: boolean; iceUrls: readonly (string)[]; idHeader: string; updatedAt: string; wsUrl: string; };
export type WebPhonePutDto = { domain: string; iceUrls?: readonly (string)[] | undefined; idHeader?: string | undefined; turnSecret?: string | null | undefined; wsUrl: string; };
export type WebhookRateDto = { lastDay: number; lastHour: number; lastMinute: number; };
export type ZoneTimeDto = { time: string; zone: string; };

/** What each operation is given and answers, by its name in the document. */
export interface Operations {
  'agentState.put': { path: { id: string; }; query: None; body: AgentStatePutDto; answer: AgentStateDto };
  'agentStates.list': { path: None; query: { connectionId?: string | undefined; }; body: undefined; answer: AgentStatesDto };
  'agentStatuses.list': { path: None; query: None; body: undefined; answer: AgentStatusesDto };
  'agentStatuses.put': { path: None; query: None; body: AgentStatusesPutDto; answer: AgentStatusesDto };
  'agents.create': { path: None; query: None; body: NewAgentDto; answer: PersonDto };
  'agents.get': { path: { id: string; }; query: None; body: undefined; answer: PersonDto };
  'agents.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; }; body: undefined; answer: PersonPageDto };
  'agents.patch': { path: { id: string; }; query: None; body: AgentPatchDto; answer: PersonDto };
  'agents.remove': { path: { id: string; }; query: None; body: undefined; answer: undefined };
  'apiCredentials.create': { path: None; query: None; body: NewApiCredentialDto; answer: ApiCredentialOnceDto };
  'apiCredentials.get': { path: { id: string; }; query: None; body: undefined; answer: ApiCredentialDto };
  'apiCredentials.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; connectionId?: string | undefined; }; body: undefined; answer: ApiCredentialPageDto };
  'apiCredentials.patch': { path: { id: string; }; query: None; body: ApiCredentialPatchDto; answer: ApiCredentialDto };
  'apiCredentials.revoke': { path: { id: string; }; query: None; body: undefined; answer: undefined };
  'apiKeys.create': { path: None; query: None; body: NewApiKeyDto; answer: ApiKeyOnceDto };
  'apiKeys.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; operator?: boolean | undefined; }; body: undefined; answer: ApiKeyPageDto };
  'apiKeys.revoke': { path: { id: string; }; query: None; body: undefined; answer: undefined };
  'audit.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; subjectType?: string | undefined; subjectId?: string | undefined; from?: string | undefined; to?: string | undefined; operator?: boolean | undefined; }; body: undefined; answer: AuditPageDto };
  'callControl.hangUp': { path: { id: string; }; query: None; body: undefined; answer: undefined };
  'callControl.record': { path: { id: string; }; query: None; body: RecordingStateDto; answer: undefined };
  'callControl.transfer': { path: { id: string; }; query: None; body: TransferDto; answer: undefined };
  'callCrmLogs.list': { path: { id: string; }; query: None; body: undefined; answer: CrmLogListDto };
  'callWords.choose': { path: { id: string; }; query: None; body: ContactChoiceDto; answer: ChosenDto };
  'callWords.note': { path: { id: string; }; query: None; body: NewNoteDto; answer: CallNoteDto };
  'calls.count': { path: None; query: { from?: string | undefined; to?: string | undefined; by?: 'hour' | 'day' | undefined; zone?: string | undefined; connectionId?: string | undefined; agentId?: string | undefined; queueId?: string | undefined; }; body: undefined; answer: CallStatsDto };
  'calls.get': { path: { id: string; }; query: None; body: undefined; answer: CallDto };
  'calls.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; from?: string | undefined; to?: string | undefined; number?: string | undefined; extension?: string | undefined; result?: 'answered' | 'missed' | 'abandoned' | 'voicemail' | 'busy' | 'failed' | 'cancelled' | 'ivr_only' | 'unknown' | undefined; direction?: 'inbound' | 'outbound' | 'internal' | undefined; id?: string | undefined; connectionId?: string | undefined; queueId?: string | undefined; recording?: boolean | undefined; missed?: boolean | undefined; unknownCaller?: boolean | undefined; }; body: undefined; answer: CallPageDto };
  'calls.timeline': { path: { id: string; }; query: None; body: undefined; answer: TimelineDto };
  'calls.today': { path: None; query: { zone?: string | undefined; }; body: undefined; answer: CallsTodayDto };
  'campaignInsight.statistics': { path: { id: string; }; query: { from?: string | undefined; to?: string | undefined; by?: 'hour' | 'day' | undefined; zone?: string | undefined; }; body: undefined; answer: CampaignStatsDto };
  'campaignInsight.why': { path: { id: string; }; query: None; body: undefined; answer: CampaignWhyDto };
  'campaignMembers.add': { path: { id: string; }; query: None; body: AddMembersDto; answer: MembersDto };
  'campaignMembers.list': { path: { id: string; }; query: None; body: undefined; answer: MembersDto };
  'campaignMembers.put': { path: { id: string; }; query: None; body: PutMembersDto; answer: MembersDto };
  'campaignMembers.remove': { path: { id: string; extension: string; }; query: None; body: undefined; answer: undefined };
  'campaigns.clear': { path: { id: string; }; query: None; body: undefined; answer: ClearedDto };
  'campaigns.create': { path: None; query: None; body: NewCampaignDto; answer: CampaignOnceDto };
  'campaigns.get': { path: { id: string; }; query: None; body: undefined; answer: CampaignDto };
  'campaigns.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; connectionId?: string | undefined; state?: 'stopped' | 'running' | 'paused' | 'deleted' | undefined; }; body: undefined; answer: CampaignPageDto };
  'campaigns.patch': { path: { id: string; }; query: None; body: CampaignPatchDto; answer: CampaignDto };
  'campaigns.pause': { path: { id: string; }; query: None; body: undefined; answer: CampaignTurnedDto };
  'campaigns.recode': { path: { id: string; }; query: None; body: undefined; answer: CampaignOnceDto };
  'campaigns.remove': { path: { id: string; }; query: None; body: undefined; answer: undefined };
  'campaigns.start': { path: { id: string; }; query: None; body: undefined; answer: CampaignTurnedDto };
  'campaigns.stop': { path: { id: string; }; query: None; body: undefined; answer: CampaignTurnedDto };
  'connectionHealth.get': { path: { id: string; }; query: None; body: undefined; answer: ConnectionHealthDto };
  'connectionMapping.get': { path: { id: string; }; query: None; body: undefined; answer: ConnectionMappingDto };
  'connectionMapping.put': { path: { id: string; }; query: None; body: MappingPutDto; answer: ConnectionMappingDto };
  'connectionReceipts.list': { path: { id: string; }; query: { limit?: number | undefined; cursor?: string | undefined; state?: readonly ('due' | 'done' | 'unparsed' | 'set_aside')[] | undefined; from?: string | undefined; to?: string | undefined; }; body: undefined; answer: ReceiptPageDto };
  'connectionReceipts.replay': { path: { id: string; }; query: None; body: ReplayAskDto; answer: ReplayedDto };
  'connections.create': { path: None; query: None; body: NewConnectionDto; answer: ConnectionDetailDto };
  'connections.get': { path: { id: string; }; query: None; body: undefined; answer: ConnectionDetailDto };
  'connections.guide': { path: { id: string; }; query: None; body: undefined; answer: ConnectionGuideDto };
  'connections.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; dialect?: 'voicenter' | 'voipnow' | 'globalex' | 'asterisk' | 'generic' | undefined; }; body: undefined; answer: ConnectionPageDto };
  'connections.patch': { path: { id: string; }; query: None; body: ConnectionPatchDto; answer: ConnectionDto };
  'connections.remove': { path: { id: string; }; query: None; body: undefined; answer: undefined };
  'connections.rotate': { path: { id: string; }; query: None; body: RotateConnectionDto; answer: ConnectionDetailDto };
  'connectors.get': { path: { name: string; }; query: None; body: undefined; answer: ConnectorDto };
  'connectors.list': { path: None; query: None; body: undefined; answer: ConnectorListDto };
  'contactMerges.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; }; body: undefined; answer: MergePageDto };
  'contactMerges.merge': { path: None; query: None; body: MergeContactsDto; answer: MergeDto };
  'contactMerges.undo': { path: { id: string; }; query: None; body: undefined; answer: MergeDto };
  'contactSources.create': { path: None; query: None; body: NewContactSourceDto; answer: ContactSourceOnceDto };
  'contactSources.get': { path: { id: string; }; query: None; body: undefined; answer: ContactSourceDto };
  'contactSources.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; }; body: undefined; answer: ContactSourcePageDto };
  'contactSources.patch': { path: { id: string; }; query: None; body: ContactSourcePatchDto; answer: ContactSourceDto };
  'contactSources.remove': { path: { id: string; }; query: None; body: undefined; answer: undefined };
  'contactSources.test': { path: { id: string; }; query: None; body: SourceTestDto; answer: SourceTestedDto };
  'contacts.create': { path: None; query: None; body: NewContactDto; answer: ContactDto };
  'contacts.export': { path: None; query: { format?: 'csv' | 'vcard' | undefined; }; body: undefined; answer: string };
  'contacts.get': { path: { id: string; }; query: None; body: undefined; answer: ContactDto };
  'contacts.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; number?: string | undefined; text?: string | undefined; }; body: undefined; answer: ContactPageDto };
  'contacts.patch': { path: { id: string; }; query: None; body: ContactPatchDto; answer: ContactDto };
  'contacts.put': { path: { externalId: string; }; query: None; body: PutContactDto; answer: ContactDto };
  'contacts.remove': { path: { id: string; }; query: None; body: undefined; answer: undefined };
  'contacts.search': { path: None; query: { q: string; limit?: number | undefined; }; body: undefined; answer: FoundContactsDto };
  'contacts.upsertMany': { path: None; query: None; body: BulkContactsDto; answer: BulkResultsDto };
  'crmLogs.choose': { path: { id: string; callId: string; }; query: None; body: CrmChoiceDto; answer: CrmChosenDto };
  'crmLogs.list': { path: { id: string; }; query: { limit?: number | undefined; cursor?: string | undefined; state?: 'writing' | 'written' | 'undecided' | undefined; callId?: string | undefined; }; body: undefined; answer: CrmLogPageDto };
  'crmLogs.undo': { path: { id: string; callId: string; }; query: None; body: undefined; answer: CrmChosenDto };
  'crmTemplate.read': { path: None; query: None; body: CrmTemplateDraftDto; answer: CrmTemplateDto };
  'deliveries.get': { path: { id: string; }; query: None; body: undefined; answer: DeliveryDetailDto };
  'deliveries.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; endpointId?: string | undefined; state?: 'due' | 'delivered' | 'dead' | 'held' | 'skipped' | undefined; eventType?: string | undefined; callId?: string | undefined; replayId?: string | undefined; number?: string | undefined; status?: number | undefined; from?: string | undefined; to?: string | undefined; }; body: undefined; answer: DeliveryPageDto };
  'deliveries.retry': { path: { id: string; }; query: None; body: undefined; answer: DeliveryDto };
  'deliveries.retryAll': { path: None; query: None; body: BulkRetryDto; answer: ReplayDto };
  'dialPacks.list': { path: None; query: None; body: undefined; answer: DialPacksDto };
  'dialects.get': { path: { name: string; }; query: None; body: undefined; answer: DialectDto };
  'dialects.list': { path: None; query: None; body: undefined; answer: DialectListDto };
  'dids.get': { path: { id: string; number: string; }; query: None; body: undefined; answer: OwnNumberDto };
  'dids.list': { path: { id: string; }; query: { limit?: number | undefined; cursor?: string | undefined; }; body: undefined; answer: OwnNumberPageDto };
  'dids.put': { path: { id: string; number: string; }; query: None; body: LabelPutDto; answer: OwnNumberDto };
  'dids.remove': { path: { id: string; number: string; }; query: None; body: undefined; answer: undefined };
  'doNotCall.add': { path: None; query: None; body: NewListedNumbersDto; answer: ListedDto };
  'doNotCall.export': { path: None; query: None; body: undefined; answer: string };
  'doNotCall.get': { path: { number: string; }; query: { country?: string | undefined; }; body: undefined; answer: ListedNumberDto };
  'doNotCall.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; prefix?: string | undefined; }; body: undefined; answer: ListedNumberPageDto };
  'doNotCall.registry': { path: None; query: None; body: RegistryAnswersDto; answer: RegistryKeptDto };
  'doNotCall.remove': { path: None; query: None; body: UnlistedNumbersDto; answer: UnlistedDto };
  'endpointAccess.get': { path: { id: string; }; query: None; body: undefined; answer: EndpointAccessDto };
  'endpointAccess.put': { path: { id: string; }; query: None; body: EndpointAccessPutDto; answer: EndpointAccessDto };
  'endpointAccess.remove': { path: { id: string; }; query: None; body: undefined; answer: undefined };
  'endpointDryRun.run': { path: None; query: None; body: EndpointDryRunDto; answer: EndpointDryRunAnswerDto };
  'endpointGrants.add': { path: { id: string; }; query: None; body: NewGrantDto; answer: GrantJourneyDto };
  'endpointGrants.list': { path: { id: string; }; query: None; body: undefined; answer: GrantListDto };
  'endpointGrants.reconnect': { path: { id: string; grantId: string; }; query: None; body: undefined; answer: GrantJourneyDto };
  'endpointGrants.remove': { path: { id: string; grantId: string; }; query: None; body: undefined; answer: undefined };
  'endpointProbe.run': { path: { id: string; }; query: None; body: undefined; answer: EndpointProbedDto };
  'endpointStats.history': { path: { id: string; }; query: { limit?: number | undefined; cursor?: string | undefined; }; body: undefined; answer: StateChangePageDto };
  'endpointStats.of': { path: { id: string; }; query: { hours?: number | undefined; }; body: undefined; answer: EndpointStatsDto };
  'endpointStats.overview': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; state?: 'enabled' | 'disabled' | 'paused' | 'enabling' | undefined; hours?: number | undefined; }; body: undefined; answer: EndpointOverviewPageDto };
  'endpoints.create': { path: None; query: None; body: NewEndpointDto; answer: EndpointOnceDto };
  'endpoints.disable': { path: { id: string; }; query: None; body: DisableEndpointDto; answer: EndpointDto };
  'endpoints.enable': { path: { id: string; }; query: None; body: EnableEndpointDto; answer: EndpointDto };
  'endpoints.explain': { path: { id: string; }; query: { eventId?: string | undefined; callId?: string | undefined; }; body: undefined; answer: TellingsDto };
  'endpoints.get': { path: { id: string; }; query: None; body: undefined; answer: EndpointDto };
  'endpoints.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; state?: 'enabled' | 'disabled' | 'paused' | 'enabling' | undefined; }; body: undefined; answer: EndpointPageDto };
  'endpoints.patch': { path: { id: string; }; query: None; body: EndpointPatchDto; answer: EndpointDto };
  'endpoints.pause': { path: { id: string; }; query: None; body: PauseEndpointDto; answer: EndpointDto };
  'endpoints.remove': { path: { id: string; }; query: None; body: undefined; answer: undefined };
  'endpoints.rotateSecret': { path: { id: string; }; query: None; body: RotateSecretDto; answer: RotatedSecretDto };
  'endpoints.test': { path: { id: string; }; query: None; body: EndpointTestDto; answer: TestSentDto };
  'endpointsTotal.total': { path: None; query: { hours?: number | undefined; }; body: undefined; answer: EndpointsTotalDto };
  'erasures.cancel': { path: { id: string; }; query: None; body: undefined; answer: ErasureDto };
  'erasures.create': { path: None; query: None; body: NewErasureDto; answer: ErasureDto };
  'erasures.get': { path: { id: string; }; query: None; body: undefined; answer: ErasureDto };
  'erasures.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; state?: 'counting' | 'counted' | 'telling' | 'erasing' | 'done' | 'cancelled' | 'failed' | undefined; number?: string | undefined; country?: string | undefined; }; body: undefined; answer: ErasurePageDto };
  'erasures.start': { path: { id: string; }; query: None; body: StartErasureDto; answer: ErasureDto };
  'eventTypes.list': { path: None; query: None; body: undefined; answer: EventTypeListDto };
  'extensions.get': { path: { id: string; number: string; }; query: None; body: undefined; answer: ExtensionDto };
  'extensions.list': { path: { id: string; }; query: { limit?: number | undefined; cursor?: string | undefined; }; body: undefined; answer: ExtensionPageDto };
  'extensions.put': { path: { id: string; number: string; }; query: None; body: ExtensionPutDto; answer: ExtensionDto };
  'extensions.remove': { path: { id: string; number: string; }; query: None; body: undefined; answer: undefined };
  'extensions.replace': { path: { id: string; }; query: None; body: ExtensionListDto; answer: ExtensionsReplacedDto };
  'identityProviders.create': { path: None; query: None; body: NewIdentityProviderDto; answer: IdentityProviderDto };
  'identityProviders.get': { path: { id: string; }; query: None; body: undefined; answer: IdentityProviderDto };
  'identityProviders.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; operator?: boolean | undefined; }; body: undefined; answer: IdentityProviderPageDto };
  'identityProviders.patch': { path: { id: string; }; query: None; body: IdentityProviderPatchDto; answer: IdentityProviderDto };
  'identityProviders.remove': { path: { id: string; }; query: None; body: undefined; answer: undefined };
  'identityProviders.test': { path: { id: string; }; query: None; body: undefined; answer: IdentityProviderTestDto };
  'imports.cancel': { path: { id: string; }; query: None; body: undefined; answer: ImportDto };
  'imports.faults': { path: { id: string; }; query: None; body: undefined; answer: string };
  'imports.get': { path: { id: string; }; query: None; body: undefined; answer: ImportDetailDto };
  'imports.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; state?: 'uploading' | 'waiting' | 'running' | 'checked' | 'done' | 'cancelled' | 'failed' | 'undoing' | 'undone' | undefined; }; body: undefined; answer: ImportPageDto };
  'imports.start': { path: { id: string; }; query: None; body: StartImportDto; answer: ImportDto };
  'imports.undo': { path: { id: string; }; query: None; body: undefined; answer: ImportDto };
  'imports.upload': { path: None; query: { country?: string | undefined; delimiter?: string | undefined; hasHeader?: boolean | undefined; charset?: string | undefined; fileName?: string | undefined; }; body: string; answer: ImportDetailDto };
  'invitations.create': { path: None; query: None; body: NewInvitationDto; answer: InvitationOnceDto };
  'invitations.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; operator?: boolean | undefined; }; body: undefined; answer: InvitationPageDto };
  'invitations.remove': { path: { id: string; }; query: None; body: undefined; answer: undefined };
  'ivrFlows.arrange': { path: { id: string; }; query: None; body: IvrLayoutDto; answer: undefined };
  'ivrFlows.create': { path: None; query: None; body: NewIvrFlowDto; answer: IvrFlowDto };
  'ivrFlows.dryRun': { path: None; query: None; body: IvrDocumentDryRunDto; answer: IvrDryRunAnswerDto };
  'ivrFlows.dryRunOf': { path: { id: string; }; query: None; body: IvrDryRunDto; answer: IvrDryRunAnswerDto };
  'ivrFlows.get': { path: { id: string; }; query: None; body: undefined; answer: IvrFlowDto };
  'ivrFlows.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; }; body: undefined; answer: IvrFlowPageDto };
  'ivrFlows.patch': { path: { id: string; }; query: None; body: IvrFlowPatchDto; answer: IvrFlowDto };
  'ivrFlows.remove': { path: { id: string; }; query: None; body: undefined; answer: undefined };
  'ivrRoutes.list': { path: { connection: string; }; query: { limit?: number | undefined; cursor?: string | undefined; }; body: undefined; answer: IvrRoutePageDto };
  'ivrRoutes.put': { path: { connection: string; did: string; }; query: None; body: IvrRoutePutDto; answer: IvrRouteOnceDto };
  'ivrRoutes.remove': { path: { connection: string; did: string; }; query: None; body: undefined; answer: undefined };
  'leadImports.cancel': { path: { campaignId: string; id: string; }; query: None; body: undefined; answer: LeadImportDto };
  'leadImports.faults': { path: { campaignId: string; id: string; }; query: None; body: undefined; answer: string };
  'leadImports.get': { path: { campaignId: string; id: string; }; query: None; body: undefined; answer: LeadImportDetailDto };
  'leadImports.list': { path: { campaignId: string; }; query: { limit?: number | undefined; cursor?: string | undefined; state?: 'uploading' | 'waiting' | 'running' | 'checked' | 'done' | 'cancelled' | 'failed' | 'undoing' | 'undone' | undefined; }; body: undefined; answer: LeadImportPageDto };
  'leadImports.start': { path: { campaignId: string; id: string; }; query: None; body: StartLeadImportDto; answer: LeadImportDto };
  'leadImports.undo': { path: { campaignId: string; id: string; }; query: None; body: undefined; answer: LeadImportDto };
  'leadImports.upload': { path: { campaignId: string; }; query: { country?: string | undefined; delimiter?: string | undefined; hasHeader?: boolean | undefined; charset?: string | undefined; fileName?: string | undefined; }; body: string; answer: LeadImportDetailDto };
  'leadInsight.attempts': { path: { id: string; leadId: string; }; query: { limit?: number | undefined; cursor?: string | undefined; }; body: undefined; answer: OrderPageDto };
  'leadInsight.export': { path: { id: string; }; query: None; body: undefined; answer: string };
  'leadInsight.why': { path: { id: string; leadId: string; }; query: None; body: undefined; answer: LeadWhyDto };
  'leads.add': { path: { id: string; }; query: None; body: NewLeadDto; answer: LeadDto };
  'leads.addMany': { path: { id: string; }; query: None; body: NewLeadsDto; answer: LeadsAddedDto };
  'leads.done': { path: { id: string; leadId: string; }; query: None; body: LeadDoneDto; answer: LeadDto };
  'leads.get': { path: { id: string; leadId: string; }; query: None; body: undefined; answer: LeadDto };
  'leads.list': { path: { id: string; }; query: { limit?: number | undefined; cursor?: string | undefined; state?: 'waiting' | 'offered' | 'dialling' | 'done' | 'given_up' | 'invalid' | 'removed' | undefined; number?: string | undefined; importId?: string | undefined; disposition?: string | undefined; gate?: 'campaign_state' | 'number' | 'lead_state' | 'do_not_call' | 'consent' | 'window' | 'holidays' | 'attempts_lead' | 'attempts_phone' | 'attempts_period' | 'min_gap' | 'after_drop' | 'after_talk' | 'scheduled' | 'caller_id_quota' | undefined; }; body: undefined; answer: LeadPageDto };
  'leads.patch': { path: { id: string; leadId: string; }; query: None; body: LeadPatchDto; answer: LeadDto };
  'leads.remove': { path: { id: string; leadId: string; }; query: None; body: undefined; answer: undefined };
  'leads.requeue': { path: { id: string; leadId: string; }; query: None; body: undefined; answer: LeadDto };
  'links.forgotten': { path: None; query: None; body: ForgottenDto; answer: undefined };
  'links.look': { path: None; query: None; body: LinkLookDto; answer: SeenLinkDto };
  'links.use': { path: None; query: None; body: LinkUseDto; answer: SessionDto };
  'live.events': { path: None; query: { after?: number | undefined; }; body: undefined; answer: LiveNowDto };
  'mappings.list': { path: None; query: None; body: undefined; answer: ShippedMappingListDto };
  'mappings.try': { path: None; query: None; body: TryMappingDto; answer: TriedMappingDto };
  'matchPolicy.get': { path: None; query: None; body: undefined; answer: MatchPolicyDto };
  'matchPolicy.put': { path: None; query: None; body: PutMatchPolicyDto; answer: MatchPolicyDto };
  'me.get': { path: None; query: None; body: undefined; answer: MeDto };
  'numbers.export': { path: { number: string; }; query: { country?: string | undefined; }; body: undefined; answer: string };
  'oidc.begin': { path: None; query: None; body: OidcBeginDto; answer: OidcDepartureDto };
  'oidc.providers': { path: None; query: { email: string; }; body: undefined; answer: KnownProviderListDto };
  'operator.installation': { path: None; query: None; body: undefined; answer: InstallationDto };
  'operator.tenants': { path: None; query: { search?: string | undefined; limit?: number | undefined; }; body: undefined; answer: TenantTroublesDto };
  'orders.get': { path: { id: string; }; query: None; body: undefined; answer: OrderDto };
  'orders.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; connectionId?: string | undefined; state?: 'reserved' | 'sending' | 'accepted' | 'ringing' | 'answered' | 'unknown' | 'ended' | 'refused' | 'not_placed' | 'orphaned' | 'cancelled' | 'expired' | undefined; agentId?: string | undefined; number?: string | undefined; }; body: undefined; answer: OrderPageDto };
  'orders.place': { path: None; query: None; body: NewOrderDto; answer: OrderDto };
  'overview.get': { path: None; query: None; body: undefined; answer: OverviewDto };
  'ownCalls.choose': { path: { id: string; }; query: None; body: ContactChoiceDto; answer: ChosenDto };
  'ownCalls.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; missed?: boolean | undefined; seen?: boolean | undefined; number?: string | undefined; }; body: undefined; answer: OwnCallPageDto };
  'ownCalls.note': { path: { id: string; }; query: None; body: NewNoteDto; answer: CallNoteDto };
  'ownCalls.popups': { path: None; query: None; body: undefined; answer: OwnPopupsDto };
  'ownCalls.see': { path: None; query: None; body: SeenDto; answer: SeenCountDto };
  'ownLeads.campaigns': { path: None; query: None; body: undefined; answer: OwnCampaignsDto };
  'ownLeads.dial': { path: { leadId: string; }; query: None; body: OwnDialDto; answer: OrderDto };
  'ownLeads.dispose': { path: { leadId: string; }; query: None; body: OwnDispositionDto; answer: LeadDto };
  'ownLeads.next': { path: { id: string; }; query: None; body: undefined; answer: LeadDto };
  'ownLeads.skip': { path: { leadId: string; }; query: None; body: OwnSkipDto; answer: LeadDto };
  'ownOrders.phones': { path: None; query: None; body: undefined; answer: OwnPhonesDto };
  'ownOrders.place': { path: None; query: None; body: OwnOrderDto; answer: OrderDto };
  'ownPhone.get': { path: None; query: { extension?: string | undefined; connectionId?: string | undefined; }; body: undefined; answer: OwnWebPhoneDto };
  'ownState.get': { path: None; query: None; body: undefined; answer: AgentStateDto };
  'ownState.put': { path: None; query: None; body: AgentStatePutDto; answer: AgentStateDto };
  'pbxAccount.get': { path: { id: string; }; query: None; body: undefined; answer: PbxAccountDto };
  'pbxAccount.put': { path: { id: string; }; query: None; body: PbxAccountPutDto; answer: PbxAccountDto };
  'pbxAccount.remove': { path: { id: string; }; query: None; body: undefined; answer: undefined };
  'pbxAccount.test': { path: { id: string; }; query: None; body: undefined; answer: PbxAccountTestedDto };
  'pbxCalls.list': { path: { id: string; }; query: { extension?: string | undefined; }; body: undefined; answer: PbxCallsDto };
  'pbxDrivers.list': { path: None; query: None; body: undefined; answer: PbxDriversDto };
  'portalDoor.open': { path: None; query: None; body: PortalCodeDto; answer: PortalTokenOnceDto };
  'portalLinks.create': { path: None; query: None; body: NewPortalLinkDto; answer: PortalLinkOnceDto };
  'portalSession.end': { path: None; query: None; body: undefined; answer: undefined };
  'portalSession.get': { path: None; query: None; body: undefined; answer: PortalStandingDto };
  'portalSession.renew': { path: None; query: None; body: undefined; answer: PortalTokenOnceDto };
  'portalSettings.get': { path: None; query: None; body: undefined; answer: PortalSettingsDto };
  'portalSettings.put': { path: None; query: None; body: PortalSettingsDto; answer: PortalSettingsDto };
  'portals.end': { path: { id: string; }; query: None; body: undefined; answer: undefined };
  'portals.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; }; body: undefined; answer: PortalPageDto };
  'queues.get': { path: { id: string; queueId: string; }; query: None; body: undefined; answer: QueueDto };
  'queues.list': { path: { id: string; }; query: { limit?: number | undefined; cursor?: string | undefined; }; body: undefined; answer: QueuePageDto };
  'queues.put': { path: { id: string; queueId: string; }; query: None; body: LabelPutDto; answer: QueueDto };
  'queues.remove': { path: { id: string; queueId: string; }; query: None; body: undefined; answer: undefined };
  'receipts.get': { path: { id: string; }; query: None; body: undefined; answer: ReceiptDto };
  'receipts.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; state?: readonly ('unparsed' | 'set_aside')[] | undefined; connectionId?: string | undefined; }; body: undefined; answer: ReceiptPageDto };
  'receipts.raw': { path: { id: string; }; query: None; body: undefined; answer: undefined };
  'receipts.replay': { path: { id: string; }; query: None; body: undefined; answer: ReceiptDto };
  'recordingAccess.get': { path: { id: string; }; query: None; body: undefined; answer: RecordingAccessDto };
  'recordingAccess.put': { path: { id: string; }; query: None; body: RecordingAccessPutDto; answer: RecordingAccessDto };
  'recordingLinks.give': { path: { id: string; index: number; }; query: None; body: NewRecordingLinkDto; answer: RecordingLinkDto };
  'recordingLinks.revoke': { path: { id: string; }; query: None; body: undefined; answer: LinksRevokedDto };
  'replays.cancel': { path: { id: string; }; query: None; body: undefined; answer: ReplayDto };
  'replays.create': { path: None; query: None; body: NewReplayDto; answer: ReplayDto };
  'replays.get': { path: { id: string; }; query: None; body: undefined; answer: ReplayDetailDto };
  'replays.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; state?: 'running' | 'done' | 'cancelling' | 'cancelled' | undefined; endpointId?: string | undefined; }; body: undefined; answer: ReplayPageDto };
  'replays.preview': { path: None; query: None; body: NewReplayDto; answer: ReplayCountDto };
  'search.find': { path: None; query: { q: string; }; body: undefined; answer: SearchAnswerDto };
  'secondFactor.begin': { path: None; query: None; body: PasswordProofDto; answer: TotpSecretDto };
  'secondFactor.switchOff': { path: None; query: None; body: PasswordProofDto; answer: undefined };
  'secondFactor.switchOn': { path: None; query: None; body: TotpCodeDto; answer: RecoveryCodesDto };
  'session.changePassword': { path: None; query: None; body: PasswordChangeDto; answer: SessionDto };
  'session.get': { path: None; query: None; body: undefined; answer: SessionDto };
  'session.signOut': { path: None; query: None; body: undefined; answer: undefined };
  'sessions.end': { path: { id: string; }; query: None; body: undefined; answer: undefined };
  'sessions.endOthers': { path: None; query: None; body: undefined; answer: undefined };
  'sessions.list': { path: None; query: None; body: undefined; answer: SessionListDto };
  'signIn.signIn': { path: None; query: None; body: SignInDto; answer: SessionDto };
  'sipAccount.get': { path: { id: string; number: string; }; query: None; body: undefined; answer: SipAccountDto };
  'sipAccount.put': { path: { id: string; number: string; }; query: None; body: SipAccountPutDto; answer: SipAccountDto };
  'sipAccount.remove': { path: { id: string; number: string; }; query: None; body: undefined; answer: undefined };
  'tenants.create': { path: None; query: None; body: NewTenantDto; answer: TenantDto };
  'tenants.get': { path: { id: string; }; query: None; body: undefined; answer: TenantDto };
  'tenants.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; }; body: undefined; answer: TenantPageDto };
  'tenants.patch': { path: { id: string; }; query: None; body: TenantPatchDto; answer: TenantDto };
  'users.get': { path: { id: string; }; query: None; body: undefined; answer: MemberDto };
  'users.list': { path: None; query: { limit?: number | undefined; cursor?: string | undefined; operator?: boolean | undefined; }; body: undefined; answer: MemberPageDto };
  'users.patch': { path: { id: string; }; query: None; body: MemberPatchDto; answer: MemberDto };
  'users.remove': { path: { id: string; }; query: None; body: undefined; answer: undefined };
  'users.reset': { path: { id: string; }; query: None; body: undefined; answer: ResetOnceDto };
  'users.switchTotpOff': { path: { id: string; }; query: None; body: undefined; answer: undefined };
  'voipnowRows.add': { path: { id: string; }; query: None; body: NewVoipnowRowDto; answer: VoipnowRowDto };
  'voipnowRows.change': { path: { id: string; eventId: number; }; query: None; body: VoipnowRowPatchDto; answer: VoipnowRowDto };
  'voipnowRows.clear': { path: { id: string; }; query: None; body: SelectedRowsDto; answer: RowsClearedDto };
  'voipnowRows.disable': { path: { id: string; }; query: None; body: SelectedRowsDto; answer: VoipnowRowsDto };
  'voipnowRows.enable': { path: { id: string; }; query: None; body: SelectedRowsDto; answer: VoipnowRowsDto };
  'voipnowRows.get': { path: { id: string; eventId: number; }; query: None; body: undefined; answer: VoipnowRowDto };
  'voipnowRows.list': { path: { id: string; }; query: { extension?: string | undefined; kind?: number | undefined; active?: boolean | undefined; }; body: undefined; answer: VoipnowRowsDto };
  'voipnowRows.remove': { path: { id: string; eventId: number; }; query: None; body: undefined; answer: undefined };
  'webPhone.get': { path: { id: string; }; query: None; body: undefined; answer: WebPhoneDto };
  'webPhone.put': { path: { id: string; }; query: None; body: WebPhonePutDto; answer: WebPhoneDto };
  'webPhone.remove': { path: { id: string; }; query: None; body: undefined; answer: undefined };
}

/** Method and path of each operation. */
export const ROUTES: Readonly<Record<keyof Operations, string>> = {
  'agentState.put': 'PUT /v1/agents/{id}/state',
  'agentStates.list': 'GET /v1/agent-states',
  'agentStatuses.list': 'GET /v1/agent-statuses',
  'agentStatuses.put': 'PUT /v1/agent-statuses',
  'agents.create': 'POST /v1/agents',
  'agents.get': 'GET /v1/agents/{id}',
  'agents.list': 'GET /v1/agents',
  'agents.patch': 'PATCH /v1/agents/{id}',
  'agents.remove': 'DELETE /v1/agents/{id}',
  'apiCredentials.create': 'POST /v1/api-credentials',
  'apiCredentials.get': 'GET /v1/api-credentials/{id}',
  'apiCredentials.list': 'GET /v1/api-credentials',
  'apiCredentials.patch': 'PATCH /v1/api-credentials/{id}',
  'apiCredentials.revoke': 'DELETE /v1/api-credentials/{id}',
  'apiKeys.create': 'POST /v1/api-keys',
  'apiKeys.list': 'GET /v1/api-keys',
  'apiKeys.revoke': 'DELETE /v1/api-keys/{id}',
  'audit.list': 'GET /v1/audit',
  'callControl.hangUp': 'POST /v1/calls/{id}/hang-up',
  'callControl.record': 'POST /v1/calls/{id}/recording',
  'callControl.transfer': 'POST /v1/calls/{id}/transfer',
  'callCrmLogs.list': 'GET /v1/calls/{id}/crm-logs',
  'callWords.choose': 'PUT /v1/calls/{id}/contact',
  'callWords.note': 'POST /v1/calls/{id}/notes',
  'calls.count': 'GET /v1/calls/stats',
  'calls.get': 'GET /v1/calls/{id}',
  'calls.list': 'GET /v1/calls',
  'calls.timeline': 'GET /v1/calls/{id}/timeline',
  'calls.today': 'GET /v1/calls/stats/today',
  'campaignInsight.statistics': 'GET /v1/campaigns/{id}/statistics',
  'campaignInsight.why': 'GET /v1/campaigns/{id}/why',
  'campaignMembers.add': 'POST /v1/campaigns/{id}/members',
  'campaignMembers.list': 'GET /v1/campaigns/{id}/members',
  'campaignMembers.put': 'PUT /v1/campaigns/{id}/members',
  'campaignMembers.remove': 'DELETE /v1/campaigns/{id}/members/{extension}',
  'campaigns.clear': 'POST /v1/campaigns/{id}/clear',
  'campaigns.create': 'POST /v1/campaigns',
  'campaigns.get': 'GET /v1/campaigns/{id}',
  'campaigns.list': 'GET /v1/campaigns',
  'campaigns.patch': 'PATCH /v1/campaigns/{id}',
  'campaigns.pause': 'POST /v1/campaigns/{id}/pause',
  'campaigns.recode': 'POST /v1/campaigns/{id}/code',
  'campaigns.remove': 'DELETE /v1/campaigns/{id}',
  'campaigns.start': 'POST /v1/campaigns/{id}/start',
  'campaigns.stop': 'POST /v1/campaigns/{id}/stop',
  'connectionHealth.get': 'GET /v1/connections/{id}/health',
  'connectionMapping.get': 'GET /v1/connections/{id}/mapping',
  'connectionMapping.put': 'PUT /v1/connections/{id}/mapping',
  'connectionReceipts.list': 'GET /v1/connections/{id}/receipts',
  'connectionReceipts.replay': 'POST /v1/connections/{id}/receipts/replay',
  'connections.create': 'POST /v1/connections',
  'connections.get': 'GET /v1/connections/{id}',
  'connections.guide': 'GET /v1/connections/{id}/guide',
  'connections.list': 'GET /v1/connections',
  'connections.patch': 'PATCH /v1/connections/{id}',
  'connections.remove': 'DELETE /v1/connections/{id}',
  'connections.rotate': 'POST /v1/connections/{id}/rotate',
  'connectors.get': 'GET /v1/connectors/{name}',
  'connectors.list': 'GET /v1/connectors',
  'contactMerges.list': 'GET /v1/contact-merges',
  'contactMerges.merge': 'POST /v1/contact-merges',
  'contactMerges.undo': 'POST /v1/contact-merges/{id}/undo',
  'contactSources.create': 'POST /v1/contact-sources',
  'contactSources.get': 'GET /v1/contact-sources/{id}',
  'contactSources.list': 'GET /v1/contact-sources',
  'contactSources.patch': 'PATCH /v1/contact-sources/{id}',
  'contactSources.remove': 'DELETE /v1/contact-sources/{id}',
  'contactSources.test': 'POST /v1/contact-sources/{id}/test',
  'contacts.create': 'POST /v1/contacts',
  'contacts.export': 'GET /v1/contacts/export',
  'contacts.get': 'GET /v1/contacts/{id}',
  'contacts.list': 'GET /v1/contacts',
  'contacts.patch': 'PATCH /v1/contacts/{id}',
  'contacts.put': 'PUT /v1/contacts/by-external-id/{externalId}',
  'contacts.remove': 'DELETE /v1/contacts/{id}',
  'contacts.search': 'GET /v1/contacts/search',
  'contacts.upsertMany': 'POST /v1/contacts/bulk',
  'crmLogs.choose': 'PUT /v1/endpoints/{id}/crm-logs/{callId}/contact',
  'crmLogs.list': 'GET /v1/endpoints/{id}/crm-logs',
  'crmLogs.undo': 'DELETE /v1/endpoints/{id}/crm-logs/{callId}/contact',
  'crmTemplate.read': 'POST /v1/connectors/generic/template',
  'deliveries.get': 'GET /v1/deliveries/{id}',
  'deliveries.list': 'GET /v1/deliveries',
  'deliveries.retry': 'POST /v1/deliveries/{id}/retry',
  'deliveries.retryAll': 'POST /v1/deliveries/retry',
  'dialPacks.list': 'GET /v1/dial-packs',
  'dialects.get': 'GET /v1/dialects/{name}',
  'dialects.list': 'GET /v1/dialects',
  'dids.get': 'GET /v1/connections/{id}/dids/{number}',
  'dids.list': 'GET /v1/connections/{id}/dids',
  'dids.put': 'PUT /v1/connections/{id}/dids/{number}',
  'dids.remove': 'DELETE /v1/connections/{id}/dids/{number}',
  'doNotCall.add': 'POST /v1/do-not-call',
  'doNotCall.export': 'GET /v1/do-not-call/export',
  'doNotCall.get': 'GET /v1/do-not-call/{number}',
  'doNotCall.list': 'GET /v1/do-not-call',
  'doNotCall.registry': 'POST /v1/do-not-call/registry',
  'doNotCall.remove': 'POST /v1/do-not-call/remove',
  'endpointAccess.get': 'GET /v1/endpoints/{id}/access',
  'endpointAccess.put': 'PUT /v1/endpoints/{id}/access',
  'endpointAccess.remove': 'DELETE /v1/endpoints/{id}/access',
  'endpointDryRun.run': 'POST /v1/endpoints/dry-run',
  'endpointGrants.add': 'POST /v1/endpoints/{id}/grants',
  'endpointGrants.list': 'GET /v1/endpoints/{id}/grants',
  'endpointGrants.reconnect': 'POST /v1/endpoints/{id}/grants/{grantId}/reconnect',
  'endpointGrants.remove': 'DELETE /v1/endpoints/{id}/grants/{grantId}',
  'endpointProbe.run': 'POST /v1/endpoints/{id}/probe',
  'endpointStats.history': 'GET /v1/endpoints/{id}/history',
  'endpointStats.of': 'GET /v1/endpoints/{id}/stats',
  'endpointStats.overview': 'GET /v1/endpoints/stats',
  'endpoints.create': 'POST /v1/endpoints',
  'endpoints.disable': 'POST /v1/endpoints/{id}/disable',
  'endpoints.enable': 'POST /v1/endpoints/{id}/enable',
  'endpoints.explain': 'GET /v1/endpoints/{id}/explain',
  'endpoints.get': 'GET /v1/endpoints/{id}',
  'endpoints.list': 'GET /v1/endpoints',
  'endpoints.patch': 'PATCH /v1/endpoints/{id}',
  'endpoints.pause': 'POST /v1/endpoints/{id}/pause',
  'endpoints.remove': 'DELETE /v1/endpoints/{id}',
  'endpoints.rotateSecret': 'POST /v1/endpoints/{id}/rotate-secret',
  'endpoints.test': 'POST /v1/endpoints/{id}/test',
  'endpointsTotal.total': 'GET /v1/endpoints/stats/total',
  'erasures.cancel': 'POST /v1/erasures/{id}/cancel',
  'erasures.create': 'POST /v1/erasures',
  'erasures.get': 'GET /v1/erasures/{id}',
  'erasures.list': 'GET /v1/erasures',
  'erasures.start': 'POST /v1/erasures/{id}/start',
  'eventTypes.list': 'GET /v1/event-types',
  'extensions.get': 'GET /v1/connections/{id}/extensions/{number}',
  'extensions.list': 'GET /v1/connections/{id}/extensions',
  'extensions.put': 'PUT /v1/connections/{id}/extensions/{number}',
  'extensions.remove': 'DELETE /v1/connections/{id}/extensions/{number}',
  'extensions.replace': 'PUT /v1/connections/{id}/extensions',
  'identityProviders.create': 'POST /v1/identity-providers',
  'identityProviders.get': 'GET /v1/identity-providers/{id}',
  'identityProviders.list': 'GET /v1/identity-providers',
  'identityProviders.patch': 'PATCH /v1/identity-providers/{id}',
  'identityProviders.remove': 'DELETE /v1/identity-providers/{id}',
  'identityProviders.test': 'POST /v1/identity-providers/{id}/test',
  'imports.cancel': 'POST /v1/contacts/imports/{id}/cancel',
  'imports.faults': 'GET /v1/contacts/imports/{id}/faults',
  'imports.get': 'GET /v1/contacts/imports/{id}',
  'imports.list': 'GET /v1/contacts/imports',
  'imports.start': 'POST /v1/contacts/imports/{id}/start',
  'imports.undo': 'POST /v1/contacts/imports/{id}/undo',
  'imports.upload': 'POST /v1/contacts/imports',
  'invitations.create': 'POST /v1/invitations',
  'invitations.list': 'GET /v1/invitations',
  'invitations.remove': 'DELETE /v1/invitations/{id}',
  'ivrFlows.arrange': 'PUT /v1/ivr-flows/{id}/layout',
  'ivrFlows.create': 'POST /v1/ivr-flows',
  'ivrFlows.dryRun': 'POST /v1/ivr-flows/dry-run',
  'ivrFlows.dryRunOf': 'POST /v1/ivr-flows/{id}/dry-run',
  'ivrFlows.get': 'GET /v1/ivr-flows/{id}',
  'ivrFlows.list': 'GET /v1/ivr-flows',
  'ivrFlows.patch': 'PATCH /v1/ivr-flows/{id}',
  'ivrFlows.remove': 'DELETE /v1/ivr-flows/{id}',
  'ivrRoutes.list': 'GET /v1/connections/{connection}/ivr-routes',
  'ivrRoutes.put': 'PUT /v1/connections/{connection}/ivr-routes/{did}',
  'ivrRoutes.remove': 'DELETE /v1/connections/{connection}/ivr-routes/{did}',
  'leadImports.cancel': 'POST /v1/campaigns/{campaignId}/imports/{id}/cancel',
  'leadImports.faults': 'GET /v1/campaigns/{campaignId}/imports/{id}/faults',
  'leadImports.get': 'GET /v1/campaigns/{campaignId}/imports/{id}',
  'leadImports.list': 'GET /v1/campaigns/{campaignId}/imports',
  'leadImports.start': 'POST /v1/campaigns/{campaignId}/imports/{id}/start',
  'leadImports.undo': 'POST /v1/campaigns/{campaignId}/imports/{id}/undo',
  'leadImports.upload': 'POST /v1/campaigns/{campaignId}/imports',
  'leadInsight.attempts': 'GET /v1/campaigns/{id}/leads/{leadId}/attempts',
  'leadInsight.export': 'GET /v1/campaigns/{id}/leads/export',
  'leadInsight.why': 'GET /v1/campaigns/{id}/leads/{leadId}/why',
  'leads.add': 'POST /v1/campaigns/{id}/leads',
  'leads.addMany': 'POST /v1/campaigns/{id}/leads/bulk',
  'leads.done': 'POST /v1/campaigns/{id}/leads/{leadId}/done',
  'leads.get': 'GET /v1/campaigns/{id}/leads/{leadId}',
  'leads.list': 'GET /v1/campaigns/{id}/leads',
  'leads.patch': 'PATCH /v1/campaigns/{id}/leads/{leadId}',
  'leads.remove': 'DELETE /v1/campaigns/{id}/leads/{leadId}',
  'leads.requeue': 'POST /v1/campaigns/{id}/leads/{leadId}/requeue',
  'links.forgotten': 'POST /v1/links/forgotten',
  'links.look': 'POST /v1/links/look',
  'links.use': 'POST /v1/links/use',
  'live.events': 'GET /v1/live/events',
  'mappings.list': 'GET /v1/dialects/generic/mappings',
  'mappings.try': 'POST /v1/dialects/generic/try',
  'matchPolicy.get': 'GET /v1/match-policy',
  'matchPolicy.put': 'PUT /v1/match-policy',
  'me.get': 'GET /v1/me',
  'numbers.export': 'GET /v1/numbers/{number}/export',
  'oidc.begin': 'POST /v1/sign-in/oidc',
  'oidc.providers': 'GET /v1/sign-in/providers',
  'operator.installation': 'GET /v1/operator/installation',
  'operator.tenants': 'GET /v1/operator/tenants',
  'orders.get': 'GET /v1/orders/{id}',
  'orders.list': 'GET /v1/orders',
  'orders.place': 'POST /v1/orders',
  'overview.get': 'GET /v1/overview',
  'ownCalls.choose': 'PUT /v1/me/calls/{id}/contact',
  'ownCalls.list': 'GET /v1/me/calls',
  'ownCalls.note': 'POST /v1/me/calls/{id}/notes',
  'ownCalls.popups': 'GET /v1/me/popups',
  'ownCalls.see': 'PUT /v1/me/calls/seen',
  'ownLeads.campaigns': 'GET /v1/me/campaigns',
  'ownLeads.dial': 'POST /v1/me/leads/{leadId}/dial',
  'ownLeads.dispose': 'POST /v1/me/leads/{leadId}/disposition',
  'ownLeads.next': 'POST /v1/me/campaigns/{id}/next',
  'ownLeads.skip': 'POST /v1/me/leads/{leadId}/skip',
  'ownOrders.phones': 'GET /v1/me/phones',
  'ownOrders.place': 'POST /v1/me/orders',
  'ownPhone.get': 'GET /v1/me/phone',
  'ownState.get': 'GET /v1/me/state',
  'ownState.put': 'PUT /v1/me/state',
  'pbxAccount.get': 'GET /v1/connections/{id}/pbx-account',
  'pbxAccount.put': 'PUT /v1/connections/{id}/pbx-account',
  'pbxAccount.remove': 'DELETE /v1/connections/{id}/pbx-account',
  'pbxAccount.test': 'POST /v1/connections/{id}/pbx-account/test',
  'pbxCalls.list': 'GET /v1/connections/{id}/pbx-calls',
  'pbxDrivers.list': 'GET /v1/pbx-drivers',
  'portalDoor.open': 'POST /v1/portal-session',
  'portalLinks.create': 'POST /v1/portal-links',
  'portalSession.end': 'DELETE /v1/portal-session',
  'portalSession.get': 'GET /v1/portal-session',
  'portalSession.renew': 'POST /v1/portal-session/renew',
  'portalSettings.get': 'GET /v1/portal-settings',
  'portalSettings.put': 'PUT /v1/portal-settings',
  'portals.end': 'DELETE /v1/portal-sessions/{id}',
  'portals.list': 'GET /v1/portal-sessions',
  'queues.get': 'GET /v1/connections/{id}/queues/{queueId}',
  'queues.list': 'GET /v1/connections/{id}/queues',
  'queues.put': 'PUT /v1/connections/{id}/queues/{queueId}',
  'queues.remove': 'DELETE /v1/connections/{id}/queues/{queueId}',
  'receipts.get': 'GET /v1/receipts/{id}',
  'receipts.list': 'GET /v1/receipts',
  'receipts.raw': 'GET /v1/receipts/{id}/raw',
  'receipts.replay': 'POST /v1/receipts/{id}/replay',
  'recordingAccess.get': 'GET /v1/connections/{id}/recording-access',
  'recordingAccess.put': 'PUT /v1/connections/{id}/recording-access',
  'recordingLinks.give': 'POST /v1/calls/{id}/recordings/{index}/link',
  'recordingLinks.revoke': 'POST /v1/calls/{id}/recording-links/revoke',
  'replays.cancel': 'POST /v1/replays/{id}/cancel',
  'replays.create': 'POST /v1/replays',
  'replays.get': 'GET /v1/replays/{id}',
  'replays.list': 'GET /v1/replays',
  'replays.preview': 'POST /v1/replays/preview',
  'search.find': 'GET /v1/search',
  'secondFactor.begin': 'POST /v1/session/totp',
  'secondFactor.switchOff': 'POST /v1/session/totp/off',
  'secondFactor.switchOn': 'PUT /v1/session/totp',
  'session.changePassword': 'PUT /v1/session/password',
  'session.get': 'GET /v1/session',
  'session.signOut': 'DELETE /v1/session',
  'sessions.end': 'DELETE /v1/sessions/{id}',
  'sessions.endOthers': 'DELETE /v1/sessions',
  'sessions.list': 'GET /v1/sessions',
  'signIn.signIn': 'POST /v1/session',
  'sipAccount.get': 'GET /v1/connections/{id}/extensions/{number}/sip-account',
  'sipAccount.put': 'PUT /v1/connections/{id}/extensions/{number}/sip-account',
  'sipAccount.remove': 'DELETE /v1/connections/{id}/extensions/{number}/sip-account',
  'tenants.create': 'POST /v1/tenants',
  'tenants.get': 'GET /v1/tenants/{id}',
  'tenants.list': 'GET /v1/tenants',
  'tenants.patch': 'PATCH /v1/tenants/{id}',
  'users.get': 'GET /v1/users/{id}',
  'users.list': 'GET /v1/users',
  'users.patch': 'PATCH /v1/users/{id}',
  'users.remove': 'DELETE /v1/users/{id}',
  'users.reset': 'POST /v1/users/{id}/password-reset',
  'users.switchTotpOff': 'DELETE /v1/users/{id}/second-factor',
  'voipnowRows.add': 'POST /v1/endpoints/{id}/voipnow-rows',
  'voipnowRows.change': 'PATCH /v1/endpoints/{id}/voipnow-rows/{eventId}',
  'voipnowRows.clear': 'POST /v1/endpoints/{id}/voipnow-rows/clear',
  'voipnowRows.disable': 'POST /v1/endpoints/{id}/voipnow-rows/disable',
  'voipnowRows.enable': 'POST /v1/endpoints/{id}/voipnow-rows/enable',
  'voipnowRows.get': 'GET /v1/endpoints/{id}/voipnow-rows/{eventId}',
  'voipnowRows.list': 'GET /v1/endpoints/{id}/voipnow-rows',
  'voipnowRows.remove': 'DELETE /v1/endpoints/{id}/voipnow-rows/{eventId}',
  'webPhone.get': 'GET /v1/connections/{id}/web-phone',
  'webPhone.put': 'PUT /v1/connections/{id}/web-phone',
  'webPhone.remove': 'DELETE /v1/connections/{id}/web-phone',
};
