import type { LegReport } from '#domain';
import { readElements } from './read-elements.js';

const ENVELOPE = { format: 'json', what: 'CDR', unread: [] } as const;

describe('readElements', () => {
  it('names the calls, and makes each report once and not before somebody looks', () => {
    const made: unknown[] = [];
    const reading = readElements(['a', 'b', 'a'], ENVELOPE, (vendorCallId) => {
      const report = (): LegReport => {
        made.push(vendorCallId);
        return { vendorCallId } as LegReport;
      };
      return { ok: true, calls: [{ vendorCallId: String(vendorCallId), report }] };
    });
    if (!reading.ok) throw new Error(reading.reason);
    expect(reading.vendorCallIds).toEqual(['a', 'b']);
    expect(made).toEqual([]);
    expect(reading.reports.map(({ vendorCallId }) => vendorCallId)).toEqual(['a', 'b', 'a']);
    expect(reading.reports).toBe(reading.reports);
    expect(made).toEqual(['a', 'b', 'a']);
  });

  it('is readable although a report cannot be made', () => {
    const reading = readElements(['a'], ENVELOPE, () => ({
      ok: true,
      calls: [
        {
          vendorCallId: 'a',
          report: () => {
            throw new Error('broken');
          },
        },
      ],
    }));
    expect(reading).toMatchObject({ ok: true, vendorCallIds: ['a'] });
    expect(() => reading.ok && reading.reports).toThrow('broken');
  });
});
