import { AppError } from '#domain';

/** Prisma's code for a unique key that is taken. */
const TAKEN = 'P2002';

/** @throws AppError `api_credential.taken` in place of the database's own error: it does not say whose it is */
export async function orTaken<T>(made: Promise<T>): Promise<T> {
  try {
    return await made;
  } catch (error) {
    if ((error as { code?: unknown }).code !== TAKEN) throw error;
    const message = 'This secret is in use already, or was once. Bring another one, or have one made.';
    throw new AppError('conflict', 'api_credential.taken', message);
  }
}
