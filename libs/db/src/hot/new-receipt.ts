import type { ConnectionId, Instant, ReceiptId, TenantId } from '#domain';

/** One webhook, exactly as it came, ready to be kept. */
export interface NewReceipt {
  id: ReceiptId;
  tenantId: TenantId;
  connectionId: ConnectionId;
  receivedAt: Instant;
  route: string;
  method: string;
  query: string;
  headers: Record<string, unknown>;
  body: Uint8Array;
  /** Null when the sender was gone before it could be asked for. */
  sourceIp: string | null;
  /** What was odd about the request; null where nothing was. */
  note?: string | null;
  /** Bytes that came after the announced length. */
  surplus?: Uint8Array | null;
  /** Ids by which the PBX calls its calls; null where they were not looked for. */
  vendorCallIds?: readonly string[] | null;
  /** Set when it could not be read: it is kept, listed and replayable, and nobody works on it. */
  unparsedReason: string | null;
}
