import { flagIn, onlySet, textIn } from '../list/read-filters';

/** What of the trail is shown, as the address says it. */
export interface AuditFilters {
  subjectType?: string;
  subjectId?: string;
  /** Days, as 2026-11-30, in the reader's zone; the last one is in it. */
  from?: string;
  to?: string;
  /** The installation's own changes instead; for operators. */
  operator?: true;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Reads the search parameters of an address; what it does not know it leaves out. */
export function readAuditFilters(search: Record<string, unknown>): AuditFilters {
  return onlySet({
    subjectType: textIn(search, 'subjectType'),
    subjectId: textIn(search, 'subjectId'),
    from: dayIn(search, 'from'),
    to: dayIn(search, 'to'),
    operator: flagIn(search, 'operator'),
  });
}

function dayIn(search: Record<string, unknown>, name: string): string | undefined {
  const day = textIn(search, name);
  return day !== undefined && DAY.test(day) && !Number.isNaN(Date.parse(day)) ? day : undefined;
}

/** The filters as the API has them: moments in place of days. */
export function auditQuery({ from, to, ...others }: AuditFilters): AuditFilters {
  const end = to === undefined ? undefined : new Date(`${to}T00:00`);
  end?.setDate(end.getDate() + 1);
  return onlySet({
    ...others,
    from: from === undefined ? undefined : new Date(`${from}T00:00`).toISOString(),
    to: end?.toISOString(),
  });
}
