import {
  DEFAULT_BACKLOG_ALERT_MINUTES,
  instant,
  isOperational,
  type Actor,
  type CallId,
  type ConnectionId,
  type EndpointId,
  type TenantId,
} from '#domain';
import type { EndpointRecord, EndpointRepository, HeldChoice } from '#db';
import { newId, type Clock, type MailSetup, type SecretBox, type TargetPolicy } from '#platform';
import type { Ringer } from '#queues';
import type { Caller } from '../access/caller.js';
import { allows } from '../access/scopes.js';
import { TEST_EVENT_TYPE } from '../event-types/known-event-types.js';
import { sampleEvent } from '../event-types/sample-event.js';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk } from '../http/page.dto.js';
import { reasonOf } from '../http/reason-of.js';
import { readTime, timeText } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import type {
  DisableEndpointDto,
  EnableEndpointDto,
  EndpointDto,
  EndpointPageDto,
  EndpointPatchDto,
  EndpointQueryDto,
  NewEndpointDto,
  PauseEndpointDto,
} from './endpoint.dto.js';
import type { EndpointTestDto, TestSentDto } from './endpoint-test.dto.js';
import type { EndpointOnceDto, RotateSecretDto, RotatedSecretDto } from './endpoint-secret.dto.js';
import { freshSecrets } from './fresh-secrets.js';
import { checkedSettings } from './checked-settings.js';
import { checkCrmWishes } from './crm-rules.js';
import { checkedUrl } from './checked-url.js';
import { mayGoToIn } from './may-go-to.js';
import { assertMailSetUp, assertSameCarrier, checkMailWishes, isMail, mailHasNone } from './mail-rules.js';

const DEFAULT_CONCURRENCY = 10;
const DEFAULT_TIMEOUT_MS = 15_000;
const DEFAULT_DISABLE_AFTER_HOURS = 5 * 24;
const DEFAULT_SIGNATURES = ['v1'] as const;
const DEFAULT_GRACE_SECONDS = 24 * 60 * 60;

export interface EndpointDeskParts {
  endpoints: EndpointRepository;
  ringer: Pick<Ringer, 'ring'>;
  box: Pick<SecretBox, 'seal' | 'open'>;
  clock: Pick<Clock, 'now'>;
  targets: TargetPolicy;
  mail: MailSetup;
}

/** Where tenants want their events, and the secrets that sign them. */
export class EndpointDesk {
  constructor(private readonly parts: EndpointDeskParts) {}

  /** @throws AppError `request.invalid`, `mail.not_set_up` */
  async create(tenant: TenantId, draft: NewEndpointDto, by: Actor): Promise<EndpointOnceDto> {
    const id = newId<EndpointId>();
    const format = draft.format ?? 'standard';
    const mail = isMail(format);
    if (mail) {
      assertMailSetUp(this.parts.mail);
      checkMailWishes(draft);
    }
    checkCrmWishes(format, { ordered: draft.ordered ?? true });
    const fields = {
      id,
      name: draft.name,
      url: checkedUrl(format, draft.url, this.parts.targets),
      format,
      formatSettings: checkedSettings(format, draft.formatSettings, { targets: this.parts.targets }),
      eventTypes: draft.eventTypes,
      filter: draft.filter ?? null,
      ordered: draft.ordered ?? true,
      concurrency: draft.concurrency ?? DEFAULT_CONCURRENCY,
      timeoutMs: draft.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      scheduleMs: draft.scheduleMs ?? [],
      ratePerMinute: draft.ratePerMinute ?? null,
      rateBurst: draft.rateBurst ?? 1,
      disableAfterHours:
        draft.disableAfterHours === undefined ? DEFAULT_DISABLE_AFTER_HOURS : draft.disableAfterHours,
      backlogAlertMinutes:
        draft.backlogAlertMinutes === undefined ? DEFAULT_BACKLOG_ALERT_MINUTES : draft.backlogAlertMinutes,
      note: draft.note ?? null,
      metadata: draft.metadata ?? {},
    };
    const signatures = mail ? [] : (draft.signatures ?? DEFAULT_SIGNATURES);
    const fresh = freshSecrets(id, signatures, this.parts.box);
    const { secret, sealed, ...signing } = fresh;
    const endpoint = await this.parts.endpoints.create(tenant, { ...fields, ...signing }, sealed, by);
    return { ...endpointView(endpoint), secret };
  }

  async list(tenant: TenantId, query: EndpointQueryDto): Promise<EndpointPageDto> {
    const filter = { state: query.state };
    return pageAnswer(await this.parts.endpoints.list(tenant, filter, pageAsk(query)), endpointView);
  }

  async get(tenant: TenantId, id: EndpointId): Promise<EndpointDto> {
    return endpointView(found(await this.parts.endpoints.get(tenant, id), 'endpoint'));
  }

  /** @throws AppError `endpoint.access_set` 403 where its credentials would go elsewhere and the caller is no administrator */
  async patch(
    tenant: TenantId,
    id: EndpointId,
    patch: EndpointPatchDto,
    { actor, scopes }: Pick<Caller, 'actor' | 'scopes'>,
  ): Promise<EndpointDto> {
    const decide = (before: EndpointRecord) => {
      const format = patch.format ?? before.format;
      assertSameCarrier(before.format, format);
      if (isMail(format)) checkMailWishes(patch);
      checkCrmWishes(format, { ordered: patch.ordered ?? before.ordered });
      const fields = {
        ...patch,
        ...this.changedFormat(before, patch),
        url: patch.url === undefined ? undefined : checkedUrl(format, patch.url, this.parts.targets),
        scheduleMs: patch.scheduleMs === null ? [] : patch.scheduleMs,
      };
      return { fields };
    };
    const mayGoTo = mayGoToIn(this.parts.box, id);
    const by = { by: actor, maySendAccess: allows(scopes, 'admin'), mayGoTo };
    const endpoint = await this.parts.endpoints.patch(tenant, id, decide, by);
    if (patch.url !== undefined) this.ring(id);
    return endpointView(endpoint);
  }

  async enable(tenant: TenantId, id: EndpointId, order: EnableEndpointDto, by: Actor): Promise<EndpointDto> {
    const choice = heldChoiceOf(order);
    const { endpoint, replayId } = await this.parts.endpoints.enable(tenant, id, choice, by);
    this.ring(id);
    if (replayId !== null) this.parts.ringer.ring('replay', [replayId]);
    return endpointView(endpoint);
  }

  async disable(
    tenant: TenantId,
    id: EndpointId,
    { reason = 'disabled through the API' }: DisableEndpointDto,
    by: Actor,
  ): Promise<EndpointDto> {
    return endpointView(await this.parts.endpoints.disable(tenant, id, reason, by));
  }

  async pause(
    tenant: TenantId,
    id: EndpointId,
    { reason = 'paused through the API' }: PauseEndpointDto,
    by: Actor,
  ): Promise<EndpointDto> {
    return endpointView(await this.parts.endpoints.pause(tenant, id, reason, by));
  }

  async rotateSecret(
    tenant: TenantId,
    id: EndpointId,
    { graceSeconds = DEFAULT_GRACE_SECONDS, signatures }: RotateSecretDto,
    by: Actor,
  ): Promise<RotatedSecretDto> {
    const graceUntil = instant(this.parts.clock.now() + graceSeconds * 1000);
    const before = found(await this.parts.endpoints.get(tenant, id), 'endpoint');
    if (isMail(before.format)) throw mailHasNone('secret');
    const { secret, ...fresh } = freshSecrets(id, signatures ?? before.signatures, this.parts.box);
    await this.parts.endpoints.rotateSecret(tenant, id, { ...fresh, graceUntil }, by);
    return { secret, publicKey: fresh.publicKey, oldSecretSignsUntil: timeText(graceUntil) };
  }

  /** @throws AppError `request.invalid`, `resource.not_found` also for a call without such an event, `endpoint.disabled` */
  async test(
    tenant: TenantId,
    id: EndpointId,
    { type = TEST_EVENT_TYPE, callId }: EndpointTestDto,
    by: Actor,
  ): Promise<TestSentDto> {
    const ids = { call: newId<CallId>(), connection: newId<ConnectionId>() };
    const event =
      callId === undefined
        ? { type, payload: sampleEvent(type, this.parts.clock.now(), ids) }
        : { type: typeOfCalls(type), ofCall: callId.toLowerCase() as CallId };
    const sent = await this.parts.endpoints.sendTest(tenant, id, event, by);
    this.ring(id);
    return { ...sent, type };
  }

  async remove(tenant: TenantId, id: EndpointId, by: Actor): Promise<void> {
    await this.parts.endpoints.remove(tenant, id, by);
  }

  /** Settings belong to their format: a new one starts with those that come along, or with none. */
  private changedFormat(
    before: EndpointRecord,
    { format = before.format, formatSettings }: EndpointPatchDto,
  ): { formatSettings?: Record<string, unknown> } {
    const { targets } = this.parts;
    const isSame = format === before.format;
    if (isSame && formatSettings === undefined) return {};
    const replaced = isSame ? before.formatSettings : undefined;
    return { formatSettings: checkedSettings(format, formatSettings, { targets, before: replaced }) };
  }

  private ring(id: EndpointId): void {
    this.parts.ringer.ring('endpoint', [id]);
  }
}

/** @throws AppError `request.invalid` for a type of event that no call has */
function typeOfCalls(type: string): string {
  if (!isOperational(type)) return type;
  throw invalidRequest([{ field: 'type', message: 'with callId, type must be one of the events of calls' }]);
}

/** @throws AppError `request.invalid` when a time is missing, or given where it means nothing */
function heldChoiceOf({ held = 'drain', from: text }: EnableEndpointDto): HeldChoice {
  const from = readTime(text);
  if (held === 'replay_from' && from !== undefined) return { held, from };
  if (held === 'replay_from') throw invalidRequest([{ field: 'from', message: 'from must say since when' }]);
  if (from !== undefined) {
    throw invalidRequest([{ field: 'from', message: 'from goes with "replay_from" only' }]);
  }
  return { held };
}

function endpointView(endpoint: EndpointRecord): EndpointDto {
  const {
    id,
    name,
    url,
    format,
    formatSettings,
    eventTypes,
    state,
    stateReason,
    ordered,
    concurrency,
    timeoutMs,
  } = endpoint;
  return {
    id,
    name,
    url,
    format,
    formatSettings,
    eventTypes,
    filter: endpoint.filter,
    signatures: endpoint.signatures,
    publicKey: endpoint.publicKey,
    state,
    stateReason,
    ...reasonOf('stateReason', stateReason),
    ordered,
    concurrency,
    timeoutMs,
    scheduleMs: endpoint.scheduleMs.length === 0 ? null : endpoint.scheduleMs,
    ratePerMinute: endpoint.ratePerMinute,
    rateBurst: endpoint.rateBurst,
    disableAfterHours: endpoint.disableAfterHours,
    backlogAlertMinutes: endpoint.backlogAlertMinutes,
    note: endpoint.note,
    metadata: endpoint.metadata,
    createdAt: timeText(endpoint.createdAt),
    updatedAt: timeText(endpoint.updatedAt),
  };
}
