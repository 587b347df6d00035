import type { Actor, ContactSourceId, Instant, TenantId } from '#domain';
import {
  sealedFor,
  type ContactSourcePatch,
  type ContactSourceHealth,
  type ContactSourceRecord,
  type ContactSourceRepository,
} from '#db';
import { checkTargetUrl, newId, newSecret, type Clock, type SecretBox, type TargetPolicy } from '#platform';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk, type PageQueryDto } from '../http/page.dto.js';
import { timeText } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
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
  box: Pick<SecretBox, 'seal' | 'open'>;
  targets: TargetPolicy;
  clock: Pick<Clock, 'now'>;
}

/** The servers that a tenant wants to be asked who has a number. */
export class ContactSourceDesk {
  constructor(private readonly parts: ContactSourceDeskParts) {}

  async create(
    tenant: TenantId,
    { headers = {}, ...draft }: NewContactSourceDto,
    by: Actor,
  ): Promise<ContactSourceOnceDto> {
    const sourceId = newId<ContactSourceId>();
    const secret = newSecret();
    const fields = {
      ...withDefaults(draft),
      url: this.checkedUrl(draft.url),
      sealedHeaders: this.sealedHeaders(sourceId, headers),
      sealedSecret: this.seal(sourceId, secret),
    };
    return { ...this.view(await this.parts.sources.create(tenant, sourceId, fields, by)), secret };
  }

  async list(tenant: TenantId, query: PageQueryDto): Promise<ContactSourcePageDto> {
    return pageAnswer(await this.parts.sources.list(tenant, pageAsk(query)), (source) => this.view(source));
  }

  async get(tenant: TenantId, sourceId: ContactSourceId): Promise<ContactSourceDto> {
    return this.view(found(await this.parts.sources.get(tenant, sourceId), 'contact source'));
  }

  async patch(
    tenant: TenantId,
    sourceId: ContactSourceId,
    { headers, url, ...patch }: ContactSourcePatchDto,
    by: Actor,
  ): Promise<ContactSourceDto> {
    const fields: ContactSourcePatch = {
      ...patch,
      ...(url !== undefined && { url: this.checkedUrl(url) }),
      ...(headers !== undefined && { sealedHeaders: this.sealedHeaders(sourceId, headers) }),
    };
    return this.view(await this.parts.sources.patch(tenant, sourceId, fields, by));
  }

  async remove(tenant: TenantId, sourceId: ContactSourceId, by: Actor): Promise<void> {
    await this.parts.sources.remove(tenant, sourceId, by);
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
    const { id, name, kind, url, sealedHeaders, timeoutMs, enabled, health, createdAt, updatedAt } = source;
    const { foundSeconds, notFoundSeconds, staleSeconds } = source;
    const headers =
      sealedHeaders === null ? '{}' : this.parts.box.open(sealedHeaders, sealedFor.contactSource(id));
    return {
      id,
      name,
      kind,
      url,
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

function withDefaults(draft: Omit<NewContactSourceDto, 'headers'>) {
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
