import fc from 'fast-check';
import { writeLeadColumn, type LeadColumn } from './lead-column.js';
import { readLeadRow, type LeadReadingAsk } from './read-lead-row.js';

const PLAIN = [
  ...(['phone', 'name', 'priority', 'callerId', 'callerName', 'notBefore', 'consentAt'] as const),
  ...(['region', 'postal', 'zone', 'maxTries'] as const),
];
const column: fc.Arbitrary<LeadColumn> = fc.oneof(
  fc.constantFrom(...PLAIN).map((is) => ({ is })),
  fc.constantFrom('Segment', 'a b').map((name) => ({ is: 'custom' as const, name })),
  fc.constant({ is: 'nothing' as const }),
);
const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('0502345678', '+1 212 555 2368', '101', 'x'.repeat(5_000), '\ud83d', '\0', ' ', ''),
  fc.constantFrom(
    '7',
    '-3',
    '1e9',
    '999999999999',
    '2026-12-24 10:30',
    '30/02/2026',
    'Asia/Jerusalem',
    'Mars/Base',
  ),
);
const ask: fc.Arbitrary<LeadReadingAsk> = fc.record({
  columns: fc.uniqueArray(column, { maxLength: 8, selector: writeLeadColumn }),
  country: fc.constantFrom('IL', 'US', '', 'ZZ'),
  timeZone: fc.constantFrom('UTC', 'Asia/Jerusalem'),
  keepInvalid: fc.boolean(),
});

describe('a row of leads', () => {
  it('never throws, and is a lead or says why it is none, whatever is in it', () => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 10 }), ask, (cells, how) => {
        const { lead, faults } = readLeadRow(cells, how);
        if (lead === undefined) expect(faults).not.toEqual([]);
        for (const fault of faults) {
          expect(fault.message).not.toBe('');
          if (fault.column === null) expect(fault.code).toBe('phone.missing');
          else expect(how.columns[fault.column]?.is).toBeDefined();
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is a lead whose parts are of their kinds, with a number or the reason why it has none', () => {
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 10 }), ask, (cells, how) => {
        const { lead } = readLeadRow(cells, how);
        if (lead === undefined) return;
        expect(lead.phone).not.toBe('');
        if (lead.problem === null) expect(lead.phone).toMatch(/^\+[1-9]\d{5,14}$/);
        else expect(how.keepInvalid).toBe(true);
        expect(Number.isSafeInteger(lead.priority)).toBe(true);
        if (lead.maxTries !== null) expect(lead.maxTries).toBeGreaterThan(0);
        for (const at of [lead.consentAt, lead.notBefore])
          if (at !== null) expect(Number.isFinite(at)).toBe(true);
        for (const text of [lead.name, lead.region, ...Object.values(lead.customData)]) {
          expect(text?.isWellFormed() ?? true).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('is read alike however often the same times and numbers came before', () => {
    const how = { columns: [{ is: 'phone' }, { is: 'consentAt' }] as LeadColumn[], keepInvalid: false };
    const consent = (country: string, timeZone: string) =>
      readLeadRow(['+972502345678', '02/01/2026'], { ...how, country, timeZone }).lead?.consentAt;
    for (let again = 0; again < 2; again += 1) {
      expect(consent('IL', 'UTC')).toBe(Date.UTC(2026, 0, 2));
      expect(consent('US', 'UTC')).toBe(Date.UTC(2026, 1, 1));
      expect(consent('IL', 'Asia/Jerusalem')).toBe(Date.UTC(2026, 0, 1, 22));
    }
  });
});
