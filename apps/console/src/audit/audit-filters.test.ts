import { describe, expect, it } from 'vitest';
import { auditQuery, readAuditFilters } from './audit-filters';

describe('the filters of the audit', () => {
  it('reads what it knows of an address', () => {
    expect(
      readAuditFilters({ subjectType: 'endpoint', from: '2026-11-30', to: 'soon', operator: true, other: 1 }),
    ).toEqual({ subjectType: 'endpoint', from: '2026-11-30', operator: true });
  });
  it('asks until the end of the last day', () => {
    const { from = '', to = '' } = auditQuery({ from: '2026-11-29', to: '2026-11-29' });
    expect(Date.parse(to) - Date.parse(from)).toBe(86_400_000);
  });
});
