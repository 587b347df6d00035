import type { ConnectionId, TenantId } from '#domain';
import { dialectNamed, type SocketRequest } from '#dialects';
import type { SocketAsker, SocketReply } from './socket-asker.js';

/**
 * How the PBX of a connection is asked through the socket that it keeps open to us: what a driver gets as `ask`. Nothing for a PBX
 * of a dialect without sockets.
 */
export function askBySocket(
  asker: Pick<SocketAsker, 'ask'>,
  connection: { tenantId: TenantId; connectionId: ConnectionId; dialect: string },
  timeoutMs: number,
): { ask?: (request: SocketRequest) => Promise<SocketReply> } {
  if (dialectNamed(connection.dialect)?.socket === undefined) return {};
  const { tenantId, connectionId } = connection;
  return { ask: (request) => asker.ask({ tenantId, connectionId }, request, { timeoutMs }) };
}
