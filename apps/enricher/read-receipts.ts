import {
  OWN_ROUTE,
  normaliseLeg,
  readWord,
  valuesOf,
  type CallLeg,
  type SaidOfCall,
  type UnknownWord,
} from '#domain';
import { readWithSurplus, requestIn, type Dialect } from '#dialects';
import type { DueReceipt, EnrichmentContext } from '#db';

/** The legs that one receipt reports, by the vendor's id of their call; or why it cannot be read. */
export type ReadReceipt =
  | {
      receipt: DueReceipt;
      ok: true;
      legs: { vendorCallId: string; leg: CallLeg }[];
      /** Words of the vendor's that nobody gave a meaning; absent means none. */
      unknownWords?: readonly UnknownWord[];
      /** What we ourselves said of a call; absent in what a PBX sent. */
      said?: SaidOfCall;
    }
  | { receipt: DueReceipt; ok: false; reason: string }
  /** The code that reads it threw: ours to mend. */
  | { receipt: DueReceipt; ok: 'threw'; reason: string };

/** Reads receipts in the connection's dialect, each by itself: one that cannot be read holds nobody up. */
export function readReceipts(
  receipts: readonly DueReceipt[],
  context: Pick<EnrichmentContext, 'timeZone' | 'country' | 'epochs' | 'settings' | 'people'>,
  dialect: Pick<Dialect, 'read' | 'proofCovers'>,
): ReadReceipt[] {
  return receipts.map((receipt) => {
    if (receipt.route === OWN_ROUTE) return readOwn(receipt);
    try {
      const reading = readWithSurplus(dialect, requestIn(context.country, receipt), context.settings);
      if (!reading.ok) return { receipt, ok: false, reason: reading.reason };
      if (reading.unreadable !== undefined) return { receipt, ok: false, reason: reading.unreadable };
      // Problems have receipts of their own, kept with this one.
      const legs = reading.reports.map((report) => ({
        vendorCallId: report.vendorCallId,
        leg: normaliseLeg(report, context, receipt.receivedAt),
      }));
      const unknownWords = valuesOf(reading.reports, (report) => report.unknownWords).flat();
      return { receipt, ok: true, legs, unknownWords };
    } catch (error) {
      return {
        receipt,
        ok: 'threw',
        reason: `our code failed on it: ${error instanceof Error ? error.message : 'unknown'}`,
      };
    }
  });
}

function readOwn(receipt: DueReceipt): ReadReceipt {
  const said = readWord(receipt.body);
  if (said === undefined) return { receipt, ok: false, reason: 'this build does not know what it says' };
  return { receipt, ok: true, legs: [], said };
}
