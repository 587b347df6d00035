import {
  CLOSED_BREAKER,
  instant,
  readBreaker,
  readStanding,
  type Breaker,
  type EndpointId,
  type Instant,
  type Standing,
} from '#domain';
import type { Tx } from '../tenancy/tenant-scope.js';
import { instantOf } from './times.js';

/** What an endpoint's last drain left for the next one. */
export interface MailboxMemo {
  breaker: Breaker;
  standing: Standing;
  /** As it is stored; undefined where it has none. */
  bucket: unknown;
  /** Nothing is sent before then. */
  waitsUntil: Instant;
}

/** Whatever is missing is as of an endpoint that was never sent to. */
export async function mailboxMemo(tx: Tx, endpointId: EndpointId): Promise<MailboxMemo> {
  const row = await tx.mailbox.findUnique({ where: { kind_id: { kind: 'endpoint', id: endpointId } } });
  const { breaker, standing, bucket } = (row?.memo ?? {}) as Record<string, unknown>;
  return {
    breaker: breaker === undefined ? CLOSED_BREAKER : readBreaker(breaker),
    standing: readStanding(standing),
    bucket,
    waitsUntil: row === null ? instant(0) : instantOf(row.notBefore),
  };
}
