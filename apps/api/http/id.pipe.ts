import { isUuid, notFound, type Brand } from '#domain';
import type { PipeTransform } from '@nestjs/common';

/** Reads an id from the path. What is no id at all is answered like one that nobody has. */
export class IdPipe<T extends Brand<string, string>> implements PipeTransform<string, T> {
  /** @param what  for the message, e.g. `endpoint` */
  constructor(private readonly what: string) {}

  /** @throws AppError `resource.not_found` */
  transform(text: string): T {
    const lower = text.toLowerCase();
    if (!isUuid(lower)) throw notFound(this.what);
    return lower as T;
  }
}
