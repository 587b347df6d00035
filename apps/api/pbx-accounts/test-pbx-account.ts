import type { ConnectionId, TenantId } from '#domain';
import { askBySocket, openAccount, sealedFor, type PbxAccountRepository, type SocketAsker } from '#db';
import type { DriverAnswer, PbxDriver } from '#pbx';
import { hideSecrets, type Clock, type HttpSender, type SecretBox } from '#platform';
import { found } from '../http/found.js';
import type { PbxAccountTestedDto } from './pbx-account.dto.js';
import { theDriver } from './pbx-account-desk.js';

const TIMEOUT_MS = 10_000;

export interface TestPbxAccountParts {
  accounts: Pick<PbxAccountRepository, 'toCommand' | 'keepToken'>;
  box: Pick<SecretBox, 'seal' | 'open'>;
  sender: Pick<HttpSender, 'send'>;
  asker: Pick<SocketAsker, 'ask'>;
  drivers: readonly PbxDriver[];
  clock: Pick<Clock, 'now'>;
}

/** Asks a PBX something that changes nothing, with its account as it is set up; also with one that is switched off. */
export class TestPbxAccount {
  constructor(private readonly parts: TestPbxAccountParts) {}

  /** @throws AppError `resource.not_found`, `pbx.no_driver` 409 */
  async test(tenant: TenantId, connectionId: ConnectionId): Promise<PbxAccountTestedDto> {
    const { accounts, box, sender, asker, drivers, clock } = this.parts;
    const pbx = found(await accounts.toCommand(tenant, connectionId), 'PBX account');
    const driver = theDriver(drivers, pbx.dialect);
    const { country, timeZone, account, dialect } = pbx;
    const opened = openAccount(account, box);
    const answer = await driver.probe(
      { ...opened, numbers: account.numbers ?? driver.numbers, country, timeZone },
      {
        send: (request) => sender.send(request),
        now: () => clock.now(),
        timeoutMs: TIMEOUT_MS,
        ...askBySocket(asker, { tenantId: tenant, connectionId, dialect }, TIMEOUT_MS),
        keepToken: async ({ value, expiresAt }) => {
          const sealed = box.seal(value, sealedFor.pbxToken(connectionId));
          await accounts.keepToken(tenant, account, { sealed, expiresAt });
        },
      },
    );
    // Drivers hide them too; a PBX may have told a new one.
    const reason = hideSecrets(reasonOf(answer), Object.values(opened.secrets));
    return { ok: answer.kind === 'done', reason };
  }
}

function reasonOf(answer: DriverAnswer<{ what: string }>): string {
  switch (answer.kind) {
    case 'done':
      return answer.what;
    case 'refused':
      return answer.reason;
    case 'unknown':
      return answer.why;
    case 'unsupported':
      return 'PBXs of this vendor have nothing that could be asked without a change.';
  }
}
