/** What tenants are told of our own work for them. Only who asks for them by name or by `endpoint.*` gets these. */
export const OPERATIONAL_EVENT_TYPES = [
  'endpoint.failing',
  'endpoint.disabled',
  'endpoint.recovered',
] as const;
export type OperationalEventType = (typeof OPERATIONAL_EVENT_TYPES)[number];

/** Of the same family as the operational events and the sample event: they are about endpoints, not about calls. */
export const ABOUT_ENDPOINTS = 'endpoint.';
