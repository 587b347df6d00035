/**
 * What a sealed text is bound to, so that one row's secret cannot be pasted into another row. Whoever seals and whoever
 * opens take the context from here.
 */
export const sealedFor = {
  endpointSecret: (endpointId: string): string => `endpoint:${endpointId}`,
  endpointAccess: (endpointId: string): string => `endpoint:${endpointId}:access`,
  grantAccess: (grantId: string): string => `endpoint_grant:${grantId}:access`,
  grantRefresh: (grantId: string): string => `endpoint_grant:${grantId}:refresh`,
  grantVerifier: (grantId: string): string => `endpoint_grant:${grantId}:verifier`,
  connectionToken: (connectionId: string): string => `connection:${connectionId}`,
  signingSecrets: (connectionId: string): string => `connection:${connectionId}:signing_secrets`,
  recordingAccess: (connectionId: string): string => `connection:${connectionId}:recording_access`,
  ivrRoute: (routeId: string): string => `ivr_route:${routeId}`,
  contactSource: (sourceId: string): string => `contact_source:${sourceId}`,
  identityProvider: (providerId: string): string => `identity_provider:${providerId}`,
  pbxSecrets: (connectionId: string): string => `connection:${connectionId}:pbx_secrets`,
  pbxToken: (connectionId: string): string => `connection:${connectionId}:pbx_token`,
  socketRequest: (askId: string): string => `socket_ask:${askId}:request`,
  socketAnswer: (askId: string): string => `socket_ask:${askId}:answer`,
  turnSecret: (connectionId: string): string => `connection:${connectionId}:turn_secret`,
  sipPassword: (connectionId: string, extension: string): string =>
    `connection:${connectionId}:sip_password:${extension}`,
  campaignCode: (campaignId: string): string => `campaign:${campaignId}:code`,
  totp: (userId: string): string => `app_user:${userId}:totp`,
  idempotentAnswer: (actorId: string, key: string): string => `idempotency_key:${actorId}:${key}`,
} as const;
