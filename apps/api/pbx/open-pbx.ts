import { AppError, type ConnectionId, type TenantId } from '#domain';
import {
  askBySocket,
  openAccount,
  sealedFor,
  type PbxAccountRepository,
  type PbxAccountRecord,
  type SocketAsker,
} from '#db';
import type { Clock, HttpSender, SecretBox } from '#platform';
import { commandedPbx, driverOf, type CommandedPbx, type PbxDriver } from '#pbx';

/** Whoever waits for an order to be placed has waited long enough by then; most PBXs answer in a second. */
export const PBX_TIMEOUT_MS = 15_000;

/** A PBX that can be commanded. */
export interface OpenedPbx extends CommandedPbx {
  record: PbxAccountRecord;
  dialect: string;
}

export interface OpenPbxParts {
  accounts: Pick<PbxAccountRepository, 'toCommand' | 'keepToken'>;
  box: Pick<SecretBox, 'open' | 'seal'>;
  sender: Pick<HttpSender, 'send'>;
  asker: Pick<SocketAsker, 'ask'>;
  clock: Pick<Clock, 'now'>;
  driverOf?: (vendor: string) => PbxDriver | undefined;
}

/** Opens the account of a connection's PBX, for one thing to be done there. */
export class OpenPbx {
  constructor(private readonly parts: OpenPbxParts) {}

  /** Undefined where the connection has none, or no driver commands such PBXs. */
  async find(tenant: TenantId, connectionId: ConnectionId): Promise<OpenedPbx | undefined> {
    const { accounts, box, sender, asker, clock } = this.parts;
    const found = await accounts.toCommand(tenant, connectionId);
    const driver = found && (this.parts.driverOf ?? driverOf)(found.dialect);
    if (!found || !driver) return undefined;
    const { account: record, dialect, country, timeZone } = found;
    const commanded = commandedPbx(
      driver,
      openAccount(record, box),
      { ...record, country, timeZone },
      {
        send: (request) => sender.send(request),
        now: () => clock.now(),
        timeoutMs: PBX_TIMEOUT_MS,
        ...askBySocket(asker, { tenantId: tenant, connectionId, dialect }, PBX_TIMEOUT_MS),
        keepToken: ({ value, expiresAt }) =>
          accounts.keepToken(tenant, record, {
            sealed: box.seal(value, sealedFor.pbxToken(connectionId)),
            expiresAt,
          }),
      },
    );
    return { ...commanded, record, dialect };
  }

  /** @throws AppError 409 `pbx.no_account` */
  async open(tenant: TenantId, connectionId: ConnectionId): Promise<OpenedPbx> {
    const pbx = await this.find(tenant, connectionId);
    if (pbx === undefined || !pbx.record.enabled) throw noAccount();
    return pbx;
  }
}

export function noAccount(): AppError {
  const message =
    'The PBX of this connection cannot be commanded: give it an account by PUT /v1/connections/{id}/pbx-account, or switch it on.';
  return new AppError('conflict', 'pbx.no_account', message);
}
