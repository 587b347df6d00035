import { instant, type Actor, type AgentId, type ConnectionId, type TenantId } from '#domain';
import {
  sealedFor,
  type PhoneRepository,
  type SipAccountRecord,
  type WebPhoneFields,
  type WebPhoneRecord,
} from '#db';
import type { Clock, SecretBox } from '#platform';
import { found } from '../http/found.js';
import { timeText } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import { ownPhone } from '../orders/own-phone.js';
import { iceServers } from './ice-servers.js';
import {
  USUAL_ID_HEADER,
  type OwnWebPhoneDto,
  type OwnWebPhoneQueryDto,
  type SipAccountDto,
  type SipAccountPutDto,
  type WebPhoneDto,
  type WebPhonePutDto,
} from './phone.dto.js';
import { faultOfSocketAddress } from './socket-address.js';
import { turnCredentials } from './turn-credentials.js';

export interface PhoneDeskParts {
  phones: Pick<
    PhoneRepository,
    'settings' | 'putSettings' | 'removeSettings' | 'account' | 'putAccount' | 'removeAccount' | 'ofAgent'
  >;
  box: Pick<SecretBox, 'seal' | 'open'>;
  clock: Pick<Clock, 'now'>;
}

/** Phones in browsers: where they register, with what, and what an agent's own one is given. */
export class PhoneDesk {
  constructor(private readonly parts: PhoneDeskParts) {}

  async settings(tenant: TenantId, connectionId: ConnectionId): Promise<WebPhoneDto> {
    return webPhoneView(found(await this.parts.phones.settings(tenant, connectionId), 'web phone'));
  }

  /** @throws AppError `request.invalid`, `resource.not_found` */
  async putSettings(
    tenant: TenantId,
    connectionId: ConnectionId,
    wish: WebPhonePutDto,
    by: Actor,
  ): Promise<WebPhoneDto> {
    const fault = faultOfSocketAddress(wish.wsUrl);
    if (fault !== undefined) throw invalidRequest([{ field: 'wsUrl', message: `wsUrl ${fault}` }]);
    const make = (before: WebPhoneRecord | undefined) => this.filledIn(connectionId, wish, before);
    return webPhoneView(await this.parts.phones.putSettings(tenant, connectionId, make, by));
  }

  async removeSettings(tenant: TenantId, connectionId: ConnectionId, by: Actor): Promise<void> {
    await this.parts.phones.removeSettings(tenant, connectionId, by);
  }

  async account(tenant: TenantId, connectionId: ConnectionId, extension: string): Promise<SipAccountDto> {
    return accountView(
      found(await this.parts.phones.account(tenant, connectionId, extension), 'SIP account'),
    );
  }

  async putAccount(
    tenant: TenantId,
    of: { connectionId: ConnectionId; extension: string },
    { user: sipUser, password }: SipAccountPutDto,
    by: Actor,
  ): Promise<SipAccountDto> {
    const { phones, box } = this.parts;
    const sealedPassword = box.seal(password, sealedFor.sipPassword(of.connectionId, of.extension));
    return accountView(await phones.putAccount(tenant, of, { sipUser, sealedPassword }, by));
  }

  async removeAccount(
    tenant: TenantId,
    connectionId: ConnectionId,
    extension: string,
    by: Actor,
  ): Promise<void> {
    await this.parts.phones.removeAccount(tenant, connectionId, extension, by);
  }

  /** @throws AppError 409 `me.no_phone`, 409 `me.several_phones` */
  async own(tenant: TenantId, agentId: AgentId, wanted: OwnWebPhoneQueryDto): Promise<OwnWebPhoneDto> {
    const { phones, box, clock } = this.parts;
    const { connectionId, extension, account, settings } = ownPhone(
      await phones.ofAgent(tenant, agentId),
      wanted,
    );
    const { wsUrl, domain, idHeader, iceUrls, sealedTurnSecret: sealed } = settings;
    const credentials =
      sealed === null
        ? undefined
        : turnCredentials(box.open(sealed, sealedFor.turnSecret(connectionId)), account.sipUser, clock.now());
    return {
      connectionId,
      extension,
      user: account.sipUser,
      password: box.open(account.sealedPassword, sealedFor.sipPassword(connectionId, extension)),
      wsUrl,
      domain,
      idHeader,
      iceServers: iceServers(iceUrls, credentials),
      expiresAt: credentials === undefined ? null : timeText(instant(credentials.expiry * 1_000)),
    };
  }

  private filledIn(
    connectionId: ConnectionId,
    wish: WebPhonePutDto,
    before: WebPhoneRecord | undefined,
  ): WebPhoneFields {
    const { wsUrl, domain, idHeader = USUAL_ID_HEADER, iceUrls = [], turnSecret } = wish;
    const kept = before?.sealedTurnSecret ?? null;
    const sealed = (secret: string) => this.parts.box.seal(secret, sealedFor.turnSecret(connectionId));
    const sealedTurnSecret =
      turnSecret === undefined ? kept : turnSecret === null ? null : sealed(turnSecret);
    return { wsUrl, domain, idHeader, iceUrls, sealedTurnSecret };
  }
}

function webPhoneView({ sealedTurnSecret, createdAt, updatedAt, ...settings }: WebPhoneRecord): WebPhoneDto {
  return {
    ...settings,
    hasTurnSecret: sealedTurnSecret !== null,
    createdAt: timeText(createdAt),
    updatedAt: timeText(updatedAt),
  };
}

function accountView({ sipUser, createdAt, updatedAt }: SipAccountRecord): SipAccountDto {
  return { user: sipUser, createdAt: timeText(createdAt), updatedAt: timeText(updatedAt) };
}
