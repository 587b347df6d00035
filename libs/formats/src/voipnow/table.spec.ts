import fc from 'fast-check';
import {
  EMPTY_TABLE,
  MAX_EVENT_ID,
  MAX_ROWS,
  addRow,
  clearSelected,
  listRows,
  reachedUrls,
  rowsFor,
  setActive,
  updateRow,
  type CallEventKind,
  type CallEventTable,
  type RowDraft,
  type TableChange,
} from './table.js';

const URL_OF = 'https://crm.example/';
const draft = (extension: string, kind: CallEventKind, more: Partial<RowDraft> = {}): RowDraft => ({
  extension,
  kind,
  url: `${URL_OF}${kind}`,
  ...more,
});
const done = (change: TableChange): CallEventTable => {
  if (!change.ok) throw new Error(change.reason);
  return change.table;
};
const tableOf = (...drafts: RowDraft[]) =>
  drafts.reduce((table, one) => done(addRow(table, one)), EMPTY_TABLE);
const ids = (table: CallEventTable) => table.rows.map(({ eventId }) => eventId);

describe('the table of call events', () => {
  const table = tableOf(
    draft('0003*210', 2),
    draft('*', 0, { method: 'POST', note: 'pops' }),
    draft('0003*210', 0),
  );

  it('generates event ids; a request is by GET and active unless told otherwise', () => {
    expect(table.rows[0]).toEqual({
      ...draft('0003*210', 2),
      eventId: 1,
      method: 'GET',
      note: '',
      active: true,
    });
    expect(ids(table)).toEqual([1, 2, 3]);
  });

  it('never gives an event id twice', () => {
    const cleared = clearSelected(table, [1, 2, 3, 99]);
    expect(cleared.rows).toEqual([]);
    expect(ids(done(addRow(cleared, draft('*', 1))))).toEqual([4]);
  });

  it('changes everything of a row but its event id', () => {
    const change = { note: 'new', kind: 4, eventId: 77 } as const;
    expect(done(updateRow(table, 2, change)).rows[1]).toMatchObject({
      eventId: 2,
      note: 'new',
      kind: 4,
      method: 'POST',
    });
    expect(updateRow(table, 9, {})).toEqual({ ok: false, reason: 'no_such_event' });
  });

  it('disables and enables a row', () => {
    const off = done(setActive(table, 3, false));
    const asked = { extension: '0003*210', kind: 0 } as const;
    expect(rowsFor(off, asked).map(({ eventId }) => eventId)).toEqual([2]);
    expect(rowsFor(done(setActive(off, 3, true)), asked).map(({ eventId }) => eventId)).toEqual([2, 3]);
  });

  it('clears what was selected and nothing else', () => {
    expect(ids(clearSelected(table, [1, 3]))).toEqual([2]);
  });

  it('is listed by extension, every extension first, then by kind', () => {
    expect(listRows(table).map(({ eventId }) => eventId)).toEqual([2, 3, 1]);
    expect(listRows(table, { extension: '0003*210' }).map(({ eventId }) => eventId)).toEqual([3, 1]);
    expect(listRows(table, { kind: 0 }).map(({ eventId }) => eventId)).toEqual([2, 3]);
    const off = done(setActive(table, 2, false));
    expect(listRows(off, { active: true, kind: 0 }).map(({ eventId }) => eventId)).toEqual([3]);
    expect(listRows(off, { active: false }).map(({ eventId }) => eventId)).toEqual([2]);
  });

  it('takes what is undefined for left out', () => {
    const none = { method: undefined, note: undefined, active: undefined } as unknown as Partial<RowDraft>;
    const added = done(addRow(EMPTY_TABLE, draft('*', 0, none)));
    expect(added.rows[0]).toMatchObject({ method: 'GET', note: '', active: true });
    expect(done(updateRow(table, 2, none)).rows[1]).toEqual(table.rows[1]);
  });

  it('leads to the URLs of its active rows', () => {
    expect(reachedUrls(table)).toEqual(new Set([`${URL_OF}0`, `${URL_OF}2`]));
    expect(reachedUrls(done(setActive(table, 1, false)))).toEqual(new Set([`${URL_OF}0`]));
  });

  it('is full at some point', () => {
    const full = tableOf(...Array.from({ length: MAX_ROWS }, () => draft('*', 0)));
    expect(addRow(full, draft('*', 0))).toEqual({ ok: false, reason: 'full' });
    const spent = { nextEventId: MAX_EVENT_ID, rows: [] };
    expect(addRow(spent, draft('*', 0))).toEqual({ ok: false, reason: 'full' });
  });

  it('stays a table whatever is done to it, and leaves the old one as it was', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('add', 'update', 'toggle', 'clear'), fc.nat(20)), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(steps, (all) => {
        let now = EMPTY_TABLE;
        const given = new Set<number>();
        for (const [step, at] of all) {
          const before = JSON.stringify(now);
          const old = now;
          const change = {
            add: () => addRow(old, draft('*', 0)),
            update: () => updateRow(old, at, { note: 'x' }),
            toggle: () => setActive(old, at, false),
            clear: () => ({ ok: true as const, table: clearSelected(old, [at]) }),
          }[step]?.();
          if (change?.ok) now = change.table;
          expect(JSON.stringify(old)).toBe(before);
          if (step === 'add') {
            const id = now.rows.at(-1)?.eventId ?? 0;
            expect(given.has(id)).toBe(false);
            given.add(id);
          }
          expect(new Set(ids(now)).size).toBe(now.rows.length);
        }
      }),
    );
  });
});
