import type { Instant } from '#domain';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { dateOf, instantOf } from './times.js';
import { runFor, tenantColumn, type Whose } from './whose.js';

/** One use of an idempotency key. `startedAt` tells a request's own use from one that took the key over. */
export interface IdempotentUse {
  /** Id of the `Actor`. */
  actorId: string;
  key: string;
  startedAt: Instant;
}

/** What is known of an earlier request with the same key. */
export interface EarlierUse {
  requestHash: Uint8Array;
  startedAt: Instant;
  /** Null while that request is still being answered. */
  answer: { status: number; sealedBody: string } | null;
}

/** POSTs that may be repeated. The rows belong to whoever makes them; whose rows they are is only the wall around them. */
export class IdempotencyRepository {
  constructor(private readonly scope: TenantScope) {}

  /**
   * Takes the key for this request unless an earlier one has it.
   *
   * @returns `taken`; else what the earlier request left, `hidden` when it was made for another tenant
   */
  begin(whose: Whose, use: IdempotentUse, requestHash: Uint8Array): Promise<'taken' | 'hidden' | EarlierUse> {
    const { actorId, key, startedAt } = use;
    return runFor(this.scope, whose, async (tx) => {
      const { count } = await tx.idempotencyKey.createMany({
        data: [
          {
            actorId,
            key,
            tenantId: tenantColumn(whose),
            requestHash: Buffer.from(requestHash),
            createdAt: dateOf(startedAt),
          },
        ],
        skipDuplicates: true,
      });
      if (count === 1) return 'taken';
      const row = await tx.idempotencyKey.findFirst({
        where: { actorId, key, tenantId: tenantColumn(whose) },
      });
      if (row === null) return 'hidden';
      const { status, sealedBody } = row;
      return {
        requestHash: row.requestHash,
        startedAt: instantOf(row.createdAt),
        answer: status === null || sealedBody === null ? null : { status, sealedBody },
      };
    });
  }

  /**
   * Takes over a key whose earlier use is too old to count or whose process died.
   *
   * @param earlier  when that use started; of several that try, one gets it
   */
  takeOver(whose: Whose, use: IdempotentUse, requestHash: Uint8Array, earlier: Instant): Promise<boolean> {
    const { actorId, key, startedAt } = use;
    return runFor(this.scope, whose, async (tx) => {
      const { count } = await tx.idempotencyKey.updateMany({
        where: { actorId, key, tenantId: tenantColumn(whose), createdAt: dateOf(earlier) },
        data: {
          requestHash: Buffer.from(requestHash),
          createdAt: dateOf(startedAt),
          status: null,
          sealedBody: null,
        },
      });
      return count === 1;
    });
  }

  /** Keeps the answer for whoever repeats the request. */
  finish(whose: Whose, use: IdempotentUse, answer: { status: number; sealedBody: string }): Promise<void> {
    return runFor(this.scope, whose, async (tx) => {
      await tx.idempotencyKey.updateMany({ where: rowOf(whose, use), data: answer });
    });
  }

  /** Forgets a request that came to nothing, so that it may be tried again. */
  release(whose: Whose, use: IdempotentUse): Promise<void> {
    return runFor(this.scope, whose, async (tx) => {
      await tx.idempotencyKey.deleteMany({ where: rowOf(whose, use) });
    });
  }

  /** Operator level: drops what is older than answers are kept for. @returns how many */
  forgetBefore(before: Instant): Promise<number> {
    return this.scope.forOperator(async (tx) => {
      const { count } = await tx.idempotencyKey.deleteMany({ where: { createdAt: { lt: dateOf(before) } } });
      return count;
    });
  }
}

function rowOf(whose: Whose, { actorId, key, startedAt }: IdempotentUse) {
  return { actorId, key, tenantId: tenantColumn(whose), createdAt: dateOf(startedAt) };
}
