import type { Actor, Instant } from '#domain';
import { newId } from '#platform';
import type { Prisma } from '../generated/client.js';
import type { Tx } from '../tenancy/tenant-scope.js';
import { dateOf } from './times.js';
import { tenantColumn, type Whose } from './whose.js';

/** Field by field what it was and what it is; never secrets. */
export type Changes = Record<string, { from: unknown; to: unknown }>;

export interface AuditedChange {
  whose: Whose;
  actor: Actor;
  at: Instant;
  /** What was done to what, e.g. `endpoint.created`; the part before the dot is the kind of subject. */
  action: string;
  subjectId: string;
  changes: Changes;
}

/** Writes the entry in the transaction of the change itself: neither is there without the other. */
export async function writeAudit(tx: Tx, change: AuditedChange): Promise<void> {
  await tx.auditEntry.create({
    data: {
      id: newId(),
      tenantId: tenantColumn(change.whose),
      at: dateOf(change.at),
      actor: change.actor.id,
      actorKind: change.actor.kind,
      action: change.action,
      subjectType: change.action.split('.')[0] ?? change.action,
      subjectId: change.subjectId,
      changes: change.changes as Prisma.InputJsonObject,
    },
  });
}

/** The entry for something new: every field was null before. */
export function made(fields: Record<string, unknown>): Changes {
  return Object.fromEntries(Object.entries(fields).map(([name, to]) => [name, { from: null, to }]));
}

/** The fields of `after` that are not what they were in `before`. */
export function differences(before: object, after: object): Changes {
  const old = before as Record<string, unknown>;
  const changed = Object.entries(after as Record<string, unknown>).filter(
    ([name, to]) => JSON.stringify(old[name]) !== JSON.stringify(to),
  );
  return Object.fromEntries(changed.map(([name, to]) => [name, { from: old[name] ?? null, to }]));
}
