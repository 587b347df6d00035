/**
 * Reads what a message holds, element by element: one that cannot be read costs the others nothing, and is not lost either.
 * What a single message holds is a list of one.
 */
import type { LegReport } from '#domain';
import type { ElementProblem, Question, Reading, WireFormat } from '../dialect.js';
import { writeCall } from '../xmlrpc/write-message.js';
import type { Writable } from '../xmlrpc/write-value.js';

/** A call that an element tells of. What it tells is read when somebody wants it. */
export interface ToldCall {
  vendorCallId: string;
  report: () => LegReport;
}

/** `unreadable`: why nothing of the element is kept with a call, although it asks something. */
export type ElementReading =
  | { ok: true; calls: readonly ToldCall[]; question?: Question; unreadable?: string }
  | { ok: false; reason: string };

type GoodReading = Extract<Reading, { ok: true }>;

/** What the elements came in, so that one of them can be sent again alone. */
export type Envelope = ({ format: Exclude<WireFormat, 'xmlrpc'> } | { format: 'xmlrpc'; method: string }) & {
  /** The vendor's name of an element, for the reason. */
  what: string;
  /** Names of fields of the message that were not read, as there were too many. */
  unread: readonly string[];
};

/** As many problems have a receipt each; a body full of rubbish would make more of them than anybody looks at. */
export const MOST_PROBLEMS = 100;

/**
 * @returns what cannot be read as problems, unless nothing can; of several questions the first, as one reply answers one
 */
export function readElements(
  elements: readonly unknown[],
  envelope: Envelope,
  readOne: (element: unknown) => ElementReading,
): Reading {
  const { format, what } = envelope;
  const calls: ToldCall[] = [];
  const bad: { element: unknown; reason: string }[] = [];
  let question: Question | undefined;
  for (const [index, element] of elements.entries()) {
    const reading = readOne(element);
    if (reading.ok) {
      for (const call of reading.calls) calls.push(call);
      question ??= reading.question;
    }
    const why = reading.ok ? reading.unreadable : reading.reason;
    if (why === undefined) continue;
    const place = elements.length === 1 ? '' : ` (${what} ${index + 1} of ${elements.length})`;
    bad.push({ element, reason: `${why}${place}` });
  }
  const [first] = bad;
  if (first === undefined && question === undefined) return readingOf(calls, envelope);
  const asks = question !== undefined && { question };
  if (first !== undefined && bad.length === elements.length) {
    const { reason } = first;
    if (!asks) return { ok: false, format, reason };
    return Object.assign(readingOf(calls, envelope), { ...asks, unreadable: reason });
  }
  const problems = problemsOf(bad, envelope);
  return Object.assign(readingOf(calls, envelope), { ...asks, ...(problems.length > 0 && { problems }) });
}

function readingOf(calls: readonly ToldCall[], { format, unread }: Envelope): GoodReading {
  let reports: readonly LegReport[] | undefined;
  const ids = calls.map(({ vendorCallId }) => vendorCallId);
  return {
    ok: true,
    format,
    vendorCallIds: ids.length > 1 ? [...new Set(ids)] : ids,
    get reports() {
      reports ??= calls.map(({ report }) => withUnread(report(), unread));
      return reports;
    },
  };
}

function withUnread(report: LegReport, unread: readonly string[]): LegReport {
  if (unread.length === 0) return report;
  return { ...report, unreadableFields: [...new Set([...(report.unreadableFields ?? []), ...unread])] };
}

/** The ones that have no receipt each share the last one, as a list. */
function problemsOf(
  bad: readonly { element: unknown; reason: string }[],
  envelope: Envelope,
): ElementProblem[] {
  const alone = bad.length > MOST_PROBLEMS ? bad.slice(0, MOST_PROBLEMS - 1) : bad;
  const problems = alone.map(({ element, reason }) => ({ reason, ...written(element, envelope) }));
  const others = bad.slice(alone.length);
  if (others.length === 0) return problems;
  const reason = `${others.length} more that cannot be read. ${others[0]?.reason ?? ''}`;
  return [
    ...problems,
    {
      reason,
      ...written(
        others.map(({ element }) => element),
        envelope,
      ),
    },
  ];
}

function written(element: unknown, envelope: Envelope): Pick<ElementProblem, 'contentType' | 'body'> {
  return envelope.format === 'xmlrpc'
    ? { contentType: 'text/xml', body: bytesOf(writeCall(envelope.method, [element as Writable])) }
    : { contentType: 'application/json', body: bytesOf(JSON.stringify(element)) };
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
