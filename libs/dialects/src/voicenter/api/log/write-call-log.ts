/** Writes the vendor's call log, as JSON or as a page with a table (seed section 3, "Response", "Errors"). */
import { MOST_LOG_ROWS, type AskFailure, type AskResult, type ToldCall } from '#domain';
import type { FacadeReply, FacadeSettings, Manner } from '../../../facade.js';
import { WRONG_KIND, wordsOf } from '../failure-words.js';
import { htmlReply, jsonReply } from '../replies.js';
import { rowsOf } from './cdr-rows.js';
import { isType } from './cdr-words.js';
import { ALL_COLUMNS, valueOf } from './columns.js';
import { sorted, type Sort } from './sort-rows.js';
import { tablePage } from './table-page.js';

/** How `callLogManner` says it. */
interface LogManner {
  html?: boolean;
  columns?: readonly string[] | null;
  types?: readonly string[] | null;
  sort?: readonly Sort[];
}

interface Verdict {
  number: number;
  status: number;
}

/** 5 is the vendor's for dates that are no span; for what it has no number for ours is 6. */
const OTHER = 6;
const VERDICT_OF: Readonly<Record<AskFailure['code'], Verdict>> = {
  rate: { number: 1, status: 403 },
  unauthorised: { number: 2, status: 403 },
  too_many: { number: 3, status: 403 },
  address: { number: 4, status: 403 },
  invalid: { number: OTHER, status: 400 },
  blocked: { number: OTHER, status: 403 },
  offline: { number: OTHER, status: 500 },
  not_found: { number: OTHER, status: 404 },
  unsupported: { number: OTHER, status: 501 },
  refused: { number: OTHER, status: 500 },
  unknown: { number: OTHER, status: 500 },
  unavailable: { number: OTHER, status: 503 },
};
const DATES: ReadonlySet<string> = new Set(['fromdate', 'todate']);
const WRONG_DATES: Verdict = { number: 5, status: 404 };

export function writeCallLog(
  result: AskResult,
  manner: Manner,
  settings: FacadeSettings | null,
): FacadeReply {
  const how: LogManner = manner;
  if (!result.ok) return writeFailure(result.failure, how);
  const { told } = result;
  if (told.kind !== 'call_log') return writeFailure(WRONG_KIND, how);
  return writeCalls(told, how, settings);
}

function writeFailure(failure: AskFailure, how: LogManner): FacadeReply {
  const areDates = failure.code === 'invalid' && DATES.has(failure.field);
  const { number, status } = areDates ? WRONG_DATES : VERDICT_OF[failure.code];
  return reply({ number, description: wordsOf(failure), status, total: 0, rows: [] }, how);
}

function writeCalls(
  { calls, total }: { calls: readonly ToldCall[]; total: number },
  how: LogManner,
  settings: FacadeSettings | null,
): FacadeReply {
  const all = calls.flatMap(rowsOf);
  const wanted = (how.types ?? null) === null ? all : all.filter(({ type }) => isWanted(type, how.types));
  // A call may have several CDRs, so there can be too many of these although there were not of those.
  if (wanted.length > MOST_LOG_ROWS) {
    return writeFailure({ code: 'too_many', found: wanted.length, most: MOST_LOG_ROWS }, how);
  }
  const columns = how.columns ?? ALL_COLUMNS;
  const lower = settings?.callLogKeys === 'lower';
  const rows = sorted(wanted, how.sort ?? [], settings).map((row) =>
    columns.map((name): [string, unknown] => [
      lower ? name.toLowerCase() : name,
      valueOf(row, name, settings),
    ]),
  );
  const untold = Math.max(0, total - calls.length);
  return reply({ number: 0, description: 'OK', status: 200, total: rows.length + untold, rows }, how);
}

function isWanted(type: string, types: LogManner['types']): boolean {
  return types?.some((asked) => isType(type, asked)) ?? true;
}

interface Log {
  number: number;
  description: string;
  status: number;
  total: number;
  rows: readonly (readonly [name: string, value: unknown])[][];
}

function reply({ number, description, status, total, rows }: Log, { html, columns }: LogManner): FacadeReply {
  if (html === true) {
    const page =
      number === 0
        ? tablePage(rows[0]?.map(([name]) => name) ?? columns ?? ALL_COLUMNS, rows)
        : tablePage(
            ['ERROR_NUMBER', 'ERROR_DESCRIPTION'],
            [
              [
                ['ERROR_NUMBER', number],
                ['ERROR_DESCRIPTION', description],
              ],
            ],
          );
    return htmlReply(page, status);
  }
  return jsonReply(
    {
      ERROR_NUMBER: number,
      ERROR_DESCRIPTION: description,
      STATUS_CODE: status,
      TOTAL_HITS: total,
      RETURN_HITS: rows.length,
      CDR_LIST: rows.map((row) => Object.fromEntries(row)),
    },
    status,
  );
}
