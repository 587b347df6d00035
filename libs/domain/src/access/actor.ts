export const ACTOR_KINDS = ['key', 'user', 'portal', 'system'] as const;
/** An API key, somebody who signed in, the holder of a portal link, or the installation itself. */
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** Who makes a change. `id` is the key's, the person's or the portal session's, a UUID; `system` for the installation itself. */
export interface Actor {
  readonly kind: ActorKind;
  readonly id: string;
}

export const SYSTEM: Actor = { kind: 'system', id: 'system' };
