import type { ReplyVerdict } from '#domain';

/** For receivers whose answers say nothing beside their HTTP status. */
export function acceptsAll(): ReplyVerdict {
  return { ok: true };
}
