/** How deliveries are signed (Standard Webhooks 1.0): with a shared secret, or with a key of which the receiver has half. */
export const SIGNATURES = ['v1', 'v1a'] as const;
export type Signature = (typeof SIGNATURES)[number];
