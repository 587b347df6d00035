import { AsyncLocalStorage } from 'node:async_hooks';
import { AppError, type Instant } from '#domain';

/** What a caller believes that he changes. */
export interface ExpectedVersion {
  id: string;
  /** When it was changed last, in one of the versions that he has seen. */
  updatedAt: readonly Instant[];
  /** Set when the row was locked and looked at. */
  isChecked: boolean;
}

const expected = new AsyncLocalStorage<ExpectedVersion>();

/**
 * Runs `work` on the condition that the row with this id still is what the caller has seen. It is looked at where the row is
 * locked, in the transaction that changes it, so nobody can come between. All changes of one row go through that place, which
 * is why the condition is not a parameter of each of them.
 */
export function expecting<T>(version: ExpectedVersion, work: () => T): T {
  return expected.run(version, work);
}

/** The condition on a row, if there is one. */
export function expectedOf(id: string): ExpectedVersion | undefined {
  const version = expected.getStore();
  return version?.id === id ? version : undefined;
}

/** @throws AppError `resource.changed` 412 */
export function assertExpected(version: ExpectedVersion, updatedAt: Instant): void {
  version.isChecked = true;
  if (version.updatedAt.includes(updatedAt)) return;
  const message = 'It was changed meanwhile: get it anew, and make your change to that.';
  throw new AppError('conflict', 'resource.changed', message, { status: 412 });
}
