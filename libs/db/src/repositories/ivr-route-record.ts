import { id, type ConnectionId, type Instant, type IvrFlowId, type IvrRouteId, type TenantId } from '#domain';
import type { IvrRoute as Row } from '../generated/client.js';
import { instantOf } from './times.js';

export const IVR_SOURCES = ['flow', 'url'] as const;
export type IvrSourceKind = (typeof IVR_SOURCES)[number];

/** How the tenant's server is asked: `same` as the PBX asked us, or in our JSON. */
export const IVR_ROUTE_PROTOCOLS = ['same', 'standard'] as const;
export type IvrRouteProtocol = (typeof IVR_ROUTE_PROTOCOLS)[number];

/** Who says what callers of one number of a connection hear. */
export interface IvrRouteRecord {
  id: IvrRouteId;
  tenantId: TenantId;
  connectionId: ConnectionId;
  /** As the PBX prints it, or E.164; empty for every number without a route of its own. */
  did: string;
  source: IvrSourceKind;
  /** Of `flow`. */
  flowId: IvrFlowId | null;
  /** Of `url`. */
  url: string | null;
  protocol: IvrRouteProtocol;
  timeoutMs: number;
  /** JSON of the tenant's own headers; null for none. */
  sealedHeaders: string | null;
  /** Signs the questions. */
  sealedSecret: string | null;
  /** Our JSON of an answer, given when the source gives none; null for none. */
  defaultAnswer: Record<string, unknown> | null;
  createdAt: Instant;
  updatedAt: Instant;
}

export type IvrRouteFields = Pick<
  IvrRouteRecord,
  'source' | 'flowId' | 'url' | 'protocol' | 'timeoutMs' | 'sealedHeaders' | 'sealedSecret' | 'defaultAnswer'
>;

export function ivrRouteOf(row: Row): IvrRouteRecord {
  return {
    id: id<IvrRouteId>(row.id),
    tenantId: id<TenantId>(row.tenantId),
    connectionId: id<ConnectionId>(row.connectionId),
    did: row.did,
    source: row.source === 'flow' ? 'flow' : 'url',
    flowId: row.flowId === null ? null : id<IvrFlowId>(row.flowId),
    url: row.url,
    protocol: row.protocol === 'same' ? 'same' : 'standard',
    timeoutMs: row.timeoutMs,
    sealedHeaders: row.sealedHeaders,
    sealedSecret: row.sealedSecret,
    defaultAnswer: row.defaultAnswer as Record<string, unknown> | null,
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
  };
}
