import type { ConnectionId, Instant, TenantId } from '#domain';
import type { SocketLine } from '../socket/socket-store.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { instantOf, instantOrNull } from './times.js';

/** How a WebSocket is that a PBX opens to us. */
interface Standing<State> {
  state: State;
  /** Since when it is up, or is not. */
  since: Instant | null;
  /** Where the last one came from. */
  sourceIp: string | null;
  /** What the PBX calls itself there. */
  remote: string | null;
  clockAheadMs: number | null;
  /** Why the last one ended; null while it is up. Without secrets. */
  reason: string | null;
}

/** One of the two that a PBX may have open. */
export interface SocketLineStanding extends Standing<'up' | 'down'> {
  line: SocketLine;
}

/** `never`: none was ever opened. With two lines it is that of the first one that is up. */
export interface SocketStanding extends Standing<'up' | 'down' | 'never'> {
  /** Each that was ever opened, in their order. */
  lines: SocketLineStanding[];
}

interface StandingRow {
  line: SocketLine;
  state: 'up' | 'down';
  since: Date;
  beat_at: Date;
  is_silent: boolean;
  source_ip: string | null;
  remote: string | null;
  clock_ahead_ms: number | null;
  reason: string | null;
}

const NEVER: SocketStanding = {
  state: 'never',
  ...{ since: null, sourceIp: null, remote: null, clockAheadMs: null, reason: null },
  lines: [],
};

/** Of a process that does not say any more that it holds it. */
const SILENT = 'The process that held it is gone.';

/** How PBXs' sockets are. The ingress writes it. */
export class SocketRepository {
  constructor(private readonly scope: TenantScope) {}

  standing(tenant: TenantId, connectionId: ConnectionId): Promise<SocketStanding> {
    return this.scope.forTenant(tenant, async (tx) => {
      const rows = await tx.$queryRaw<StandingRow[]>`
        SELECT s.line, s.state, s.since, s.beat_at, s.beat_at < now() - interval '5 s' AS is_silent, s.source_ip, s.remote,
          s.clock_ahead_ms, s.reason
        FROM pbx_socket s WHERE s.connection_id = ${connectionId}::uuid AND s.tenant_id = ${tenant}::uuid
        ORDER BY s.line`;
      const lines = rows.map(lineStanding);
      const shown = lines.find(({ state }) => state === 'up') ?? lines[0];
      if (shown === undefined) return NEVER;
      const { line: _line, ...standing } = shown;
      return { ...standing, lines };
    });
  }
}

function lineStanding(row: StandingRow): SocketLineStanding {
  const isGone = row.state === 'up' && row.is_silent;
  return {
    line: row.line,
    state: isGone ? 'down' : row.state,
    since: isGone ? instantOf(row.beat_at) : instantOrNull(row.since),
    sourceIp: row.source_ip,
    remote: row.remote,
    clockAheadMs: row.clock_ahead_ms,
    reason: isGone ? SILENT : row.state === 'up' ? null : row.reason,
  };
}
