import { id, type ConnectionId, type TenantId } from '#domain';
import type { HotPool } from '../pool/hot-pool.js';
import { pgArray } from '../hot/pg-array.js';
import type { SocketLine, SocketOwner } from './socket-store.js';
import { ANSWER, ANSWERS, ASK, TAKE, WITHDRAW } from './socket-sql.js';

/** `refused`: whoever held the socket had not written it. `lost`: it was written, and the socket ended. */
export type AskOutcome = 'answered' | 'refused' | 'lost';

/** A question on its way. */
export interface NewAsk {
  id: string;
  tenantId: TenantId;
  connectionId: ConnectionId;
  timeoutMs: number;
  sealedRequest: string;
}

/** One that was taken to be written to the socket. */
export interface TakenAsk {
  id: string;
  connectionId: ConnectionId;
  /** By which it is to be asked. */
  line: SocketLine;
  sealedRequest: string;
  /** For so long somebody waits for the answer. */
  leftMs: number;
}

export interface ToldAsk {
  id: string;
  outcome: AskOutcome;
  /** Of `answered` alone. */
  sealedAnswer: string | null;
}

interface AskRow extends Record<string, unknown> {
  id: string;
  tenant_id: string;
  state: AskOutcome | 'waiting' | 'taken';
  sealed_answer: string | null;
}

/** Questions to PBXs between whoever asks and whoever holds the socket. */
export class SocketAsks {
  constructor(private readonly hot: HotPool) {}

  /** @returns false where no socket is open: then there is no question */
  async ask(ask: NewAsk): Promise<boolean> {
    const { id: askId, connectionId, tenantId, timeoutMs, sealedRequest } = ask;
    const values = [askId, connectionId, tenantId, timeoutMs, sealedRequest];
    return (await this.hot.run('socket.ask', ASK, values)).length > 0;
  }

  /** Takes what is asked of these sockets: each once, and only where they are the newest of their lines. */
  async take(owners: readonly SocketOwner[]): Promise<TakenAsk[]> {
    const rows = await this.hot.run<{
      id: string;
      connection_id: string;
      line: SocketLine;
      sealed_request: string;
      left_ms: string;
    }>(
      'socket.take',
      TAKE,
      [
        pgArray.uuid(owners.map(({ connectionId }) => connectionId)),
        pgArray.int2(owners.map(({ line }) => line)),
        pgArray.int8(owners.map(({ fence }) => fence)),
      ],
      owners.length,
    );
    return rows.map((row) => ({
      id: row.id,
      connectionId: id<ConnectionId>(row.connection_id),
      line: row.line,
      sealedRequest: row.sealed_request,
      leftMs: Number(row.left_ms),
    }));
  }

  async tell(told: readonly ToldAsk[]): Promise<void> {
    await this.hot.run(
      'socket.answer',
      ANSWER,
      [
        pgArray.uuid(told.map((one) => one.id)),
        pgArray.text(told.map(({ outcome }) => outcome)),
        pgArray.text(told.map(({ sealedAnswer }) => sealedAnswer)),
      ],
      told.length,
    );
  }

  /** Those of these questions that something has become of. They are gone then. */
  async answers(ids: readonly string[]): Promise<(ToldAsk & { tenantId: TenantId })[]> {
    const rows = await this.hot.run<AskRow>('socket.answers', ANSWERS, [pgArray.uuid(ids)], ids.length);
    return rows.map(toldOf);
  }

  /**
   * Nobody waits for it any longer. What was not taken by now never will be.
   *
   * @param onlyUntaken  leaves a question alone that was taken
   * @returns what had become of it: `refused` where it was not taken, `lost` where it was and nothing more is known. Undefined where
   *   it is not there, or was left alone
   */
  async withdraw(
    { id: askId, tenantId }: Pick<NewAsk, 'id' | 'tenantId'>,
    onlyUntaken: boolean,
  ): Promise<ToldAsk | undefined> {
    const [row] = await this.hot.run<AskRow>('socket.withdraw', WITHDRAW, [askId, tenantId, onlyUntaken]);
    return row && toldOf(row);
  }
}

function toldOf(row: AskRow): ToldAsk & { tenantId: TenantId } {
  const outcome = row.state === 'waiting' ? 'refused' : row.state === 'taken' ? 'lost' : row.state;
  return { id: row.id, tenantId: id<TenantId>(row.tenant_id), outcome, sealedAnswer: row.sealed_answer };
}
