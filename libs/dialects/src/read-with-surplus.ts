import type { LegReport } from '#domain';
import type { Dialect, DialectSettings, InboundRequest, ProofCover, Reading } from './dialect.js';
import { isProved } from './sender-header.js';

/** A request, and what came after the length that it announced. */
export interface RequestWithSurplus extends InboundRequest {
  surplus?: Uint8Array | null | undefined;
}

/** What a dialect reads of a webhook, kept or just come. @param country  of its connection */
export function requestIn(
  country: string,
  { route, method, query, headers, body, surplus }: RequestWithSurplus,
): RequestWithSurplus {
  return { route, method, query, headers, body, surplus, country };
}

/** How the body is called among the fields that could not be read. */
const BODY = 'body';
const NOTHING = /^[\s\0]*(?:<[^<>]*>\s*)*$/;
const LONGEST_NOTHING = 2000;
const ALL: ProofCover = { url: true, surplus: true };

/**
 * Reads a request as it was announced, and where that says nothing, together with what followed: a PBX that counts the
 * characters of a Hebrew name instead of its bytes announces too short a length. Where neither can be read the URL counts, if
 * it holds a message: some PBXs put all into it and a template that nobody filled in beside it. What is not covered by the signature
 * of a message that was proved is not looked at: whoever has seen one could put anything beside it.
 */
export function readWithSurplus(
  dialect: Pick<Dialect, 'read' | 'proofCovers'>,
  request: RequestWithSurplus,
  settings: DialectSettings,
): Reading {
  const reading = dialect.read(request, settings);
  if (reading.ok) return reading;
  const { body, surplus } = request;
  const signed = isProved(request) ? (dialect.proofCovers?.(settings) ?? ALL) : ALL;
  const hasSurplus = surplus !== undefined && surplus !== null && surplus.length > 0;
  if (hasSurplus && signed.surplus) {
    const whole = dialect.read({ ...request, body: Buffer.concat([body, surplus]) }, settings);
    if (whole.ok) return whole;
  }
  const inUrl = signed.url ? readUrl(dialect, request, { settings, format: reading.format }) : undefined;
  if (inUrl !== undefined) return inUrl;
  return hasSurplus ? { ...reading, reason: `${reading.reason} Its Content-Length is too short.` } : reading;
}

/**
 * What the URL says by itself, with a note where the body said something as well; undefined where that is no message, or where
 * there is no body that it could stand beside.
 */
function readUrl(
  dialect: Pick<Dialect, 'read'>,
  request: InboundRequest,
  { settings, format }: { settings: DialectSettings; format: Reading['format'] },
): Reading | undefined {
  if (request.query === '' || request.body.length === 0) return undefined;
  const reading = dialect.read({ ...request, body: new Uint8Array() }, settings);
  if (!reading.ok) return undefined;
  const isLost = !saysNothing(request.body);
  const { vendorCallIds, question, unreadable, problems } = reading;
  return {
    ok: true,
    format,
    vendorCallIds,
    // Made when somebody looks at them, so the reading is not spread.
    get reports() {
      return isLost ? reading.reports.map(withBodyNoted) : reading.reports;
    },
    ...(question && { question }),
    ...(unreadable !== undefined && { unreadable }),
    ...(problems && { problems }),
  };
}

/** Tags and blanks alone. */
function saysNothing(body: Uint8Array): boolean {
  return body.length <= LONGEST_NOTHING && NOTHING.test(Buffer.from(body).toString('latin1'));
}

function withBodyNoted(report: LegReport): LegReport {
  return { ...report, unreadableFields: [...(report.unreadableFields ?? []), BODY] };
}
