import { notFound } from '#domain';
import type { PipeTransform } from '@nestjs/common';

const WHOLE = /^[1-9]\d{0,9}$/;

/** Reads from the path a number by which something is known. What is no such number is answered like what nobody has. */
export class NumberPipe implements PipeTransform<string, number> {
  /** @param what  for the message, e.g. `row` */
  constructor(private readonly what: string) {}

  /** @throws AppError `resource.not_found` */
  transform(text: string): number {
    if (!WHOLE.test(text)) throw notFound(this.what);
    return Number(text);
  }
}
