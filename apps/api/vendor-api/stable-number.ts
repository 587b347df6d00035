import { createHash } from 'node:crypto';
import type { ConnectionId } from '#domain';

/** Where clients keep whole numbers in 32 bits, with a sign. */
const MOST = 0x7fffffff;

/** A whole number above 0 for a thing, the same in every process and after every restart. */
export function stableNumber(kind: string, id: string): number {
  return createHash('sha256').update(`${kind} ${id}`).digest().readUInt32BE(0) & MOST || 1;
}

/** Of a queue: a PBX that numbers its queues itself is believed. */
export function queueNumber(vendorId: string, connectionId: ConnectionId): number {
  return /^\d{1,9}$/.test(vendorId) ? Number(vendorId) : stableNumber(`queue ${connectionId}`, vendorId);
}
