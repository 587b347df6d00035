import {
  MOST_BACKLOG_COUNTED,
  EXPIRY_AHEAD_DAYS,
  id,
  instant,
  type BacklogEpisode,
  type ConnectionId,
  type EndpointId,
  type ExpiryType,
  type Instant,
  type Span,
  type TenantId,
} from '#domain';
import type { HotPool } from '../pool/hot-pool.js';
import {
  BACKLOGS,
  BACKLOGS_TOLD,
  CLAIM_ALERT,
  EXPIRING,
  FORGET_ALERTS,
  LIMITS_REACHED,
  TAKE_TURN,
} from './operational-sql.js';
import { SOCKETS_DOWN, SOCKETS_UP_AGAIN } from './socket-news-sql.js';

/** An endpoint that does not keep up, of which nobody was told. */
export interface LateEndpoint {
  id: EndpointId;
  tenantId: TenantId;
  name: string;
  dueForMs: number;
  /** How many may be sent now, up to one more than counts. */
  counted: number;
}

/** An endpoint of whose backlog was told. */
export interface ToldBacklog {
  id: EndpointId;
  tenantId: TenantId;
  name: string;
  episode: BacklogEpisode;
}

/** Something that stops working soon. */
export interface Expiring extends Span {
  type: ExpiryType;
  /** What the alert is known by. */
  subject: string;
  /** Null: it is the operator's. */
  tenantId: TenantId | null;
  id: string;
  name: string;
}

/** A limit of a tenant's that was reached today, of which nobody was told. */
export interface ReachedLimit {
  tenantId: TenantId;
  name: string;
  reason: 'tenant_rate' | 'tenant_bytes';
  /** Webhooks that were refused for it. */
  refused: number;
  /** When the day is over. */
  until: Instant;
}

/** A connection whose PBX opens a WebSocket to us. */
export interface SocketOf {
  id: ConnectionId;
  tenantId: TenantId;
  name: string;
}

/** One that has been closed for a while, of which nobody was told. */
export interface ClosedSocket extends SocketOf {
  since: Instant;
  /** Why it ended, in a sentence. */
  reason: string | null;
}

type Row = Record<string, unknown>;

/** What somebody has to keep an eye on, and what was told of it. */
export class WatchStore {
  constructor(private readonly hot: HotPool) {}

  /**
   * @param forMs  nobody else gets a turn before that
   * @returns whether it is the caller's turn
   */
  async takeTurn(forMs: number): Promise<boolean> {
    return (await this.hot.run('watch.turn', TAKE_TURN, ['watch', forMs])).length > 0;
  }

  /** @returns the worst first */
  async lateEndpoints(most: number): Promise<LateEndpoint[]> {
    const rows = await this.hot.run<Row>('watch.backlogs', BACKLOGS, [most, MOST_BACKLOG_COUNTED + 1]);
    return rows.map((row) => ({
      id: id<EndpointId>(row['id'] as string),
      tenantId: id<TenantId>(row['tenant_id'] as string),
      name: row['name'] as string,
      dueForMs: row['due_for_ms'] as number,
      counted: row['counted'] as number,
    }));
  }

  async toldBacklogs(): Promise<ToldBacklog[]> {
    const rows = await this.hot.run<Row>('watch.backlogs_told', BACKLOGS_TOLD, []);
    return rows.map((row) => ({
      id: id<EndpointId>(row['id'] as string),
      tenantId: id<TenantId>(row['tenant_id'] as string),
      name: row['name'] as string,
      episode: {
        state: row['state'] as string,
        alertMinutes: row['minutes'] as number | null,
        dueForMs: row['due_for_ms'] as number | null,
      },
    }));
  }

  /** @returns what was not told yet, the most urgent first; some of it not for a while */
  async expiring(): Promise<Expiring[]> {
    const rows = await this.hot.run<Row>('watch.expiring', EXPIRING, [EXPIRY_AHEAD_DAYS]);
    return rows.map((row) => {
      const expiresAt = instant(row['expires_at'] as number);
      return {
        type: row['type'] as ExpiryType,
        subject: row['subject'] as string,
        tenantId: row['tenant_id'] as TenantId | null,
        id: row['id'] as string,
        name: row['name'] as string,
        // Where nobody knows since when, it is told as early as can be.
        since: instant((row['since'] as number | null) ?? 0),
        expiresAt,
      };
    });
  }

  async reachedLimits(): Promise<ReachedLimit[]> {
    const rows = await this.hot.run<Row>('watch.limits', LIMITS_REACHED, []);
    return rows.map((row) => ({
      tenantId: id<TenantId>(row['tenant_id'] as string),
      name: row['name'] as string,
      reason: row['reason'] as ReachedLimit['reason'],
      refused: row['refused'] as number,
      until: instant(row['until_ms'] as number),
    }));
  }

  /** @param forSeconds  how long nobody has one open. @returns those that were closed first come first */
  async socketsDown(most: number, forSeconds: number): Promise<ClosedSocket[]> {
    const rows = await this.hot.run<Row>('watch.sockets_down', SOCKETS_DOWN, [most, forSeconds]);
    return rows.map((row) => ({
      ...socketOf(row),
      since: instant(row['since'] as number),
      reason: row['reason'] as string | null,
    }));
  }

  /** Those of which it was told that they were closed. */
  async socketsUpAgain(): Promise<SocketOf[]> {
    return (await this.hot.run<Row>('watch.sockets_up', SOCKETS_UP_AGAIN, [])).map(socketOf);
  }

  /** @returns whether it is new that the operator has to know this */
  async claimForOperator({ type, subject, expiresAt }: Expiring): Promise<boolean> {
    return (await this.hot.run('watch.claim', CLAIM_ALERT, [type, subject, expiresAt])).length > 0;
  }

  async forgetEnded(): Promise<void> {
    await this.hot.run('watch.forget', FORGET_ALERTS, []);
  }
}

function socketOf(row: Row): SocketOf {
  return {
    id: id<ConnectionId>(row['id'] as string),
    tenantId: id<TenantId>(row['tenant_id'] as string),
    name: row['name'] as string,
  };
}
