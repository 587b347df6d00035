import fc from 'fast-check';
import { problemsOf } from '../conformance/written.fixture.js';
import { keepingCount, problemsWithRow, tableIn, withTable } from './edit-table.js';
import { MAX_EVENT_ID, addRow, type CallEventKind, type CallEventTable } from './table.js';

const url = 'https://crm.example/';
const row = (eventId: number, traits: object = {}) => ({
  eventId,
  extension: '*',
  kind: 0 as CallEventKind,
  method: 'GET' as const,
  url,
  note: '',
  active: true,
  ...traits,
});

describe('the table in the settings', () => {
  it('is read, and put back without a change to the rest', () => {
    const settings = { organization: '0003', nextEventId: 5, rows: [row(2), row(4)] };
    const table = tableIn(settings);
    expect(table).toEqual({ nextEventId: 5, rows: settings.rows });
    expect(withTable(settings, table as CallEventTable)).toEqual(settings);
    expect(tableIn({})).toEqual({ nextEventId: 1, rows: [] });
    expect(tableIn({ rows: [row(1, { kind: 9 })] })).toBeUndefined();
    expect(tableIn({ rows: 'x' })).toBeUndefined();
  });

  it('says what is wrong with one row, by the row’s own members', () => {
    const table = {
      nextEventId: 9,
      rows: [row(7, { url: 'x' }), row(8, { extension: 'e'.repeat(65), url: '' })],
    };
    expect(problemsWithRow(table, 8).map(({ path }) => path)).toEqual(['url', 'extension']);
    expect(problemsWithRow(table, 7).map(({ path }) => path)).toEqual(['url']);
    expect(problemsWithRow({ nextEventId: 2, rows: [row(1)] }, 1)).toEqual([]);
  });

  it('tells the rows with one and with ten before them apart', () => {
    const rows = Array.from({ length: 12 }, (_, index) => row(index + 1, index === 10 ? { url: '' } : {}));
    expect(problemsWithRow({ nextEventId: 13, rows }, 2)).toEqual([]);
    expect(problemsWithRow({ nextEventId: 13, rows }, 11)).toHaveLength(1);
  });

  it('has an event id for each row, or says that there are none left', () => {
    expect(problemsOf('voipnow', { nextEventId: MAX_EVENT_ID, rows: [{ kind: 0, url }] })).toEqual([
      'rows: There are no event ids left to give.',
    ]);
    const last = { nextEventId: MAX_EVENT_ID - 1, rows: [] };
    const added = addRow(last, { extension: '*', kind: 0, url });
    expect(added.ok && tableIn(withTable({}, added.table))).toMatchObject({ nextEventId: MAX_EVENT_ID });
  });
});

describe('a table in the place of another', () => {
  it('goes on counting where that one was, whatever it says itself', () => {
    const counts = fc.option(fc.nat(1000), { nil: undefined });
    fc.assert(
      fc.property(counts, fc.nat(1000), (own, old) => {
        const given = own === undefined ? { rows: [] } : { rows: [], nextEventId: own };
        const kept = keepingCount(given, { nextEventId: old }) as CallEventTable;
        expect(kept).toEqual({ rows: [], nextEventId: Math.max(own ?? 1, old) });
      }),
    );
  });

  it.each([undefined, null, [], 'x', { nextEventId: 'x' }])(
    '%j is left to the reader of settings',
    (given) => {
      expect(keepingCount(given, { nextEventId: 3 })).toBe(given);
    },
  );
});
