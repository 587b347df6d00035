import {
  instant,
  lookForOrder,
  wantsLists,
  type Call,
  type Instant,
  type ListSight,
  type OrderNews,
  type OwnSight,
} from '#domain';
import type { DueOrder } from '#db';
import type { CommandedPbx } from '#pbx';

const AROUND_MS = 90_000;

export interface AskedPbx extends CommandedPbx {
  /** What its webhooks tell speaks against finding a call by its time. */
  isClockDoubtful: boolean;
}

/** @param own  our record of the order's call, if there is one */
export async function lookForCall(
  order: DueOrder,
  own: Call | undefined,
  now: Instant,
  pbx: () => Promise<AskedPbx | undefined>,
): Promise<OrderNews> {
  const sight = own ? sightOf(own) : null;
  if (!wantsLists(order, sight, now)) return lookForOrder(order, sight, { seen: 'not_asked' }, now);
  const asked = await pbx();
  const lists: ListSight = asked ? await askLists(order, asked) : { seen: 'unreadable' };
  return lookForOrder(order, sight, lists, now);
}

function sightOf(call: Call): OwnSight {
  return { vendorCallId: call.vendorCallId, state: call.state, endedAt: call.endedAt };
}

/** First what goes on now, then what was. Only a PBX of which every list was read can say that there is no call. */
async function askLists(
  order: DueOrder,
  { driver, account, io, isClockDoubtful }: AskedPbx,
): Promise<ListSight> {
  let isRead = false;
  if (driver.listCalls) {
    const live = await driver.listCalls(order.extension, account, io);
    if (live.kind === 'unknown' || live.kind === 'refused') return { seen: 'unreadable' };
    if (live.kind === 'done') {
      const call = live.calls.find(
        ({ correlator, vendorCallId }) =>
          correlator === order.id || (vendorCallId !== null && vendorCallId === order.vendorCallId),
      );
      if (call) return { seen: 'found', vendorCallId: call.vendorCallId };
      isRead = true;
    }
  }
  if (!driver.findCall) return { seen: isRead ? 'absent' : 'unreadable' };
  const wanted = {
    order: order.order,
    correlator: order.id,
    vendorCallId: order.vendorCallId,
    from: instant(order.sentAt - AROUND_MS),
    to: instant(order.sentAt + AROUND_MS),
  };
  const past = await driver.findCall(wanted, account, io);
  if (past.kind !== 'done') return { seen: 'unreadable' };
  if (past.call) return { seen: 'over', vendorCallId: past.call.vendorCallId };
  // It may stand there under a time at which nobody looks. Taken for not placed, it would be placed again.
  return { seen: isClockDoubtful ? 'unreadable' : 'absent' };
}
