import { AppError, type Actor, type ConnectionId, type TenantId } from '#domain';
import {
  openAccount,
  sealedFor,
  type ConnectionRepository,
  type FeedRepository,
  type PbxAccountFields,
  type PbxAccountRecord,
  type PbxAccountRepository,
} from '#db';
import { CAPABILITIES, type PbxDriver } from '#pbx';
import type { SecretBox } from '#platform';
import { found } from '../http/found.js';
import { timeText, timeTextOrNull } from '../http/time-text.js';
import { readAccountForm } from './account-form.js';
import {
  ACCOUNT_DEFAULTS,
  type PbxAccountDto,
  type PbxAccountPutDto,
  type PbxDriverDto,
  type PbxFeedDto,
  type PbxDriversDto,
} from './pbx-account.dto.js';

export interface PbxAccountDeskParts {
  accounts: Pick<PbxAccountRepository, 'get' | 'put' | 'remove'>;
  feeds: Pick<FeedRepository, 'standing'>;
  connections: Pick<ConnectionRepository, 'get'>;
  box: Pick<SecretBox, 'seal' | 'open'>;
  drivers: readonly PbxDriver[];
}

/** How the PBXs of connections are commanded: set whole, but for secrets that are left out, and shown without those. */
export class PbxAccountDesk {
  constructor(private readonly parts: PbxAccountDeskParts) {}

  list(): PbxDriversDto {
    return { data: this.parts.drivers.map(driverView) };
  }

  async get(tenant: TenantId, connectionId: ConnectionId): Promise<PbxAccountDto> {
    return this.view(found(await this.parts.accounts.get(tenant, connectionId), 'PBX account'));
  }

  /** @throws AppError `pbx.no_driver` 409, `request.invalid` */
  async put(
    tenant: TenantId,
    connectionId: ConnectionId,
    wish: PbxAccountPutDto,
    by: Actor,
  ): Promise<PbxAccountDto> {
    const { accounts, connections, drivers } = this.parts;
    const { dialect } = found(await connections.get(tenant, connectionId), 'connection');
    const driver = theDriver(drivers, dialect);
    // What is left out of the secrets is what nobody has changed meanwhile.
    const make = (before: PbxAccountRecord | undefined) => this.filledIn(driver, connectionId, wish, before);
    return this.view(await accounts.put(tenant, connectionId, make, by));
  }

  private filledIn(
    driver: PbxDriver,
    connectionId: ConnectionId,
    wish: PbxAccountPutDto,
    before: PbxAccountRecord | undefined,
  ): PbxAccountFields {
    const { box } = this.parts;
    const kept = before === undefined ? {} : openAccount(before, box).secrets;
    const { settings: asked = {}, secrets: given = {} } = wish;
    const form = readAccountForm(driver, { settings: asked, secrets: given }, kept);
    const sealedSecrets =
      before !== undefined && isSame(kept, form.secrets)
        ? before.sealedSecrets
        : box.seal(JSON.stringify(form.secrets), sealedFor.pbxSecrets(connectionId));
    return { ...withDefaults(wish), settings: form.settings, sealedSecrets };
  }

  /** Null where nobody is to listen. */
  private async feedOf(account: PbxAccountRecord): Promise<PbxFeedDto | null> {
    const { feeds, connections, drivers } = this.parts;
    const { tenantId, connectionId, settings, enabled } = account;
    if (!enabled) return null;
    const { dialect } = found(await connections.get(tenantId, connectionId), 'connection');
    if (!drivers.find(({ vendor }) => vendor === dialect)?.feed?.isOn(settings)) return null;
    const { state, since, connectedAt, reason, failedAt, nextTryAt } = await feeds.standing(
      tenantId,
      connectionId,
    );
    return {
      state,
      since: timeTextOrNull(since),
      connectedAt: timeTextOrNull(connectedAt),
      reason,
      failedAt: timeTextOrNull(failedAt),
      nextTryAt: timeTextOrNull(nextTryAt),
    };
  }

  async remove(tenant: TenantId, connectionId: ConnectionId, by: Actor): Promise<void> {
    await this.parts.accounts.remove(tenant, connectionId, by);
  }

  private async view(account: PbxAccountRecord): Promise<PbxAccountDto> {
    const { connectionId, settings, numbers, enabled, perSecond, atOnce } = account;
    return {
      connectionId,
      settings,
      secretsSet: Object.keys(openAccount(account, this.parts.box).secrets).sort(),
      numbers,
      enabled,
      perSecond,
      atOnce,
      feed: await this.feedOf(account),
      createdAt: timeText(account.createdAt),
      updatedAt: timeText(account.updatedAt),
    };
  }
}

function withDefaults(wish: PbxAccountPutDto) {
  const { numbers = ACCOUNT_DEFAULTS.numbers, enabled = ACCOUNT_DEFAULTS.enabled } = wish;
  const { perSecond = ACCOUNT_DEFAULTS.perSecond, atOnce = ACCOUNT_DEFAULTS.atOnce } = wish;
  return { numbers, enabled, perSecond, atOnce };
}

/** @throws AppError `pbx.no_driver` 409 */
export function theDriver(drivers: readonly PbxDriver[], dialect: string): PbxDriver {
  const driver = drivers.find(({ vendor }) => vendor === dialect);
  if (driver) return driver;
  const message = `PBXs of the dialect "${dialect}" cannot be commanded: GET /v1/pbx-drivers lists those that can.`;
  throw new AppError('conflict', 'pbx.no_driver', message);
}

function isSame(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}

function driverView({ vendor, title, fields, numbers, can }: PbxDriver): PbxDriverDto {
  return {
    vendor,
    title,
    fields: fields.map(({ name, what, secret, required, values, byDefault }) => {
      return {
        name,
        what,
        secret,
        required,
        values: values ? [...values] : null,
        byDefault: byDefault ?? null,
      };
    }),
    numbers,
    capabilities: CAPABILITIES.filter((capability) => can[capability]),
  };
}
