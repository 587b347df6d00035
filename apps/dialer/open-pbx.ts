import type { ConnectionId } from '#domain';
import { askBySocket, openAccount, sealedFor, type OrderStore, type SocketAsker } from '#db';
import type { Clock, HttpSender, SecretBox } from '#platform';
import { commandedPbx, driverOf, type CommandedPbx, type PbxDriver } from '#pbx';

/** Of one order: nobody waits for it, and a PBX that takes longer is asked what became of it. */
const PBX_TIMEOUT_MS = 15_000;

export interface OpenPbxParts {
  store: Pick<OrderStore, 'account' | 'keepToken'>;
  sender: Pick<HttpSender, 'send'>;
  asker: Pick<SocketAsker, 'ask'>;
  box: Pick<SecretBox, 'open' | 'seal'>;
  clock: Pick<Clock, 'now'>;
  driverOf?: (vendor: string) => PbxDriver | undefined;
}

/** Opens the account of a campaign's PBX. */
export class OpenPbx {
  constructor(private readonly parts: OpenPbxParts) {}

  /** Undefined where there is none, or it is switched off. */
  async find(connectionId: ConnectionId): Promise<CommandedPbx | undefined> {
    const { store, sender, asker, box, clock } = this.parts;
    const account = await store.account(connectionId);
    const driver = account && (this.parts.driverOf ?? driverOf)(account.dialect);
    if (!account?.enabled || !driver) return undefined;
    return commandedPbx(driver, openAccount(account, box), account, {
      send: (request) => sender.send(request),
      now: () => clock.now(),
      timeoutMs: PBX_TIMEOUT_MS,
      ...askBySocket(asker, account, PBX_TIMEOUT_MS),
      keepToken: ({ value, expiresAt }) =>
        store.keepToken(account, { sealed: box.seal(value, sealedFor.pbxToken(connectionId)), expiresAt }),
    });
  }
}
