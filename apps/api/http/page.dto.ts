import type { Page, PageAsk } from '#db';
import { idCursor, readIdCursor } from './cursor.js';
import { CountField, TextField } from './field.decorator.js';
import { Shown } from './shown.decorator.js';

const DEFAULT_LIMIT = 50;
const MOST = 200;

/** What every list can be asked. */
export class PageQueryDto {
  @CountField({
    about: 'Most items of the page.',
    min: 1,
    max: MOST,
    optional: true,
    byDefault: DEFAULT_LIMIT,
    fromQuery: true,
  })
  limit?: number;

  @TextField({ about: '`nextCursor` of the page before.', max: 500, optional: true })
  cursor?: string;
}

export class PageDto {
  @Shown('Ask for the next page with `?cursor=` this. Null on the last page.', {
    type: String,
    nullable: true,
  })
  nextCursor!: string | null;
}

/** @throws AppError `cursor.invalid` */
export function pageAsk(query: PageQueryDto): PageAsk {
  return { limit: limitOf(query), after: readIdCursor(query.cursor) };
}

export function limitOf(query: PageQueryDto): number {
  return query.limit ?? DEFAULT_LIMIT;
}

/** A page as it is answered. */
export function pageAnswer<T, D>(
  page: Page<T>,
  show: (item: T) => D,
): { data: D[]; nextCursor: string | null } {
  return { data: page.items.map(show), nextCursor: page.next === null ? null : idCursor(page.next) };
}
