import { notFound } from '#domain';
import type { PipeTransform } from '@nestjs/common';
import { faultIn } from './fault-in.js';
import { isVisible } from './is-visible.js';

/** Longest text by which a thing of a PBX is named in a path. */
export const MOST_KEY_CHARACTERS = 64;

/** Reads from the path what the tenant or the PBX named: a number, a SIP user. What nobody can have is answered like what nobody has. */
export class KeyPipe implements PipeTransform<string, string> {
  /** @param what  for the message, e.g. `extension` */
  constructor(private readonly what: string) {}

  /** @throws AppError `resource.not_found` */
  transform(text: string): string {
    if (!isVisible(text) || text.length > MOST_KEY_CHARACTERS || faultIn(text)) throw notFound(this.what);
    return text;
  }
}
