import type { CallResult, CallView } from '#domain';
import type { BookedCall } from './asterisk-books.js';
import type { AsteriskOffice } from './asterisk-office.js';

export interface Compared {
  /** A sentence for each record that is not as the books have it. */
  differences: string[];
  figures: {
    compared: number;
    answered: number;
    worstAnswerMs: number;
    worstDurationMs: number;
  };
}

/** Which of our words each of Asterisk's may become: it has one for whoever gave up and for whoever was not answered. */
const RESULTS: Readonly<Record<BookedCall['disposition'], readonly CallResult[]>> = {
  ANSWERED: ['answered'],
  BUSY: ['busy', 'missed'],
  'NO ANSWER': ['missed', 'cancelled', 'abandoned'],
  FAILED: ['failed', 'missed'],
};
const MOST_APART_MS = 1_000;
/**
 * Puts each record beside what Asterisk wrote of the same call: direction, outcome, time of the answer, duration. The answer of a
 * call that a queue or an order took first is the one of the phone, as that phone saw it: the books have the queue's.
 */
export function compareWithBooks(
  records: ReadonlyMap<string, CallView>,
  booked: readonly BookedCall[],
  office: AsteriskOffice,
): Compared {
  const differences: string[] = [];
  let [answered, worstAnswerMs, worstDurationMs] = [0, 0, 0];
  for (const book of booked) {
    const record = records.get(book.id);
    const differ = (what: string, ours: unknown, theirs: unknown): void => {
      differences.push(`${book.id}: ${what} is ${String(ours)}, and ${String(theirs)} in the books`);
    };
    if (record === undefined) {
      differ('the record', 'not there', JSON.stringify(book));
      continue;
    }
    if (record.direction !== book.direction) differ('direction', record.direction, book.direction);
    if (!RESULTS[book.disposition].includes(record.result)) differ('result', record.result, book.disposition);
    const durationMs = timeOf(record.endedAt) - timeOf(record.startedAt);
    const apart = Math.abs(durationMs - (book.endedAt - book.startedAt));
    worstDurationMs = Math.max(worstDurationMs, apart);
    if (!(apart <= MOST_APART_MS)) differ('duration', durationMs, book.endedAt - book.startedAt);
    if (book.disposition !== 'ANSWERED') continue;
    answered += 1;
    const answeredAt = answerOf(book, record, office);
    const late = Math.abs(timeOf(record.answeredAt) - answeredAt);
    worstAnswerMs = Math.max(worstAnswerMs, late);
    if (!(late <= MOST_APART_MS)) differ('the answer', record.answeredAt, new Date(answeredAt).toISOString());
  }
  return {
    differences,
    figures: { compared: booked.length, answered, worstAnswerMs, worstDurationMs },
  };
}

/** When the two whom the call is about could talk. */
function answerOf(book: BookedCall, record: CallView, office: AsteriskOffice): number {
  const isOrder = !/^\d+\.\d+$/.test(book.id);
  const customer = record.direction === 'inbound' ? record.from.original : record.to.original;
  const wasQueued = office.seen.some(({ phone, from }) => /^10[45]$/.test(phone) && from === customer);
  if (!isOrder && !wasQueued) return book.answeredAt ?? Number.NaN;
  const saw = office.seen.find(({ phone, from, answeredAt, call }) =>
    isOrder
      ? phone === 'trunk' && call.header('to').includes(`:${customer}@`)
      : /^10[45]$/.test(phone) && from === customer && answeredAt !== null,
  );
  return saw?.answeredAt ?? Number.NaN;
}

function timeOf(shown: string | null): number {
  return shown === null ? Number.NaN : Date.parse(shown);
}
