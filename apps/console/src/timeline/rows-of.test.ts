import { describe, expect, it } from 'vitest';
import type { CallDto, TimelineItemDto } from '../api/operations';
import { rowsOf, rowsWithin, shownRows, type Row } from './rows-of';

const T = '2026-11-21T09:30:';
const call = {
  legs: [],
  direction: 'inbound',
  result: 'answered',
  state: 'ended',
  startedAt: `${T}00.000Z`,
  answeredAt: `${T}05.000Z`,
  endedAt: `${T}50.000Z`,
} as unknown as CallDto;

const receipt: TimelineItemDto = { kind: 'receipt', id: 'r', at: `${T}50.000Z`, state: 'done', route: 'cdr' };
const event: TimelineItemDto = {
  kind: 'event',
  id: 'e',
  at: `${T}50.010Z`,
  type: 'call.ended',
  receiptId: 'r',
};
const delivery: TimelineItemDto = {
  kind: 'delivery',
  id: 'd',
  at: `${T}50.011Z`,
  eventId: 'e',
  endpointId: 'x',
  state: 'delivered',
};
const attempt: TimelineItemDto = {
  kind: 'attempt',
  id: 'a',
  at: `${T}50.012Z`,
  deliveryId: 'd',
  number: 1,
  outcome: 'delivered',
  durationMs: 10,
};

const ids = (rows: readonly Row[]): string[] =>
  shownRows(rows, ({ open }) => open).map(({ row, level }) => `${level}${row.id}`);

describe('rowsOf', () => {
  it('puts what was caused below its cause, and what went well on one row', () => {
    const rows = rowsOf(call, [receipt, event, delivery, attempt], 0);
    expect(ids(rows)).toEqual(['1leg-0', '1r', '2e', '3d']);
    expect(rows[0]?.bars.map(({ tone }) => tone)).toEqual(['ringing', 'talking']);
  });

  it('opens what did not go through at once', () => {
    const failed = { ...attempt, id: 'a0', outcome: 'refused', at: `${T}50.011Z` };
    const rows = rowsOf(call, [receipt, event, delivery, failed, { ...attempt, number: 2 }], 0);
    expect(ids(rows)).toEqual(['1leg-0', '1r', '2e', '3d', '4a0', '4a']);
  });

  it('says how long after the event the endpoint was told', () => {
    const rows = rowsOf(call, [receipt, event, delivery, attempt], 0);
    expect(rows[1]?.children[0]?.children[0]?.delayMs).toBe(12);
  });

  it('shows events whose webhook is gone', () => {
    expect(ids(rowsOf(call, [event], 0))).toEqual(['1leg-0', '1e']);
  });

  it('lets a call that goes on grow until now', () => {
    const now = Date.parse(`${T}30.000Z`);
    const [leg] = rowsOf({ ...call, endedAt: null, state: 'answered' }, [], now);
    expect(leg?.bars.at(-1)?.end).toBe(now);
  });

  it('ends with its call what no end is known of', () => {
    const [leg] = rowsOf({ ...call, endedAt: null }, [], Date.parse(`${T}59.000Z`));
    expect(leg?.bars.at(-1)?.end).toBe(Date.parse(`${T}05.000Z`));
  });

  it('plans the next try where there will be one', () => {
    const due = { ...delivery, state: 'due', dueAt: `${T}55.000Z` };
    const [, webhook] = rowsOf(call, [receipt, event, due], 0);
    const planned = webhook?.children[0]?.children[0]?.bars.at(-1);
    expect(planned).toMatchObject({ start: Date.parse(`${T}55.000Z`), planned: true });
  });

  it('splits a try into where its time went, and no further than it took', () => {
    const timed = { ...attempt, timings: { dnsMs: 1, connectMs: 2, firstByteMs: 9, totalMs: 12 } };
    const [, webhook] = rowsOf(call, [receipt, event, delivery, timed], 0);
    const bars = webhook?.children[0]?.children[0]?.children[0]?.bars ?? [];
    const from = Date.parse(attempt.at);
    expect(bars.slice(1).map(({ step, start, end }) => [step, start - from, end - from])).toEqual([
      ['dns', 0, 1],
      ['connect', 1, 3],
      ['firstByte', 3, 9],
      ['body', 9, 10],
    ]);
  });
});

describe('rowsWithin', () => {
  it('keeps what happens in a stretch of time, and its causes', () => {
    const late = { ...attempt, id: 'a2', number: 2, at: `${T}59.000Z` };
    const rows = rowsOf(call, [receipt, event, { ...delivery, state: 'dead' }, attempt, late], 0);
    const found = rowsWithin(rows, { start: Date.parse(`${T}58.000Z`), end: Date.parse(`${T}59.500Z`) });
    expect(shownRows(found, () => true).map(({ row }) => row.id)).toEqual(['r', 'e', 'd', 'a2']);
  });
});
