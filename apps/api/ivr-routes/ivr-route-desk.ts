import { id, type Actor, type ConnectionId, type IvrFlowId, type IvrRouteId, type TenantId } from '#domain';
import { dialectNamed } from '#dialects';
import {
  sealedFor,
  type ConnectionRepository,
  type IvrRouteFields,
  type IvrRouteKey,
  type IvrRouteRecord,
  type IvrRouteRepository,
} from '#db';
import { checkTargetUrl, newSecret, type SecretBox, type TargetPolicy } from '#platform';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk, type PageQueryDto } from '../http/page.dto.js';
import { timeText } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import { checkAnswer } from '../ivr-flows/ivr-flow-reading.js';
import { DEFAULT_ROUTE } from './did.pipe.js';
import {
  MOST_TIMEOUT_MS,
  type IvrRouteDto,
  type IvrRouteOnceDto,
  type IvrRoutePageDto,
  type IvrRoutePutDto,
} from './ivr-route.dto.js';

export interface IvrRouteDeskParts {
  routes: IvrRouteRepository;
  connections: Pick<ConnectionRepository, 'get'>;
  box: Pick<SecretBox, 'seal' | 'open'>;
  targets: TargetPolicy;
}

/** Where a route leads, checked. */
type Target = Pick<IvrRouteFields, 'source' | 'flowId' | 'url' | 'protocol' | 'timeoutMs'>;

/** Who answers for callers of which number. */
export class IvrRouteDesk {
  constructor(private readonly parts: IvrRouteDeskParts) {}

  async list(tenant: TenantId, connection: ConnectionId, query: PageQueryDto): Promise<IvrRoutePageDto> {
    const page = await this.parts.routes.list(tenant, connection, pageAsk(query));
    return pageAnswer(page, (route) => this.view(route));
  }

  async put(tenant: TenantId, key: IvrRouteKey, put: IvrRoutePutDto, by: Actor): Promise<IvrRouteOnceDto> {
    const target = await this.checkedTarget(tenant, key, put);
    const { defaultAnswer = null } = put;
    if (defaultAnswer !== null) checkAnswer(defaultAnswer);
    let secret: string | null = null;
    const decide = (routeId: IvrRouteId, before: IvrRouteRecord | undefined): IvrRouteFields => {
      if (target.source === 'flow')
        return { ...target, sealedHeaders: null, sealedSecret: null, defaultAnswer };
      if ((before?.sealedSecret ?? null) === null) secret = newSecret();
      return {
        ...target,
        sealedHeaders: this.sealedHeaders(routeId, put.headers, before),
        sealedSecret: secret === null ? (before?.sealedSecret ?? null) : this.seal(routeId, secret),
        defaultAnswer,
      };
    };
    const route = await this.parts.routes.put(tenant, key, decide, by);
    return { ...this.view(route), secret };
  }

  async remove(tenant: TenantId, key: IvrRouteKey, by: Actor): Promise<void> {
    await this.parts.routes.remove(tenant, key, by);
  }

  private async checkedTarget(tenant: TenantId, key: IvrRouteKey, put: IvrRoutePutDto): Promise<Target> {
    const { source, flowId, url, protocol = 'standard', timeoutMs = MOST_TIMEOUT_MS } = put;
    if (source === 'flow') {
      if (flowId === undefined) throw missing('flowId');
      return { source, flowId: id<IvrFlowId>(flowId.toLowerCase()), url: null, protocol, timeoutMs };
    }
    if (url === undefined) throw missing('url');
    const verdict = checkTargetUrl(url, this.parts.targets);
    if (!verdict.ok) throw invalidRequest([{ field: 'url', message: verdict.reason }]);
    if (protocol === 'same') await this.checkVendorAsks(tenant, key.connectionId);
    return { source, flowId: null, url: verdict.url.href, protocol, timeoutMs };
  }

  private async checkVendorAsks(tenant: TenantId, connectionId: ConnectionId): Promise<void> {
    const { dialect } = found(await this.parts.connections.get(tenant, connectionId), 'connection');
    if (dialectNamed(dialect)?.ivr) return;
    const message = `protocol cannot be "same": ${dialect} has no protocol for asking what a caller hears`;
    throw invalidRequest([{ field: 'protocol', message }]);
  }

  private sealedHeaders(
    routeId: IvrRouteId,
    headers: Record<string, string> | undefined,
    before: IvrRouteRecord | undefined,
  ): string | null {
    if (headers === undefined) return before?.sealedHeaders ?? null;
    if (Object.keys(headers).length === 0) return null;
    const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    return this.seal(routeId, JSON.stringify(Object.fromEntries(lower)));
  }

  private seal(routeId: IvrRouteId, text: string): string {
    return this.parts.box.seal(text, sealedFor.ivrRoute(routeId));
  }

  private view(route: IvrRouteRecord): IvrRouteDto {
    const {
      id: routeId,
      did,
      source,
      flowId,
      url,
      protocol,
      timeoutMs,
      sealedHeaders,
      defaultAnswer,
    } = route;
    const headers =
      sealedHeaders === null ? '{}' : this.parts.box.open(sealedHeaders, sealedFor.ivrRoute(routeId));
    return {
      id: routeId,
      did: did === '' ? DEFAULT_ROUTE : did,
      source,
      flowId,
      url,
      protocol,
      timeoutMs,
      headerNames: Object.keys(JSON.parse(headers) as Record<string, string>),
      defaultAnswer,
      createdAt: timeText(route.createdAt),
      updatedAt: timeText(route.updatedAt),
    };
  }
}

function missing(field: 'flowId' | 'url') {
  return invalidRequest([{ field, message: `${field} is needed with this source` }]);
}
