/** Prisma's code for a unique key that is taken. */
const TAKEN = 'P2002';

/** Whether a write failed as another row has the unique key already. */
export function isTaken(error: unknown): boolean {
  return (error as { code?: unknown }).code === TAKEN;
}
