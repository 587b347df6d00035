import {
  id,
  restoreCall,
  toldOf,
  type CallId,
  type ConnectionId,
  type Instant,
  type StoredCall,
} from '#domain';
import { contextOf } from './call-contexts.js';
import type { KnownCall, KnownCalls } from './enrichment.js';
import { groupRows } from './group-rows.js';

type Row = Record<string, unknown>;

/** Of the calls that had an id: a PBX that gives one to all of its calls must not make us read all of them. */
export const MOST_OCCURRENCES = 8;

export const NO_CALLS: KnownCalls = { calls: new Map(), contexts: new Map() };

/** Rows of calls and of what is remembered of them; an id that has no call, or no context, has nulls in its place. */
export function knownCallsIn(connectionId: ConnectionId, rows: Row[]): KnownCalls {
  if (rows.length === 0) return NO_CALLS;
  const calls = groupRows(
    rows.filter((row) => row['id'] !== null),
    'vendor_call_id',
  );
  const remembered = rows.filter((row) => row['remembered'] !== null);
  return {
    calls: new Map(
      [...calls].map(([vendorCallId, found]) => [
        vendorCallId,
        found.map((row) => knownCallOf(connectionId, row)),
      ]),
    ),
    contexts: new Map(
      remembered.map((row) => [
        row['vendor_call_id'] as string,
        contextOf(row['remembered'], row['remembered_at']),
      ]),
    ),
  };
}

export function knownCallOf(connectionId: ConnectionId, row: Row): KnownCall {
  const ids = {
    id: id<CallId>(row['id'] as string),
    connectionId,
    vendorCallId: row['vendor_call_id'] as string,
  };
  const stored = row['record'] as StoredCall;
  return {
    call: restoreCall(ids, stored),
    sequence: row['sequence'] as number,
    told: toldOf(stored),
    startedAt: Number(row['at']) as Instant,
    occurrence: row['occurrence'] as number,
  };
}
