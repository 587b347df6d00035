import { instant, notFound, numberKey, type Actor, type TenantId } from '#domain';
import type { BlockedNumber, DoNotCallRepository, Page } from '#db';
import { csvLine, type Clock } from '#platform';
import { numberCursor, readNumberCursor } from '../http/cursor.js';
import { limitOf } from '../http/page.dto.js';
import { readTime, timeText } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import type {
  DoNotCallQueryDto,
  ListedDto,
  ListedNumberDto,
  ListedNumberPageDto,
  NewListedNumbersDto,
  RegistryAnswersDto,
  RegistryKeptDto,
  UnlistedDto,
  UnlistedNumbersDto,
} from './do-not-call.dto.js';
import { readNewNumbers, readNumber, readNumbers } from './read-numbers.js';

/** By which way numbers come that are added here. */
const SOURCE = 'api';
/** Numbers that are read and written together. */
const PAGE = 1_000;
const COLUMNS = ['number', 'name', 'source', 'createdAt'] as const;

/** Numbers that nobody of a tenant may be connected to. */
export class DoNotCallDesk {
  constructor(
    private readonly list: DoNotCallRepository,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  async page(tenant: TenantId, query: DoNotCallQueryDto): Promise<ListedNumberPageDto> {
    const ask = { limit: limitOf(query), after: readNumberCursor(query.cursor) };
    const { prefix } = query;
    const beginning = prefix === undefined ? undefined : `+${prefix.replace('+', '')}`;
    const { items, next } = await this.list.list(tenant, beginning, ask);
    return { data: items.map(numberView), nextCursor: next === null ? null : numberCursor(next) };
  }

  async add(
    tenant: TenantId,
    { country, numbers: rows }: NewListedNumbersDto,
    by: Actor,
  ): Promise<ListedDto> {
    const { numbers, refused } = await readNewNumbers(rows, country);
    const added = numbers.length === 0 ? 0 : await this.list.add(tenant, numbers, SOURCE, by);
    return { added, unchanged: numbers.length - added, refused };
  }

  async remove(
    tenant: TenantId,
    { country, numbers: rows }: UnlistedNumbersDto,
    by: Actor,
  ): Promise<UnlistedDto> {
    const { numbers, refused } = await readNumbers(rows, country);
    const all = numbers.map(({ e164 }) => e164);
    const removed = all.length === 0 ? 0 : (await this.list.remove(tenant, all, by)).length;
    return { removed, unchanged: all.length - removed, refused };
  }

  async registry(
    tenant: TenantId,
    { country, numbers: rows, listed, askedAt }: RegistryAnswersDto,
    by: Actor,
  ): Promise<RegistryKeptDto> {
    const { numbers, refused } = await readNumbers(rows, country);
    const now = this.clock.now();
    const said = { listed, askedAt: instant(Math.min(now, readTime(askedAt) ?? now)) };
    const all = numbers.map(({ e164 }) => e164);
    if (all.length > 0) await this.list.answered(tenant, all, said, by);
    return { kept: all.length, refused };
  }

  /** @throws AppError `request.invalid` for what is no number, `resource.not_found` for one that may be called */
  async get(tenant: TenantId, text: string, country: string | undefined): Promise<ListedNumberDto> {
    const e164 = readNumber(text, country);
    if (e164 === null) {
      const message = 'number must be a phone number with its country code, or with a country beside it';
      throw invalidRequest([{ field: 'number', message }]);
    }
    const key = numberKey(e164);
    const { items } = await this.list.list(tenant, key, { limit: 1, after: null });
    const [first] = items;
    if (first?.phone !== key) throw notFound('number on the list');
    return numberView(first);
  }

  /** The whole list as CSV, written while it is read. */
  async *export(tenant: TenantId): AsyncGenerator<string> {
    yield csvLine(COLUMNS);
    let after: string | null = null;
    do {
      const page: Page<BlockedNumber> = await this.list.list(tenant, undefined, { limit: PAGE, after });
      const rows = page.items.map(numberView);
      yield rows.map((row) => csvLine(COLUMNS.map((column) => row[column]))).join('');
      after = page.next;
    } while (after !== null);
  }
}

function numberView({ phone, name, source, createdAt }: BlockedNumber): ListedNumberDto {
  return { number: phone, name, source, createdAt: timeText(createdAt) };
}
