import type { TimelineItemDto } from '../api/operations';
import type { Texts } from '../texts/en';
import { durationText } from '../texts/durations';
import { momentText } from '../list/zoned-time';
import type { Row } from './rows-of';
import type { TimelineTexts } from './texts';

export interface RowWords {
  /** What kind of thing it is. */
  kind: string;
  /** Which one, in words of the PBX, the endpoint and the like. */
  name: string;
  /** What became of it, and how long that took. */
  note: string;
}

/** What rows are told in. */
export interface Telling {
  texts: Texts;
  timeline: TimelineTexts;
  language: string;
  /** IANA name. */
  zone: string;
  /** Names of endpoints, by id. */
  endpoints: ReadonlyMap<string, string>;
}

export function wordsOf(row: Row, { texts, timeline, language, zone, endpoints }: Telling): RowWords {
  const delay = row.delayMs === null || row.delayMs < 0 ? '' : durationText(row.delayMs, language);
  const { item, leg } = row;
  if (leg !== null) {
    const who =
      leg.agent?.name ?? leg.extensionLabel ?? leg.extension ?? leg.queue?.label ?? leg.queue?.name ?? '';
    return { kind: timeline.leg, name: who, note: texts.results[leg.result] };
  }
  if (item === null) return { kind: '', name: '', note: '' };
  switch (item.kind) {
    case 'receipt':
      return { kind: timeline.receipt, name: item.route ?? '', note: receiptNote(item, timeline) };
    case 'event':
      return { kind: timeline.event, name: item.type ?? '', note: delay === '' ? '' : timeline.after(delay) };
    case 'delivery': {
      const state = texts.deliveryStates[item.state as keyof Texts['deliveryStates']] ?? item.state ?? '';
      const name = endpoints.get(item.endpointId ?? '') ?? '';
      const next =
        item.dueAt == null ? '' : ` · ${timeline.nextAt(momentText(item.dueAt, language, true, zone))}`;
      return { kind: timeline.delivery, name, note: delay === '' ? state + next : timeline.toldIn(delay) };
    }
    case 'attempt': {
      const status = item.status == null ? (item.outcome ?? '') : timeline.status(item.status);
      const took = item.durationMs === undefined ? '' : durationText(item.durationMs, language);
      return {
        kind: timeline.attemptNumber(item.number ?? 1),
        name: status,
        note: took === '' ? '' : timeline.took(took),
      };
    }
  }
}

function receiptNote({ state, reason }: TimelineItemDto, { receiptStates }: TimelineTexts): string {
  if (state === 'done') return '';
  return reason ?? receiptStates[state as keyof TimelineTexts['receiptStates']] ?? '';
}

/** The timeline as lines of text, for a ticket or a mail. */
export function timelineText(
  rows: readonly { row: Row; level: number }[],
  words: (row: Row) => RowWords,
): string {
  return rows
    .map(({ row, level }) => {
      const { kind, name, note } = words(row);
      const at = row.bars[0] === undefined ? '' : new Date(row.bars[0].start).toISOString();
      const text = [kind, name, note].filter((part) => part !== '').join(' ');
      return `${at.padEnd(24)} ${'  '.repeat(level - 1)}${text}`;
    })
    .join('\n');
}
