import type { EndpointId, OperationalEventType, TenantId } from '#domain';
import type { TenantNews } from './tell-tenant.js';

/** News of an endpoint, for the tenant's other ones. @param more  members of the event's data beside the endpoint and the reason */
export function newsOf(
  { tenantId, endpointId, name }: { tenantId: TenantId; endpointId: EndpointId; name: string },
  type: OperationalEventType,
  reason: string,
  more: Record<string, unknown> = {},
): TenantNews {
  const data = { endpoint: { id: endpointId, name }, ...more, reason };
  return { tenantId, type, about: endpointId, data, except: endpointId };
}
