import { socketWarning } from '#domain';
import type { ClosedSocket, SocketOf, WatchStore } from '#db';
import type { Clock } from '#platform';
import type { TellTenant } from './tell-tenant.js';

/** Longer than a PBX takes to start again. */
const DOWN_SECONDS = 120;
/** When we were stopped ourselves all are closed at once; who is left is told a minute later. */
const MOST_AT_ONCE = 500;
const ALERT = 'connection.socket_down';

export interface TellSocketsParts {
  store: Pick<WatchStore, 'socketsDown' | 'socketsUpAgain'>;
  tellTenant: Pick<TellTenant, 'tell'>;
  clock: Pick<Clock, 'now'>;
}

/** Tells tenants which of their PBXs have no WebSocket open to us any more, once, and when they have one again. */
export class TellSockets {
  constructor(private readonly parts: TellSocketsParts) {}

  /** @throws AppError `database.unavailable` */
  async run(): Promise<void> {
    const { store } = this.parts;
    for (const socket of await store.socketsUpAgain()) await this.end(socket);
    for (const socket of await store.socketsDown(MOST_AT_ONCE, DOWN_SECONDS)) await this.begin(socket);
  }

  private async begin({ id, tenantId, name, since, reason }: ClosedSocket): Promise<void> {
    const warning = socketWarning({ state: 'down', since, reason }, this.parts.clock.now());
    const words = warning?.message ?? 'The WebSocket of the PBX is closed.';
    const data = { connection: { id, name }, since: new Date(since).toISOString(), reason: words };
    await this.parts.tellTenant.tell(
      { tenantId, type: ALERT, about: id, data, except: null },
      { kind: 'begin', alert: ALERT, subject: id, until: null },
    );
  }

  private async end({ id, tenantId, name }: SocketOf): Promise<void> {
    const data = { connection: { id, name }, reason: 'The PBX has opened its WebSocket again.' };
    await this.parts.tellTenant.tell(
      { tenantId, type: 'connection.socket_up', about: id, data, except: null },
      { kind: 'end', alert: ALERT, subject: id },
    );
  }
}
