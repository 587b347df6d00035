import { notFound } from '#domain';

/** @throws AppError `resource.not_found` */
export function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw notFound(what);
  return value;
}
