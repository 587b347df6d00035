import type { Order, OrderParty } from '#domain';
import { refused, unknown } from '../conversation.js';
import type { DriverAccount, DriverAnswer, DriverIo, Placed } from '../driver.js';
import { askAri, type Unsaid } from './ari.js';
import { channelIn } from './channel.js';
import { endpointState } from './endpoints.js';
import { planOrder } from './plan-order.js';

/**
 * The channel has our id. So whatever is not clear is looked up under it: a channel that is there is our order's, and one that
 * exists already is not made again.
 */
export async function placeCall(
  order: Order,
  correlator: string,
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<Placed>> {
  const plan = planOrder(order, correlator, account);
  if (plan.kind !== 'plan') return plan;
  const away = await awayPhone(order, account, io);
  if (away !== null) return away;
  const said = await askAri(plan.request, io);
  if (said.kind !== 'said') return lookedUp(said, correlator, io);
  const channel = channelIn(said.value);
  if (channel !== null) return { kind: 'done', vendorCallId: channel.callId };
  return lookedUp(unknown("The PBX's answer does not tell of a channel."), correlator, io);
}

/** 409 is said of an id that exists already, and of an endpoint that does not: in the same words. */
const CONFLICT = 409;

async function lookedUp(said: Unsaid, correlator: string, io: DriverIo): Promise<DriverAnswer<Placed>> {
  if (said.kind === 'refused' && said.status !== CONFLICT) return answerOf(said);
  if (io.signal?.aborted === true) return answerOf(said);
  const found = await askAri({ method: 'GET', path: `channels/${encodeURIComponent(correlator)}` }, io);
  const channel = found.kind === 'said' ? channelIn(found.value) : null;
  if (channel !== null) return { kind: 'done', vendorCallId: channel.callId };
  if (said.kind === 'unknown') return answerOf(said);
  if (found.kind === 'refused' && found.status === 404) {
    const reason = 'The PBX has no such endpoint, or none of its phones is there; nothing was rung.';
    return refused(reason, said.code, said.text);
  }
  return unknown(
    `Whether the PBX rings could not be looked up after it had said: ${said.text ?? said.reason}`,
  );
}

/** Without what only this driver wants to know. */
function answerOf(said: Unsaid): DriverAnswer<Placed> {
  if (said.kind === 'unknown') return unknown(said.why);
  return refused(said.reason, said.code, said.text);
}

/** Null where all are there. Nothing was rung yet, so whatever else is found is a refusal. */
async function awayPhone(
  { first, second, checkDevice }: Order,
  account: DriverAccount,
  io: DriverIo,
): Promise<Extract<DriverAnswer<Placed>, { kind: 'refused' }> | null> {
  const checked: (OrderParty | null)[] = [
    checkDevice.first ? first : null,
    checkDevice.second ? second : null,
  ];
  for (const party of checked) {
    if (party?.kind !== 'extension') continue;
    const found = await endpointState(party.value, account, io);
    if (found.kind === 'refused') return refused(found.reason, found.code, found.text);
    if (found.kind === 'unknown') {
      return refused(`Whether the phone is there could not be asked, so nothing was dialled. ${found.why}`);
    }
    if (!found.isThere)
      return { ...refused(`The phone of ${party.value} is not registered.`), offline: true };
  }
  return null;
}
