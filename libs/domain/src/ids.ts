/**
 * Branded ids. Every id of ours is a UUIDv7 in lower-case text; the brand keeps an endpoint's id from
 * being passed where a tenant's is wanted.
 */
declare const brand: unique symbol;
export type Brand<T, B extends string> = T & { readonly [brand]: B };

export type TenantId = Brand<string, 'TenantId'>;
export type ApiKeyId = Brand<string, 'ApiKeyId'>;
export type UserId = Brand<string, 'UserId'>;
export type SessionId = Brand<string, 'SessionId'>;
export type LinkId = Brand<string, 'LinkId'>;
export type IdentityProviderId = Brand<string, 'IdentityProviderId'>;
export type PortalId = Brand<string, 'PortalId'>;
export type ConnectionId = Brand<string, 'ConnectionId'>;
export type ReceiptId = Brand<string, 'ReceiptId'>;
export type CallId = Brand<string, 'CallId'>;
export type CallEventId = Brand<string, 'CallEventId'>;
export type EndpointId = Brand<string, 'EndpointId'>;
export type EndpointGrantId = Brand<string, 'EndpointGrantId'>;
export type DeliveryId = Brand<string, 'DeliveryId'>;
export type AgentId = Brand<string, 'AgentId'>;
export type AttemptId = Brand<string, 'AttemptId'>;
export type ContactId = Brand<string, 'ContactId'>;
export type ContactMergeId = Brand<string, 'ContactMergeId'>;
export type IvrFlowId = Brand<string, 'IvrFlowId'>;
export type IvrRouteId = Brand<string, 'IvrRouteId'>;
export type ReplayId = Brand<string, 'ReplayId'>;
export type ImportId = Brand<string, 'ImportId'>;
export type ContactSourceId = Brand<string, 'ContactSourceId'>;
export type OrderId = Brand<string, 'OrderId'>;
export type CampaignId = Brand<string, 'CampaignId'>;
export type LeadId = Brand<string, 'LeadId'>;
export type PbxAccountId = Brand<string, 'PbxAccountId'>;
export type ApiCredentialId = Brand<string, 'ApiCredentialId'>;
export type ErasureId = Brand<string, 'ErasureId'>;

/** Milliseconds since 1970-01-01T00:00:00Z. All times inside are such numbers; text only at the edges. */
export type Instant = Brand<number, 'Instant'>;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/** Brands text that came from our own database or from a check at the edge. */
export function id<T extends Brand<string, string>>(text: string): T {
  return text as T;
}

export function instant(ms: number): Instant {
  return ms as Instant;
}

/** When an id of ours was made: the time in a UUIDv7. */
export function bornAt(uuid: string): Instant {
  return instant(Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16));
}
