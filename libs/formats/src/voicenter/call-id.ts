import { isUuid, shapedId, type CallView } from '#domain';

/** Ids of the vendor begin with the local time. */
const VENDORS = /^20\d{12}[\w-]{14,}$/;

/**
 * The id that the vendor's software knows a call by, the same in its CDR, popup, call log and realtime events: the PBX's own. A call
 * that was ordered from a PBX of another vendor has the one that was answered to the order, which is in this vendor's shape.
 *
 * @param timeZone  IANA, of the wall clock that the id begins with
 */
export function vendorsCallId(
  { vendorCallId, customData }: Pick<CallView, 'vendorCallId' | 'customData'>,
  timeZone: string,
): string {
  const order = customData['order_id'];
  if (typeof order !== 'string' || !isUuid(order) || VENDORS.test(vendorCallId)) return vendorCallId;
  return shapedId(order, timeZone);
}
