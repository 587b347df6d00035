import type { Order, OrderState } from '#domain';
import type { CommandedPbx } from './commanded-pbx.js';
import type { DriverAnswer, Placed } from './driver.js';

/** What a PBX answered to an order, as it is kept. */
export interface OrderAnswer {
  state: Extract<OrderState, 'accepted' | 'refused' | 'unknown'>;
  vendorCallId: string | null;
  /** A sentence for the tenant. */
  reason: string | null;
  /** The vendor's own code, or one of `OFFLINE_CODE` and `unsupported`. */
  code: string | null;
}

/** Kept instead of the PBX's own code where the phone is not there, so that a repeat is told the same as the first one was. */
export const OFFLINE_CODE = 'offline';

/**
 * Sends an order that has been committed as sent, once. Never throws: whatever our own code does wrong, the PBX may have had it.
 *
 * @param correlator  given to the PBX, which tells it again where it can
 */
export async function sendOrder(
  order: Order,
  correlator: string,
  { driver, account, io }: CommandedPbx,
): Promise<OrderAnswer> {
  try {
    return answerOf(await driver.place(order, correlator, account, io));
  } catch {
    return { ...NOTHING, state: 'unknown', reason: 'Our own code failed while the order was sent.' };
  }
}

const NOTHING = { vendorCallId: null, reason: null, code: null };

function answerOf(answer: DriverAnswer<Placed>): OrderAnswer {
  switch (answer.kind) {
    case 'done':
      return { ...NOTHING, state: 'accepted', vendorCallId: answer.vendorCallId };
    case 'refused': {
      const code = answer.offline === true ? OFFLINE_CODE : answer.code;
      return { ...NOTHING, state: 'refused', reason: answer.reason, code };
    }
    case 'unknown':
      return { ...NOTHING, state: 'unknown', reason: answer.why };
    case 'unsupported': {
      const reason = `The PBX has no such thing as this order wants (${answer.capability}).`;
      return { ...NOTHING, state: 'refused', reason, code: 'unsupported' };
    }
  }
}
