/**
 * What tenants are told of our own work for them, and of what they have to renew. Only who asks for these by name or by
 * family (`endpoint.*`) gets them.
 */
export const OPERATIONAL_EVENT_TYPES = [
  'endpoint.failing',
  'endpoint.disabled',
  'endpoint.recovered',
  'endpoint.backlog',
  'endpoint.backlog_cleared',
  'endpoint.secret_expiring',
  'endpoint.credentials_expiring',
  'endpoint.access_expiring',
  'endpoint.access_needs_attention',
  'connection.token_expiring',
  'connection.socket_down',
  'connection.socket_up',
  'api_key.expiring',
  'tenant.limit_reached',
  'order.placed',
  'order.failed',
  'order.unknown',
  'campaign.started',
  'campaign.paused',
  'campaign.stopped',
  'campaign.finished',
  'campaign.statistics',
  'lead.finished',
] as const;
export type OperationalEventType = (typeof OPERATIONAL_EVENT_TYPES)[number];

/** What types of these families tell of are settings, our work, campaigns and orders to dial, never calls. The sample event is one of them. */
const FAMILIES = ['endpoint.', 'connection.', 'api_key.', 'tenant.', 'order.', 'campaign.', 'lead.'] as const;

/**
 * Whether an event is about endpoints, connections, keys, orders to dial, campaigns or the tenant themselves; no CRM expects those among its calls, so `*` does not
 * take them. A pattern such as `endpoint.*` takes nothing else.
 */
export function isOperational(typeOrPattern: string): boolean {
  return FAMILIES.some((family) => typeOrPattern.startsWith(family));
}
