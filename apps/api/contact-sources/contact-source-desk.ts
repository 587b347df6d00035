import { id, type Actor, type ContactSourceId, type EndpointId, type Instant, type TenantId } from '#domain';
import {
  sealedFor,
  type ContactSourcePatch,
  type ContactSourceHealth,
  type ContactSourceRecord,
  type ContactSourceRepository,
  type EndpointRepository,
} from '#db';
import { checkTargetUrl, newId, newSecret, type Clock, type SecretBox, type TargetPolicy } from '#platform';
import { sourceKindNamed } from '#sources';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk, type PageQueryDto } from '../http/page.dto.js';
import { timeText } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import { adviceOn, checkConnected } from './connected-endpoint.js';
import {
  SOURCE_DEFAULTS,
  type ContactSourceDto,
  type ContactSourceHealthDto,
  type ContactSourceOnceDto,
  type ContactSourcePageDto,
  type ContactSourcePatchDto,
  type NewContactSourceDto,
} from './contact-source.dto.js';

export interface ContactSourceDeskParts {
  sources: ContactSourceRepository;
  endpoints: Pick<EndpointRepository, 'get'>;
  box: Pick<SecretBox, 'seal' | 'open'>;
  targets: TargetPolicy;
  clock: Pick<Clock, 'now'>;
}

/** Whom it asks, and what with; all but one of them null or none. */
interface AskedBy {
  url: string | null;
  endpointId: EndpointId | null;
  sealedHeaders: string | null;
}

type Given = { [K in 'url' | 'endpointId' | 'headers']: NewContactSourceDto[K] | undefined };

/** Whom a tenant wants to be asked who has a number: servers of its own, and CRMs. */
export class ContactSourceDesk {
  constructor(private readonly parts: ContactSourceDeskParts) {}

  /** @throws AppError `request.invalid`, `resource.not_found` for the endpoint, `endpoint.is_no_connector`, `endpoint.finds_nobody` */
  async create(
    tenant: TenantId,
    { headers, url, endpointId, ...draft }: NewContactSourceDto,
    by: Actor,
  ): Promise<ContactSourceOnceDto> {
    const sourceId = newId<ContactSourceId>();
    const settings = withDefaults(draft);
    const isServer = asksServer(settings.kind);
    const given = { url, endpointId, headers };
    if ((isServer ? url : endpointId) === undefined)
      throw missing(isServer ? 'url' : 'endpointId', settings.kind);
    const asked = await this.askedBy(tenant, sourceId, { kind: settings.kind, given });
    const secret = isServer ? newSecret() : null;
    const none: AskedBy = { url: null, endpointId: null, sealedHeaders: null };
    const fields = {
      ...{ ...settings, ...none, ...asked },
      sealedSecret: secret === null ? null : this.seal(sourceId, secret),
    };
    return { ...this.view(await this.parts.sources.create(tenant, sourceId, fields, by)), secret };
  }

  async list(tenant: TenantId, query: PageQueryDto): Promise<ContactSourcePageDto> {
    return pageAnswer(await this.parts.sources.list(tenant, pageAsk(query)), (source) => this.view(source));
  }

  async get(tenant: TenantId, sourceId: ContactSourceId): Promise<ContactSourceDto> {
    return this.view(found(await this.parts.sources.get(tenant, sourceId), 'contact source'));
  }

  /** @throws AppError as `create` */
  async patch(
    tenant: TenantId,
    sourceId: ContactSourceId,
    { headers, url, endpointId, kind, ...patch }: ContactSourcePatchDto,
    by: Actor,
  ): Promise<ContactSourceDto> {
    const before = found(await this.parts.sources.get(tenant, sourceId), 'contact source');
    if (kind !== undefined && kind !== before.kind) {
      const message = `kind stays ${before.kind}: make another source`;
      throw invalidRequest([{ field: 'kind', message }]);
    }
    const given = { url, endpointId, headers };
    const asked = await this.askedBy(tenant, sourceId, { kind: before.kind, given });
    const fields: ContactSourcePatch = { ...patch, ...asked };
    return this.view(await this.parts.sources.patch(tenant, sourceId, fields, by));
  }

  async remove(tenant: TenantId, sourceId: ContactSourceId, by: Actor): Promise<void> {
    await this.parts.sources.remove(tenant, sourceId, by);
  }

  /** What is given of it, checked. */
  private async askedBy(
    tenant: TenantId,
    sourceId: ContactSourceId,
    { kind, given: { url, endpointId, headers } }: { kind: string; given: Given },
  ): Promise<Partial<AskedBy>> {
    const isServer = asksServer(kind);
    const foreign = Object.entries(isServer ? { endpointId } : { url, headers });
    const [wrong] = foreign.flatMap(([field, value]) => (value === undefined ? [] : [field]));
    if (wrong !== undefined) {
      throw invalidRequest([{ field: wrong, message: `a source of the kind ${kind} has no ${wrong}` }]);
    }
    return {
      ...(url !== undefined && { url: this.checkedUrl(url) }),
      ...(endpointId !== undefined && { endpointId: await this.connected(tenant, id(endpointId)) }),
      ...(headers !== undefined && { sealedHeaders: this.sealedHeaders(sourceId, headers) }),
    };
  }

  private async connected(tenant: TenantId, endpointId: EndpointId): Promise<EndpointId> {
    checkConnected(found(await this.parts.endpoints.get(tenant, endpointId), 'endpoint'));
    return endpointId;
  }

  private checkedUrl(url: string): string {
    const verdict = checkTargetUrl(url, this.parts.targets);
    if (!verdict.ok) throw invalidRequest([{ field: 'url', message: verdict.reason }]);
    return verdict.url.href;
  }

  private sealedHeaders(sourceId: ContactSourceId, headers: Record<string, string>): string | null {
    const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    return lower.length === 0 ? null : this.seal(sourceId, JSON.stringify(Object.fromEntries(lower)));
  }

  private seal(sourceId: ContactSourceId, text: string): string {
    return this.parts.box.seal(text, sealedFor.contactSource(sourceId));
  }

  private view(source: ContactSourceRecord): ContactSourceDto {
    const { id, name, kind, url, endpointId, sealedHeaders, timeoutMs, enabled } = source;
    const { health, createdAt, updatedAt } = source;
    const { foundSeconds, notFoundSeconds, staleSeconds } = source;
    const headers =
      sealedHeaders === null ? '{}' : this.parts.box.open(sealedHeaders, sealedFor.contactSource(id));
    return {
      id,
      name,
      kind,
      url,
      endpointId,
      advice: adviceOn(source),
      headerNames: Object.keys(JSON.parse(headers) as Record<string, string>),
      timeoutMs,
      foundSeconds,
      notFoundSeconds,
      staleSeconds,
      enabled,
      health: healthView(health, this.parts.clock.now()),
      createdAt: timeText(createdAt),
      updatedAt: timeText(updatedAt),
    };
  }
}

function asksServer(kind: string): boolean {
  return sourceKindNamed(kind)?.asks === 'server';
}

function missing(field: 'url' | 'endpointId', kind: string) {
  return invalidRequest([{ field, message: `a source of the kind ${kind} needs ${field}` }]);
}

function withDefaults(draft: Omit<NewContactSourceDto, 'headers' | 'url' | 'endpointId'>) {
  const { name, kind = SOURCE_DEFAULTS.kind, timeoutMs = SOURCE_DEFAULTS.timeoutMs } = draft;
  const { foundSeconds = SOURCE_DEFAULTS.foundSeconds, enabled = SOURCE_DEFAULTS.enabled } = draft;
  const { notFoundSeconds = SOURCE_DEFAULTS.notFoundSeconds } = draft;
  const { staleSeconds = SOURCE_DEFAULTS.staleSeconds } = draft;
  return { name, kind, timeoutMs, foundSeconds, notFoundSeconds, staleSeconds, enabled };
}

function healthView(health: ContactSourceHealth, now: Instant): ContactSourceHealthDto {
  const { answeredAt, failedAt, failure, failuresInARow, openUntil } = health;
  const orNull = (at: Instant | null) => (at === null ? null : timeText(at));
  return {
    state: stateOf(health, now),
    answeredAt: orNull(answeredAt),
    failedAt: orNull(failedAt),
    failure,
    failuresInARow,
    openUntil: orNull(openUntil),
  };
}

function stateOf(health: ContactSourceHealth, now: Instant): ContactSourceHealthDto['state'] {
  const { answeredAt, failedAt, failuresInARow, openUntil } = health;
  if (openUntil !== null && openUntil > now) return 'resting';
  if (failuresInARow > 0) return 'failing';
  return answeredAt === null && failedAt === null ? 'unasked' : 'ok';
}
