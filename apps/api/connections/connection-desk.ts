import { AppError, instant, type Actor, type ConnectionId, type TenantId } from '#domain';
import { dialectNamed, type Dialect } from '#dialects';
import {
  sealedFor,
  type ConnectionRecord,
  type ConnectionRepository,
  type NewToken,
  type SealedToken,
} from '#db';
import { hashToken, newId, newToken, type Clock, type SecretBox } from '#platform';
import type { ConnectionGuideDto } from '../dialects/dialect.dto.js';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk } from '../http/page.dto.js';
import { timeText, timeTextOrNull } from '../http/time-text.js';
import { checkedSettings } from './checked-settings.js';
import type {
  ConnectionDetailDto,
  ConnectionDto,
  ConnectionPageDto,
  ConnectionPatchDto,
  ConnectionQueryDto,
  IngressUrlDto,
  NewConnectionDto,
  RotateConnectionDto,
} from './connection.dto.js';

const DEFAULT_GRACE_SECONDS = 24 * 60 * 60;

export interface ConnectionDeskParts {
  connections: ConnectionRepository;
  box: Pick<SecretBox, 'seal' | 'open'>;
  clock: Pick<Clock, 'now'>;
  /** Where PBXs reach this installation, without a slash at the end. */
  publicUrl: () => string;
}

/** PBX accounts and their secret ingress URLs. */
export class ConnectionDesk {
  constructor(private readonly parts: ConnectionDeskParts) {}

  async create(tenant: TenantId, draft: NewConnectionDto, by: Actor): Promise<ConnectionDetailDto> {
    const dialect = theDialect(draft.dialect);
    const id = newId<ConnectionId>();
    const fields = {
      id,
      name: draft.name,
      dialect: dialect.name,
      timeZone: draft.timeZone ?? dialect.defaultTimeZone,
      country: draft.country?.toUpperCase() ?? dialect.defaultCountry,
      epochs: draft.epochs ?? dialect.defaultEpochs,
      settings: checkedSettings(draft.settings ?? {}),
      enabled: draft.enabled ?? true,
    };
    await this.parts.connections.create(tenant, fields, this.freshToken(id), by);
    return this.get(tenant, id);
  }

  async list(tenant: TenantId, query: ConnectionQueryDto): Promise<ConnectionPageDto> {
    const filter = { dialect: query.dialect };
    return pageAnswer(await this.parts.connections.list(tenant, filter, pageAsk(query)), connectionView);
  }

  async get(tenant: TenantId, id: ConnectionId): Promise<ConnectionDetailDto> {
    const { tokens, ...connection } = found(await this.parts.connections.get(tenant, id), 'connection');
    const dialect = theDialect(connection.dialect);
    return {
      ...connectionView(connection),
      ingressUrls: tokens.flatMap((token) => this.urlsOf(id, dialect, token)),
    };
  }

  /** How to set this PBX up, with the URLs that work now. */
  async guide(tenant: TenantId, id: ConnectionId): Promise<ConnectionGuideDto> {
    const { dialect, ingressUrls } = await this.get(tenant, id);
    const { title, steps, routes } = theDialect(dialect).guide;
    const current = ingressUrls.filter(({ expiresAt }) => expiresAt === null);
    return {
      connectionId: id,
      title,
      steps: [...steps],
      routes: routes.flatMap((route) =>
        current.filter((url) => url.route === route.route).map(({ url }) => ({ ...route, url })),
      ),
    };
  }

  async patch(
    tenant: TenantId,
    id: ConnectionId,
    patch: ConnectionPatchDto,
    by: Actor,
  ): Promise<ConnectionDto> {
    const settings = checkedSettings(patch.settings);
    const fields = { ...patch, settings, country: patch.country?.toUpperCase() };
    return connectionView(await this.parts.connections.patch(tenant, id, fields, by));
  }

  async rotate(
    tenant: TenantId,
    id: ConnectionId,
    { graceSeconds = DEFAULT_GRACE_SECONDS }: RotateConnectionDto,
    by: Actor,
  ): Promise<ConnectionDetailDto> {
    const graceUntil = instant(this.parts.clock.now() + graceSeconds * 1000);
    await this.parts.connections.rotate(tenant, id, { token: this.freshToken(id), graceUntil }, by);
    return this.get(tenant, id);
  }

  async remove(tenant: TenantId, id: ConnectionId, by: Actor): Promise<void> {
    await this.parts.connections.remove(tenant, id, by);
  }

  private freshToken(id: ConnectionId): NewToken {
    const token = newToken('in');
    return { hash: hashToken(token), sealed: this.parts.box.seal(token, sealedFor.connectionToken(id)) };
  }

  private urlsOf(id: ConnectionId, dialect: Dialect, { sealed, expiresAt }: SealedToken): IngressUrlDto[] {
    const token = this.parts.box.open(sealed, sealedFor.connectionToken(id));
    return dialect.routes.map((route) => ({
      route,
      url: `${this.parts.publicUrl()}/in/${token}/${dialect.name}/${route}`,
      expiresAt: timeTextOrNull(expiresAt),
    }));
  }
}

function theDialect(name: string): Dialect {
  const dialect = dialectNamed(name);
  if (dialect) return dialect;
  throw new AppError('misconfigured', 'pbx.unknown_dialect', `This build has no dialect "${name}".`);
}

function connectionView(connection: ConnectionRecord): ConnectionDto {
  const { id, name, dialect, timeZone, country, epochs, settings, enabled } = connection;
  const { createdAt, updatedAt } = connection;
  const times = { createdAt: timeText(createdAt), updatedAt: timeText(updatedAt) };
  return { id, name, dialect, timeZone, country, epochs, settings, enabled, ...times };
}
