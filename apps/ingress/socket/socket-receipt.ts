import type { Instant, ReceiptId } from '#domain';
import type { Dialect, Reading } from '#dialects';
import type { IngressConnection, NewReceipt } from '#db';
import { BODY_LIMIT_BYTES } from '#platform';

/** The method of what came through a socket. */
const SOCKET_METHOD = 'SOCKET';
/** How far the PBX's clock was ahead of ours; the dialect reads times by it. */
const AHEAD_HEADER = 'x-switchhook-clock-ahead-ms';
/** What we wrote ourselves, as the PBX would have told it, and why: `going-on` or `gone`. */
const WRITTEN_HEADER = 'x-switchhook-written';

export interface SocketMessage {
  receivedAt: Instant;
  body: Uint8Array;
  isBinary: boolean;
  clockAheadMs: number | null;
  written?: 'going-on' | 'gone';
}

export interface SocketReceiptParts {
  connection: IngressConnection;
  dialect: Dialect;
  route: string;
  sourceIp: string | null;
  newReceiptId: () => ReceiptId;
}

/** A message as it is kept: in the shape of a webhook, so that whatever reads webhooks reads it. What nobody can read is kept too. */
export function socketReceipt(parts: SocketReceiptParts, message: SocketMessage): NewReceipt {
  const { connection, route, sourceIp } = parts;
  const headers = headersOf(message);
  const reading = readingOf(parts, message, headers);
  return {
    id: parts.newReceiptId(),
    tenantId: connection.tenantId,
    connectionId: connection.connectionId,
    receivedAt: message.receivedAt,
    route,
    method: SOCKET_METHOD,
    query: '',
    headers,
    body: message.body,
    sourceIp,
    vendorCallIds: reading.ok ? reading.vendorCallIds : null,
    unparsedReason: reading.ok ? (reading.unreadable ?? null) : reading.reason,
  };
}

function readingOf(
  { connection, dialect, route }: SocketReceiptParts,
  { body, isBinary }: SocketMessage,
  headers: Record<string, string>,
):
  | Pick<Extract<Reading, { ok: true }>, 'ok' | 'vendorCallIds' | 'unreadable'>
  | { ok: false; reason: string } {
  if (isBinary) return { ok: false, reason: 'The message is binary, and texts were expected.' };
  if (body.length > BODY_LIMIT_BYTES) return { ok: false, reason: 'The message is larger than 1 MiB.' };
  const request = { method: SOCKET_METHOD, route, query: '', headers, body, country: connection.country };
  try {
    return dialect.read(request, connection.settings);
  } catch {
    // A dialect never throws; what we cannot read must not stop what comes behind it.
    return { ok: false, reason: 'The message could not be read.' };
  }
}

function headersOf({ isBinary, clockAheadMs, written }: SocketMessage): Record<string, string> {
  return {
    'content-type': isBinary ? 'application/octet-stream' : 'application/json',
    ...(clockAheadMs === null ? {} : { [AHEAD_HEADER]: String(clockAheadMs) }),
    ...(written === undefined ? {} : { [WRITTEN_HEADER]: written }),
  };
}
