import { id, type ConnectionId, type Instant, type ReceiptId } from '#domain';
import { instantOf } from './times.js';

export const RECEIPT_STATES = ['due', 'done', 'unparsed', 'set_aside'] as const;
export type ReceiptState = (typeof RECEIPT_STATES)[number];

/** A webhook that came in, without its body. Headers as they came: whoever shows them redacts them. */
export interface ReceiptRecord {
  id: ReceiptId;
  connectionId: ConnectionId;
  receivedAt: Instant;
  route: string;
  method: string;
  query: string;
  headers: Record<string, unknown>;
  /** Null when the sender was gone before it could be asked for. */
  sourceIp: string | null;
  state: ReceiptState;
  /** Why it is unparsed or set aside. */
  reason: string | null;
  tries: number;
  /** What was odd about the request. */
  note: string | null;
}

/** For lists: a body may be a megabyte, and nobody looks at fifty of them. */
export const RECEIPT_META = {
  id: true,
  connectionId: true,
  receivedAt: true,
  route: true,
  method: true,
  query: true,
  headers: true,
  sourceIp: true,
  state: true,
  reason: true,
  tries: true,
  note: true,
} as const;

interface Row {
  id: string;
  connectionId: string;
  receivedAt: Date;
  route: string;
  method: string;
  query: string;
  headers: unknown;
  sourceIp: string | null;
  state: string;
  reason: string | null;
  tries: number;
  note: string | null;
}

export function receiptOf(row: Row): ReceiptRecord {
  return {
    ...row,
    id: id<ReceiptId>(row.id),
    connectionId: id<ConnectionId>(row.connectionId),
    receivedAt: instantOf(row.receivedAt),
    headers: row.headers as Record<string, unknown>,
    state: row.state as ReceiptState,
  };
}
