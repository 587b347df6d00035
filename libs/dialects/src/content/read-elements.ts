/**
 * Reads what a message holds, element by element: one that cannot be read costs the others nothing, and is not lost either.
 * What a single message holds is a list of one.
 */
import type { LegReport } from '#domain';
import type { ElementProblem, Question, Reading, WireFormat } from '../dialect.js';
import { writeCall } from '../xmlrpc/write-message.js';
import type { Writable } from '../xmlrpc/write-value.js';

/** `unreadable`: why nothing of the element is kept with a call, although it asks something. */
export type ElementReading =
  | { ok: true; reports: readonly LegReport[]; question?: Question; unreadable?: string }
  | { ok: false; reason: string };

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
  const { format, what, unread } = envelope;
  const reports: LegReport[] = [];
  const bad: { element: unknown; reason: string }[] = [];
  let question: Question | undefined;
  for (const [index, element] of elements.entries()) {
    const reading = readOne(element);
    if (reading.ok) {
      reports.push(...reading.reports.map((report) => withUnread(report, unread)));
      question ??= reading.question;
    }
    const why = reading.ok ? reading.unreadable : reading.reason;
    if (why === undefined) continue;
    const place = elements.length === 1 ? '' : ` (${what} ${index + 1} of ${elements.length})`;
    bad.push({ element, reason: `${why}${place}` });
  }
  const [first] = bad;
  const asks = question !== undefined && { question };
  if (first !== undefined && bad.length === elements.length) {
    const { reason } = first;
    return asks ? { ok: true, format, reports, ...asks, unreadable: reason } : { ok: false, format, reason };
  }
  const problems = problemsOf(bad, envelope);
  return { ok: true, format, reports, ...asks, ...(problems.length > 0 && { problems }) };
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
