const HOUR_MS = 60 * 60 * 1_000;

/**
 * Links that let somebody in once: `setup` makes the first operator, `invitation` a member, `reset` a new password, `sign_in` is
 * the demo's.
 */
export const LINK_KINDS = ['setup', 'invitation', 'reset', 'sign_in'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** How long each works. */
export const LINK_LIFE_MS: Readonly<Record<LinkKind, number>> = {
  setup: 7 * 24 * HOUR_MS,
  invitation: 7 * 24 * HOUR_MS,
  reset: HOUR_MS,
  sign_in: HOUR_MS,
};
