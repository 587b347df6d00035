import {
  AppError,
  instant,
  PORTAL_CODE_MS,
  PORTAL_MOST_MINUTES,
  readUrl,
  type Actor,
  type PortalId,
  type TenantId,
} from '#domain';
import type { PortalPass, PortalRecord, PortalRepository } from '#db';
import { hashToken, newToken, type Clock, type Log } from '#platform';
import { PORTAL_PREFIX, type PortalDirectory } from '../access/portal-directory.js';
import { pageAnswer, pageAsk, type PageQueryDto } from '../http/page.dto.js';
import { timeText, timeTextOrNull } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import type { SignInThrottle } from '../sign-in/sign-in-throttle.js';
import { PORTAL_PAGE } from './portal-page.js';
import type {
  NewPortalLinkDto,
  PortalDto,
  PortalLinkOnceDto,
  PortalPageDto,
  PortalSettingsDto,
  PortalStandingDto,
  PortalTokenOnceDto,
} from './portal.dto.js';

export interface PortalDeskParts {
  portals: PortalRepository;
  directory: Pick<PortalDirectory, 'forget'>;
  throttle: Pick<SignInThrottle, 'countAddress'>;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'info'>;
  /** What links begin with, without a slash at the end. */
  pagesUrl: () => string;
}

/** Portals of tenants: their links, what comes of them, and which pages may show them. */
export class PortalDesk {
  constructor(private readonly parts: PortalDeskParts) {}

  /** @throws AppError `request.invalid`; `resource.not_found` for an agent that is not the tenant's */
  async link(tenant: TenantId, draft: NewPortalLinkDto, by: Actor): Promise<PortalLinkOnceDto> {
    const { readOnly = false, minutes = PORTAL_MOST_MINUTES, agentId = null, look = {} } = draft;
    const areas = [...new Set(draft.areas)];
    if (areas.includes('agent') !== (agentId !== null)) {
      throw invalidRequest([
        { field: 'agentId', message: 'agentId belongs to the area agent, and is needed for it' },
      ]);
    }
    const { portals, clock, pagesUrl } = this.parts;
    const code = newToken('swo');
    const codeExpiresAt = instant(clock.now() + PORTAL_CODE_MS);
    const fresh = {
      areas,
      readOnly,
      minutes,
      agentId,
      look: { ...look },
      codeHash: hashToken(code),
      codeExpiresAt,
    };
    const portal = await portals.create(tenant, fresh, by);
    return { ...portalView(portal), url: `${pagesUrl()}${PORTAL_PAGE}?t=${tenant}#${code}` };
  }

  async list(tenant: TenantId, query: PageQueryDto): Promise<PortalPageDto> {
    const page = await this.parts.portals.list(tenant, pageAsk(query));
    return pageAnswer(page, (portal) => ({ ...portalView(portal), createdBy: portal.createdBy }));
  }

  /** @throws AppError `resource.not_found` */
  async end(tenant: TenantId, id: PortalId, by: Actor): Promise<void> {
    await this.parts.portals.end(tenant, id, by);
    this.parts.directory.forget(id);
  }

  /**
   * Trades a code for a token.
   *
   * @param source  where the request came from, see `sourceKey`
   * @throws AppError 404 `portal.code_invalid`, 429 `sign_in.too_many`
   */
  async open(code: string, source: string): Promise<PortalTokenOnceDto> {
    const { portals, throttle, log } = this.parts;
    await throttle.countAddress(source);
    const token = newToken(PORTAL_PREFIX);
    const pass = await portals.open(hashToken(code), hashToken(token));
    if (pass === undefined) throw codeInvalid();
    log.info({ tenantId: pass.portal.tenantId, portalId: pass.portal.id }, 'portal.opened');
    return { ...(await this.show(pass)), token };
  }

  async show(pass: PortalPass): Promise<PortalStandingDto> {
    const { tenantId } = pass.portal;
    const origins = await this.parts.portals.origins(tenantId);
    return { ...portalView(pass.portal), tenantId, expiresAt: timeText(pass.expiresAt), origins };
  }

  /** @throws AppError `resource.not_found` for one that ended a moment ago */
  async renew({ portal: { tenantId, id } }: PortalPass): Promise<PortalTokenOnceDto> {
    const token = newToken(PORTAL_PREFIX);
    const pass = await this.parts.portals.renew(tenantId, id, hashToken(token));
    return { ...(await this.show(pass)), token };
  }

  async settings(tenant: TenantId): Promise<PortalSettingsDto> {
    return { origins: [...(await this.parts.portals.origins(tenant))] };
  }

  /** @throws AppError `request.invalid` for what is no origin as browsers say it */
  async set(tenant: TenantId, { origins }: PortalSettingsDto, by: Actor): Promise<PortalSettingsDto> {
    const wrong = origins.find((origin) => readUrl(origin)?.origin !== origin);
    if (wrong !== undefined) {
      const message = `origins must be as browsers say them: ${wrong} is not`;
      throw invalidRequest([{ field: 'origins', message }]);
    }
    return { origins: [...(await this.parts.portals.setOrigins(tenant, origins, by))] };
  }
}

function portalView(portal: PortalRecord): PortalDto {
  const { id, areas, readOnly, minutes, agentId, look } = portal;
  return {
    id,
    areas,
    readOnly,
    minutes,
    agentId,
    look,
    createdAt: timeText(portal.createdAt),
    openedAt: timeTextOrNull(portal.openedAt),
    endsAt: timeText(portal.endsAt),
  };
}

function codeInvalid(): AppError {
  const message =
    'This link was used already, or is older than ten minutes: open the portal again from the page that it belongs to.';
  return new AppError('rejected', 'portal.code_invalid', message, { status: 404 });
}
