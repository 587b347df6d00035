import { instant, type Instant, type NumberTrace } from '#domain';
import {
  SEARCHED_TABLES,
  leastKey,
  uuidFloor,
  type ErasureBook,
  type ErasureContext,
  type Erasing,
  type FoundAnswer,
  type NumberSearch,
  type SearchFor,
  type SearchedTable,
} from '#db';
import {
  eraseAnswers,
  eraseAttempts,
  eraseCalls,
  eraseChunks,
  erasePhones,
  eraseReceipts,
  eraseRows,
} from './erase-slice.js';

/** Rows that are written now may have an id from before: a clock is not another's. */
const LAST_LOOK_MARGIN_MS = 60_000;
/** Calls begin before they are over. */
const LONGEST_CALL_MS = 24 * 60 * 60 * 1000;
const [LEAST_ID = ''] = leastKey({ keys: { id: 'uuid' } });

/** What a slice is looked at for. */
export interface ErasureWork {
  context: ErasureContext;
  whose: SearchFor;
  trace: NumberTrace;
  /** Nothing is done yet. */
  counting: boolean;
  book: ErasureBook;
}

/** A table, or a part of one, that is gone through from a key on. */
export interface ErasureStep {
  name: string;
  least: string[];
  /** Where the last look begins, when not at the beginning. */
  since?: (begun: Instant) => string[];
  /** @returns what is to be done about a slice; `next` is null behind the last one */
  look: (
    work: ErasureWork,
    after: string[],
    last: boolean,
  ) => Promise<{ erasing: Erasing; next: string[] | null }>;
}

/**
 * In this order: calls first, as by them it is known what else belongs to the number.
 *
 * @param open  undefined for what cannot be opened
 */
export function erasureSteps(
  search: NumberSearch,
  open: (answer: FoundAnswer) => string | undefined,
): ErasureStep[] {
  return [
    callsStep(search, 'own'),
    callsStep(search, 'all'),
    ...logSteps(search),
    ...directorySteps(search),
    {
      name: 'idempotency_key',
      least: [LEAST_ID, ''],
      look: async ({ whose, trace, book }, after) => {
        const { found, next } = await search.answers(whose, after);
        return { erasing: eraseAnswers(found, { trace, book, open }), next };
      },
    },
    ...SEARCHED_TABLES.map((table) => rowsStep(search, table)),
  ];
}

function callsStep(search: NumberSearch, which: 'own' | 'all'): ErasureStep {
  const since = (begun: Instant) => [new Date(begun - LONGEST_CALL_MS).toISOString(), LEAST_ID];
  return {
    name: `call_${which}`,
    least: ['-infinity', LEAST_ID],
    ...(which === 'all' && { since }),
    look: async ({ whose, trace, counting, context, book }, after) => {
      const { found, next } = await search.calls(which, whose, after);
      const rules = { trace, counting, keep: context.keep, force: context.force };
      return { erasing: eraseCalls(found, rules, book), next };
    },
  };
}

function logSteps(search: NumberSearch): ErasureStep[] {
  return [
    {
      name: 'attempt',
      least: [LEAST_ID],
      since: sinceId,
      look: async ({ whose, trace, book }, after) => {
        const { found, next } = await search.attempts(whose, after);
        return { erasing: eraseAttempts(found, trace, book), next };
      },
    },
    {
      name: 'receipt',
      least: [LEAST_ID],
      since: sinceId,
      look: async ({ whose, book, counting }, after, last) => {
        const { found, next } = await search.receipts(whose, after);
        const look = counting ? 'counting' : last ? 'last' : 'first';
        return { erasing: eraseReceipts(found, look, book), next };
      },
    },
  ];
}

function directorySteps(search: NumberSearch): ErasureStep[] {
  return [
    {
      name: 'contact_phone',
      least: [LEAST_ID],
      look: async ({ whose, trace, book }, after) => {
        const { found, next } = await search.phones(whose, after);
        return { erasing: erasePhones(found, trace, book), next };
      },
    },
    {
      name: 'import_chunk',
      least: [LEAST_ID, '-1'],
      look: async ({ whose, trace, book }, after) => {
        const { found, next } = await search.chunks(whose, after);
        return { erasing: eraseChunks(found, trace, book), next };
      },
    },
  ];
}

function rowsStep(search: NumberSearch, table: SearchedTable): ErasureStep {
  return {
    name: table.table,
    least: leastKey(table),
    ...(table.growsById && { since: sinceId }),
    look: async ({ whose, trace, book }, after) => {
      const { found, next } = await search.rows(table, whose, after);
      return { erasing: eraseRows(table, found, trace, book), next };
    },
  };
}

function sinceId(begun: Instant): string[] {
  return [uuidFloor(instant(begun - LAST_LOOK_MARGIN_MS))];
}
