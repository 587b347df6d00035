/** Codes of RFC 6455, section 7.4; those from 4000 on are ours. */
export const CLOSE_CODE = { goingAway: 1001, policy: 1008, tryLater: 1013, replaced: 4000 } as const;
