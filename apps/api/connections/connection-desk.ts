import { isDeepStrictEqual } from 'node:util';
import {
  AppError,
  instant,
  toEpoch,
  type Actor,
  type CallId,
  type ConnectionId,
  type TenantId,
} from '#domain';
import { dialectFor, type Dialect } from '#dialects';
import {
  sealedFor,
  type ConnectionRecord,
  type ConnectionRepository,
  type NewToken,
  type SealedToken,
} from '#db';
import { hashToken, newId, newToken, type Clock, type SecretBox } from '#platform';
import { kindOf } from '../dialects/dialect-view.js';
import type { ConnectionGuideDto, GuideTrialDto } from '../dialects/dialect.dto.js';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk } from '../http/page.dto.js';
import { timeText, timeTextOrNull } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
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

const TRIAL_TALK_SECONDS = 42;
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
    const settings = draft.settings ?? {};
    const dialect = theDialect({ dialect: draft.dialect, settings });
    const id = newId<ConnectionId>();
    const fields = {
      id,
      name: draft.name,
      dialect: dialect.name,
      timeZone: draft.timeZone ?? dialect.defaultTimeZone,
      country: draft.country?.toUpperCase() ?? dialect.defaultCountry,
      epochs: draft.epochs ?? dialect.defaultEpochs,
      settings: checkedSettings(settings, dialect),
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
    const dialect = theDialect(connection);
    return {
      ...connectionView(connection),
      kind: kindOf(dialect),
      ingressUrls: tokens.flatMap((token) => this.urlsOf(id, dialect, token)),
    };
  }

  /** How to set this PBX up, with the URLs that work now. */
  async guide(tenant: TenantId, id: ConnectionId): Promise<ConnectionGuideDto> {
    const connection = await this.get(tenant, id);
    const dialect = theDialect(connection);
    const { title, routes } = dialect.guide;
    const current = connection.ingressUrls.filter(({ expiresAt }) => expiresAt === null);
    const isPlain = current[0]?.url.startsWith('ws:') === true;
    const { steps, files = [] } = (isPlain ? dialect.guide.withoutTls : undefined) ?? dialect.guide;
    return {
      connectionId: id,
      title,
      kind: connection.kind,
      steps: [...steps],
      routes: routes.flatMap((route) =>
        current.filter((url) => url.route === route.route).map(({ url }) => ({ ...route, url })),
      ),
      files: files.map(({ name, text }) => ({
        name,
        text: text
          .replaceAll('{url}', () => current[0]?.url ?? '')
          .replaceAll('{password}', () => newToken('pbx')),
      })),
      trial: this.trialOf(connection, current),
    };
  }

  /** Of a call that ended a moment ago, so that it shows whether the clock is understood. */
  private trialOf(
    { dialect, settings, epochs, timeZone }: ConnectionDetailDto,
    urls: readonly IngressUrlDto[],
  ): GuideTrialDto {
    const startedAt = instant(this.parts.clock.now() - (TRIAL_TALK_SECONDS + 1) * 1000);
    const message = theDialect({ dialect, settings }).guide.trial({
      id: newId<CallId>().replaceAll('-', ''),
      startedEpochSeconds: Math.floor(toEpoch(startedAt, { epochs, timeZone })),
      talkSeconds: TRIAL_TALK_SECONDS,
    });
    // It comes as a request also where the PBX would tell by its WebSocket.
    const url = (urls.find(({ route }) => route === message.route)?.url ?? '').replace(/^ws/, 'http');
    if (message.method === 'POST') {
      return { url, method: 'POST', contentType: message.contentType, body: message.body };
    }
    return { url: `${url}?${message.query}`, method: 'GET', contentType: null, body: null };
  }

  async patch(
    tenant: TenantId,
    id: ConnectionId,
    patch: ConnectionPatchDto,
    by: Actor,
  ): Promise<ConnectionDto> {
    const settings = patch.settings && (await this.checked(tenant, id, patch.settings));
    const fields = { ...patch, settings, country: patch.country?.toUpperCase() };
    return connectionView(await this.parts.connections.patch(tenant, id, fields, by));
  }

  /** What settings may be depends on the dialect, which stays. */
  private async checked(tenant: TenantId, id: ConnectionId, settings: Record<string, unknown>) {
    const before = found(await this.parts.connections.get(tenant, id), 'connection');
    const { dialect } = before;
    // It has a route of its own, for those who may change by what messages are believed.
    if (dialect === 'generic' && !isDeepStrictEqual(settings['mapping'], before.settings['mapping'])) {
      const message = 'settings.mapping is changed by PUT /v1/connections/{id}/mapping; give it as it is';
      throw invalidRequest([{ field: 'settings.mapping', message }]);
    }
    return checkedSettings(settings, dialectFor(dialect, settings));
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
    const base = this.parts.publicUrl();
    return dialect.routes.map((route) => ({
      route,
      url: `${isLine(route, dialect) ? webSocketUrl(base) : base}/in/${token}/${dialect.name}/${route}`,
      expiresAt: timeTextOrNull(expiresAt),
    }));
  }
}

function isLine(route: string, { socket }: Dialect): boolean {
  return socket?.lines.some((line) => line === route) === true;
}

/** The same place by a WebSocket. */
function webSocketUrl(url: string): string {
  return url.replace(/^http/, 'ws');
}

function theDialect({ dialect: name, settings }: Pick<ConnectionRecord, 'dialect' | 'settings'>): Dialect {
  const dialect = dialectFor(name, settings);
  if (dialect) return dialect;
  throw new AppError('misconfigured', 'pbx.unknown_dialect', `This build has no dialect "${name}".`);
}

function connectionView(connection: ConnectionRecord): ConnectionDto {
  const { id, name, dialect, timeZone, country, epochs, settings, enabled } = connection;
  const { createdAt, updatedAt } = connection;
  const times = { createdAt: timeText(createdAt), updatedAt: timeText(updatedAt) };
  return { id, name, dialect, timeZone, country, epochs, settings, enabled, ...times };
}
