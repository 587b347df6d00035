import { Prisma } from '../generated/client.js';

/** Prisma tells the column's null from JSON's own; we mean the column's. */
export function jsonOrNull(value: object | null): Prisma.InputJsonObject | typeof Prisma.DbNull {
  return value === null ? Prisma.DbNull : value;
}
