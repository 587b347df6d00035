import {
  AppError,
  GRANT_JOURNEY_MS,
  grantProblem,
  instant,
  readEndpointAccess,
  type Actor,
  type EndpointGrantId,
  type EndpointId,
  type OAuthCodeClient,
  type TenantId,
} from '#domain';
import {
  GRANT_CONTEXTS,
  sealedFor,
  type EndpointAccessRepository,
  type EndpointGrantRepository,
  type GrantJourney,
  type GrantRecord,
  type GrantReturn,
} from '#db';
import {
  authorisePage,
  exchangeCode,
  hashToken,
  newId,
  newToken,
  newVerifier,
  renewedGrant,
  type Clock,
  type HttpSender,
  type SecretBox,
} from '#platform';
import type { Ringer } from '#queues';
import { timeText } from '../../http/time-text.js';
import type { GrantDto, GrantJourneyDto, GrantListDto, NewGrantDto } from './endpoint-grant.dto.js';

/** Where CRMs send people back to. It stands in the settings of apps there, so it never changes. */
export const GRANT_CALLBACK_PATH = '/oauth/callback';

const ANSWER_MS = 10_000;
const LONGEST_CODE = 8 * 1024;

export interface EndpointGrantDeskParts {
  grants: EndpointGrantRepository;
  access: Pick<EndpointAccessRepository, 'get'>;
  box: Pick<SecretBox, 'open' | 'seal'>;
  sender: Pick<HttpSender, 'send'>;
  ringer: Pick<Ringer, 'ring'>;
  clock: Pick<Clock, 'now'>;
  /** What links begin with, without a slash at the end. */
  pagesUrl: () => string;
}

type Of = Pick<GrantReturn, 'endpointId' | 'grantId'>;

/** Somebody who came back from a CRM's page. */
export interface CameBack extends Pick<GrantReturn, 'tenantId' | 'endpointId'> {
  /** Why it is not connected, in words for whoever it is; null: it is. */
  problem: AppError | null;
}

/** Connecting endpoints on their CRMs' own pages. */
export class EndpointGrantDesk {
  constructor(private readonly parts: EndpointGrantDeskParts) {}

  async list(tenant: TenantId, id: EndpointId): Promise<GrantListDto> {
    return { data: (await this.parts.grants.list(tenant, id)).map(grantView) };
  }

  /** @throws AppError `resource.not_found`, `endpoint.access_without_page`, `endpoint.too_many_grants` */
  async add(tenant: TenantId, id: EndpointId, { label }: NewGrantDto, by: Actor): Promise<GrantJourneyDto> {
    const client = await this.client(tenant, id);
    const { journey, url } = this.depart(newId<EndpointGrantId>(), client);
    const grant = await this.parts.grants.add(tenant, id, { ...journey, label }, by);
    return this.departure(grant, journey, url);
  }

  /** @throws AppError `resource.not_found`, `endpoint.access_without_page` */
  async reconnect(tenant: TenantId, { endpointId, grantId }: Of, by: Actor): Promise<GrantJourneyDto> {
    const client = await this.client(tenant, endpointId);
    const { journey, url } = this.depart(grantId, client);
    const grant = await this.parts.grants.askAgain(tenant, endpointId, journey, by);
    return this.departure(grant, journey, url);
  }

  /** @throws AppError `resource.not_found` */
  async remove(tenant: TenantId, of: Of, by: Actor): Promise<void> {
    await this.parts.grants.remove(tenant, of, by);
  }

  /**
   * Somebody comes back from a CRM's page.
   *
   * @param query  of the address; nothing of it is ever repeated
   * @returns the problem is 400 `grant.not_agreed`, `grant.no_token`, or 503 `grant.crm_away`
   * @throws AppError 400 `grant.journey_unknown`
   */
  async comeBack(query: URLSearchParams): Promise<CameBack> {
    const back = await this.parts.grants.comeBack(hashToken(query.get('state') ?? ''));
    if (back === undefined) throw journeyUnknown();
    const { tenantId, endpointId, grantId } = back;
    const problem = await this.connect(back, query);
    // What it came to stands with the grant too.
    if (problem !== null) await this.parts.grants.failed(tenantId, { endpointId, grantId }, problem.message);
    return { tenantId, endpointId, problem };
  }

  private async connect(back: GrantReturn, query: URLSearchParams): Promise<AppError | null> {
    const { grants, box, sender, clock, ringer } = this.parts;
    const { tenantId, endpointId, grantId } = back;
    const client = await this.client(tenantId, endpointId);
    const code = query.get('code') ?? '';
    const error = query.get('error');
    if (error !== null || code === '' || code.length > LONGEST_CODE) {
      return notAgreed(grantProblem(error ?? ''));
    }
    const verifier = box.open(back.sealedVerifier, sealedFor.grantVerifier(grantId));
    const way = { timeoutMs: ANSWER_MS, signal: new AbortController().signal };
    const redirectUri = this.redirectUri();
    const given = await exchangeCode(client, { code, redirectUri, verifier }, way, { sender, clock });
    if (given.kind !== 'given') return noToken(given);
    const seal = { box, sealedFor: GRANT_CONTEXTS };
    const renewed = renewedGrant(grantId, given, { client, used: null }, seal);
    const replayId = await grants.connect(tenantId, { endpointId, grantId }, renewed);
    ringer.ring('endpoint', [endpointId]);
    if (replayId !== null) ringer.ring('replay', [replayId]);
    return null;
  }

  private redirectUri(): string {
    return this.parts.pagesUrl() + GRANT_CALLBACK_PATH;
  }

  private depart(grantId: EndpointGrantId, client: OAuthCodeClient): { journey: GrantJourney; url: string } {
    const { box, clock } = this.parts;
    const state = newToken('swg');
    const verifier = newVerifier();
    const url = authorisePage(client, { redirectUri: this.redirectUri(), state, verifier });
    const journey = {
      grantId,
      stateHash: hashToken(state),
      stateExpiresAt: instant(clock.now() + GRANT_JOURNEY_MS),
      sealedVerifier: box.seal(verifier, sealedFor.grantVerifier(grantId)),
    };
    return { journey, url };
  }

  private departure(grant: GrantRecord, { stateExpiresAt }: GrantJourney, url: string): GrantJourneyDto {
    const redirectUri = this.redirectUri();
    return { grant: grantView(grant), url, redirectUri, expiresAt: timeText(stateExpiresAt) };
  }

  private async client(tenant: TenantId, id: EndpointId): Promise<OAuthCodeClient> {
    const { sealed } = await this.parts.access.get(tenant, id);
    const text = sealed === null ? null : this.parts.box.open(sealed, sealedFor.endpointAccess(id));
    const { auth } = readEndpointAccess(text);
    if (auth.kind !== 'oauth2_code') throw withoutPage();
    return auth;
  }
}

function grantView(grant: GrantRecord): GrantDto {
  const { id, position, label, state, reason, baseUrl, connectedBy } = grant;
  const at = (time: GrantRecord['endsAt']) => time && timeText(time);
  return {
    ...{ id, position, label, state, reason, baseUrl },
    since: timeText(grant.since),
    connectedAt: at(grant.connectedAt),
    connectedBy: connectedBy && { kind: connectedBy.kind, id: connectedBy.id },
    usedUntil: at(grant.usedUntil),
    renewedAt: at(grant.renewedAt),
    endsAt: at(grant.endsAt),
    createdAt: timeText(grant.createdAt),
    updatedAt: timeText(grant.updatedAt),
  };
}

function withoutPage(): AppError {
  return new AppError(
    'conflict',
    'endpoint.access_without_page',
    'Nobody has to agree for this endpoint: PUT its access with credentials of the kind oauth2_code first.',
  );
}

function journeyUnknown(): AppError {
  const message =
    'This link was used already, is older than ten minutes, or was never given. Ask for a new one where you found it.';
  return new AppError('rejected', 'grant.journey_unknown', message);
}

function notAgreed(message: string): AppError {
  return new AppError('rejected', 'grant.not_agreed', message);
}

function noToken(given: Exclude<Awaited<ReturnType<typeof exchangeCode>>, { kind: 'given' }>): AppError {
  const outcome = given.kind === 'failed' ? given.outcome : null;
  const passes = outcome === null || outcome.class === 'unreachable' || outcome.class === 'throttled';
  const words = outcome === null ? 'We are shutting down.' : outcome.note.replace(/^Needs attention: /, '');
  return passes
    ? new AppError('unavailable', 'grant.crm_away', `${words} Begin again in a while.`)
    : new AppError(
        'rejected',
        'grant.no_token',
        `${words} Compare the settings of the access with the app’s in the CRM, then begin again.`,
      );
}
