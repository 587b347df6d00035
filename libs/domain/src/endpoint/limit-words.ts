const LIMITS = {
  webhooksPerSecond: 'were more than the operator lets its PBXs send in a second',
  webhookBytesPerDay: 'were more than the operator keeps for it in a day',
} as const;

/** What the operator may limit of what a tenant's PBXs send. */
export type TenantLimit = keyof typeof LIMITS;

/** A sentence for the tenant. */
export function limitWords(limit: TenantLimit, refused: number): string {
  const webhooks = refused === 1 ? '1 webhook of today' : `${String(refused)} webhooks of today`;
  return `${webhooks} (UTC) ${LIMITS[limit]}, and answered 429. The health of its connections shows which.`;
}
