import type { CallDto, TimelineItemDto } from '../api/operations';
import type { Span } from './axis-of';
import { stepsOf, type StepName } from './steps-of';

export type Tone = 'good' | 'bad' | 'waiting' | 'quiet' | 'ringing' | 'talking';

export interface Bar extends Span {
  tone: Tone;
  /** What has not happened yet is hollow. */
  planned: boolean;
  /** Of a try: where its time went. */
  step?: StepName;
}

/** One line of a call's timeline. What it caused is below it. */
export interface Row {
  id: string;
  kind: 'leg' | TimelineItemDto['kind'];
  bars: readonly Bar[];
  tone: Tone;
  item: TimelineItemDto | null;
  leg: LegFacts | null;
  /** Milliseconds since its cause; null where that is not known. */
  delayMs: number | null;
  children: readonly Row[];
  /** Whether what is below it is shown from the beginning: trouble is, what went well is not. */
  open: boolean;
}

export type LegFacts = Pick<
  CallDto,
  | 'direction'
  | 'result'
  | 'startedAt'
  | 'answeredAt'
  | 'endedAt'
  | 'extension'
  | 'extensionLabel'
  | 'agent'
  | 'queue'
>;

type Items = readonly TimelineItemDto[];

/** A tree of what happened: the call's legs, then webhook > event > delivery > try. @param now  milliseconds since 1970 */
export function rowsOf(call: CallDto, items: Items, now: number): Row[] {
  // What no end is known of goes on as long as the call does.
  const until = call.state === 'ended' ? null : now;
  const legs = call.legs.length > 0 ? call.legs : [call];
  const events = of(items, 'event');
  const receipts = of(items, 'receipt').map((receipt) => {
    const caused = events.filter(({ receiptId }) => receiptId === receipt.id);
    return receiptRow(receipt, eventRows(caused, items, time(receipt.at)));
  });
  const known = new Set(of(items, 'receipt').map(({ id }) => id));
  const others = events.filter(({ receiptId }) => receiptId == null || !known.has(receiptId));
  return [
    ...legs.map((leg, index) => legRow(leg, `leg-${index}`, until)),
    ...[...receipts, ...eventRows(others, items, null)].sort(byStart),
  ];
}

/** All rows that are to be seen, each with how deep it is. */
export function shownRows(
  rows: readonly Row[],
  isOpen: (row: Row) => boolean,
  level = 1,
): { row: Row; level: number }[] {
  return rows.flatMap((row) => [
    { row, level },
    ...(isOpen(row) ? shownRows(row.children, isOpen, level + 1) : []),
  ]);
}

/** Those that something of happens in a stretch of time, each with its causes. */
export function rowsWithin(rows: readonly Row[], { start, end }: Span): Row[] {
  return rows.flatMap((row) => {
    const children = rowsWithin(row.children, { start, end });
    const isWithin = row.bars.some((bar) => bar.start <= end && bar.end >= start);
    return isWithin || children.length > 0 ? [{ ...row, children }] : [];
  });
}

/** The time that a tree of rows takes. */
export function spansOf(rows: readonly Row[]): Span[] {
  return rows.flatMap(({ bars, children }) => [...bars, ...spansOf(children)]);
}

const time = (text: string): number => Date.parse(text);
const of = (items: Items, kind: TimelineItemDto['kind']): TimelineItemDto[] =>
  items.filter((item) => item.kind === kind);
const byStart = (a: Row, b: Row): number => (a.bars[0]?.start ?? 0) - (b.bars[0]?.start ?? 0);

function moment(at: number, tone: Tone): Bar[] {
  return [{ start: at, end: at, tone, planned: false }];
}

function legRow(leg: LegFacts, id: string, now: number | null): Row {
  const started = leg.startedAt === null ? null : time(leg.startedAt);
  const answered = leg.answeredAt === null ? null : time(leg.answeredAt);
  const ended = leg.endedAt === null ? null : time(leg.endedAt);
  const end = ended ?? now ?? answered ?? started ?? 0;
  const isOver = ended !== null || now === null;
  const bars: Bar[] = [];
  if (started !== null)
    bars.push(span(started, answered ?? end, answered === null && isOver ? 'bad' : 'ringing'));
  if (answered !== null) bars.push(span(answered, end, 'talking'));
  const tone: Tone = leg.result === 'answered' ? 'good' : isOver ? 'bad' : 'waiting';
  return { id, kind: 'leg', bars, tone, item: null, leg, delayMs: null, children: [], open: false };
}

/** A PBX's clocks may disagree with themselves. */
function span(start: number, end: number, tone: Tone): Bar {
  return { start, end: Math.max(start, end), tone, planned: false };
}

function itemRow(item: TimelineItemDto, bars: readonly Bar[], tone: Tone, rest: Partial<Row>): Row {
  return {
    id: item.id,
    kind: item.kind,
    bars,
    tone,
    item,
    leg: null,
    delayMs: null,
    children: [],
    open: true,
    ...rest,
  };
}

function receiptRow(item: TimelineItemDto, children: readonly Row[]): Row {
  const tone: Tone = item.state === 'done' ? 'good' : item.state === 'due' ? 'waiting' : 'bad';
  return itemRow(item, moment(time(item.at), tone), tone, { children });
}

function eventRows(events: Items, items: Items, cause: number | null): Row[] {
  return events.map((item) => {
    const at = time(item.at);
    const children = of(items, 'delivery')
      .filter(({ eventId }) => eventId === item.id)
      .map((delivery) => deliveryRow(delivery, items, at));
    return itemRow(item, moment(at, 'quiet'), 'quiet', {
      children,
      delayMs: cause === null ? null : at - cause,
    });
  });
}

/** What has not happened yet. */
function planned(at: number): Bar {
  return { start: at, end: at, tone: 'waiting', planned: true };
}

const DELIVERY_TONES: Readonly<Record<string, Tone>> = {
  delivered: 'good',
  dead: 'bad',
  due: 'waiting',
  held: 'waiting',
};

function deliveryRow(item: TimelineItemDto, items: Items, cause: number): Row {
  const tries = of(items, 'attempt')
    .filter(({ deliveryId }) => deliveryId === item.id)
    .map(attemptRow);
  const tone = DELIVERY_TONES[item.state ?? ''] ?? 'quiet';
  const at = time(item.at);
  const last = tries.at(-1)?.bars[0]?.end ?? at;
  const smooth = tone === 'good' && tries.length === 1;
  const delayMs = tone === 'good' ? last - cause : null;
  const next = item.dueAt == null ? null : time(item.dueAt);
  const bars = [span(at, last, tone), ...(next === null ? [] : [planned(next)])];
  return itemRow(item, bars, tone, { children: tries, open: !smooth, delayMs });
}

function attemptRow(item: TimelineItemDto): Row {
  const start = time(item.at);
  const tone: Tone = item.outcome === 'delivered' ? 'good' : 'bad';
  const whole = span(start, start + (item.durationMs ?? 0), tone);
  return itemRow(item, [whole, ...stepBars(item, whole)], tone, {});
}

/** Drawn over the whole of a try. */
function stepBars({ timings }: TimelineItemDto, { start, end, tone }: Bar): Bar[] {
  let at = start;
  return stepsOf(timings ?? {}).map(({ name, ms }) => {
    const bar = { start: Math.min(at, end), end: Math.min(at + ms, end), tone, planned: false, step: name };
    at += ms;
    return bar;
  });
}
