/** Reads a request by a mapping. */
import type { LegReport } from '#domain';
import type { InboundRequest, Reading } from '../dialect.js';
import { isProved } from '../sender-header.js';
import { readElements, type ElementReading, type ToldCall } from '../content/read-elements.js';
import { holds } from './holds.js';
import { Beside, readMessages } from './message.js';
import { readLeg, type ToldLeg } from './read-leg.js';
import type { ReadyMapping, ReadyPath, ReadyShape, ReadySignature } from './ready-mapping.js';
import { mayBeInUrl } from './signature/proof-covers.js';
import { spotsAt } from './spots-at.js';

/** Legs that one message may tell of; what comes after them is not read. */
const MOST_LEGS = 500;
/** Messages that one list may hold; what comes after them is kept as what cannot be read. */
const MOST_MESSAGES = 5000;
const TOO_MANY = `A request has at most ${MOST_MESSAGES} messages.`;
const TOO_MUCH = 'Reading it by this mapping takes too long.';

/** What is told to whoever tries a mapping, as it happens. */
export interface Watcher {
  /** Which kind a message was; null for none. */
  shape?: (name: string | null) => void;
  leg?: (told: ToldLeg) => void;
}

/** Never throws. */
export function readByMapping(
  request: InboundRequest,
  mapping: ReadyMapping,
  watcher: Watcher = {},
): Reading {
  const inUrl = !isProved(request) || mayBeInUrl(mapping.signature);
  const reading = readMessages(request, inUrl);
  if (!reading.ok)
    return inUrl || request.query === '' ? reading : { ...reading, reason: unsigned(request, reading) };
  const { format, messages, unread } = reading;
  const beside = new Beside(request);
  let read = 0;
  return readElements(messages, { format, what: 'message', unread }, (message) => {
    read += 1;
    if (read > MOST_MESSAGES) return { ok: false, reason: TOO_MANY };
    const reading = beside.isSpent ? undefined : readOne(message, { mapping, beside, watcher });
    // What was read by half may be another kind.
    return reading === undefined || beside.isSpent ? { ok: false, reason: TOO_MUCH } : reading;
  });
}

function unsigned({ body }: InboundRequest, { reason }: { reason: string }): string {
  return `${body.length === 0 ? 'It has no body.' : reason} What its URL says is not signed.`;
}

interface Reader {
  mapping: ReadyMapping;
  beside: Beside;
  watcher: Watcher;
}

/** The first kind of a mapping that a message is of. */
export function shapeOf(mapping: ReadyMapping, message: unknown, beside: Beside): ReadyShape | undefined {
  return mapping.shapes.find((shape) => holds(shape.when, { item: message, message, beside }));
}

function readOne(message: unknown, { mapping, beside, watcher }: Reader): ElementReading {
  const shape = shapeOf(mapping, message, beside);
  watcher.shape?.(shape?.name ?? null);
  if (shape === undefined) return { ok: false, reason: 'The message is of no kind that the mapping knows.' };
  if (shape.quiet) return { ok: true, calls: [] };
  const calls: ToldCall[] = [];
  let unreadable: string | undefined;
  for (const item of itemsOf(shape, message, beside)) {
    const where = { item, message, beside };
    if (shape.skip.length > 0 && holds(shape.skip, where)) continue;
    const leg = readLeg(shape, where, { isFirst: calls.length === 0, secret: toldAt(mapping.signature) });
    if (leg.kind === 'unreadable') unreadable ??= leg.reason;
    if (leg.kind !== 'leg') continue;
    calls.push({ vendorCallId: leg.vendorCallId, report: () => told(leg.tell, { beside, watcher }) });
  }
  if (calls.length === 0 && unreadable !== undefined) return { ok: false, reason: unreadable };
  return { ok: true, calls };
}

/** Where a secret is told in the message itself. */
function toldAt(rule: ReadySignature | null): ReadyPath | null {
  if (rule?.kind !== 'token') return null;
  const { root, names } = rule.at;
  const isInMessage = root === 'item' || root === 'message' || root === 'query' || root === 'form';
  return isInMessage ? { ...rule.at, root: 'message', names } : null;
}

function told(tell: () => ToldLeg, { beside, watcher }: Pick<Reader, 'beside' | 'watcher'>): LegReport {
  beside.beginToTell();
  const leg = tell();
  watcher.leg?.(leg);
  return leg.report;
}

function itemsOf({ each }: ReadyShape, message: unknown, beside: Beside): readonly unknown[] {
  if (each === null) return [message];
  const spots = spotsAt(each, { item: message, message, beside });
  return spots.slice(0, MOST_LEGS).map(({ value }) => value);
}
