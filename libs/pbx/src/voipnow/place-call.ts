import type { Order, OrderParty } from '#domain';
import { refused, unknown } from '../conversation.js';
import type { DriverAnswer, Placed } from '../driver.js';
import type { Uapi } from './uapi.js';
import { presenceOf } from './extension-state.js';
import { phoneCallsIn } from './phone-call.js';
import { planOrder } from './plan-order.js';

/** The id in the answer is the one that webhooks tell (`CallAPIID`). */
export async function placeCall(order: Order, correlator: string, uapi: Uapi): Promise<DriverAnswer<Placed>> {
  const plan = planOrder(order, correlator, uapi.account, uapi.settings);
  if (plan.kind !== 'plan') return plan;
  const { checkDevice } = order;
  const checked = [checkDevice.first ? order.first : null, checkDevice.second ? order.second : null];
  const away = await awayPhone(checked, uapi);
  if (away !== null) return away;
  const said = await uapi.ask(plan.request);
  if (said.kind !== 'said') return said;
  const calls = phoneCallsIn(said.value, uapi.account.timeZone);
  const call = calls.find(({ nonce }) => nonce === correlator) ?? calls[0];
  // One that has no id yet and our nonce is ours all the same.
  if (call === undefined || (call.id === null && call.nonce !== correlator)) {
    return unknown('The PBX took it and told of no call.');
  }
  return { kind: 'done', vendorCallId: call.id };
}

/** Null where all are there: nothing was dialled yet, so whatever else is found is a refusal. */
async function awayPhone(
  parties: readonly (OrderParty | null)[],
  uapi: Uapi,
): Promise<Extract<DriverAnswer<Placed>, { kind: 'refused' }> | null> {
  for (const party of parties) {
    if (party?.kind !== 'extension') continue;
    const found = await presenceOf(party.value, uapi);
    if (found.kind === 'refused') return found;
    if (found.kind !== 'done') {
      const why = found.kind === 'unknown' ? ` ${found.why}` : '';
      return refused(`Whether the phone is there could not be asked, so nothing was dialled.${why}`);
    }
    if (found.state === 'unavailable') {
      return { ...refused(`The phone of ${party.value} is not registered.`), offline: true };
    }
  }
  return null;
}
