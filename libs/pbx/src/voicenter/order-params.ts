/** The parameters of click2call (seed 003, section 1). */
import type { Order, OrderParty } from '#domain';
import { dialledDigits } from '../dialled-digits.js';
import type { DriverAccount } from '../driver.js';

/** The vendor takes ten `var_` parameters; ours is one of them. */
const MOST_VARIABLES = 9;

type Numbers = Pick<DriverAccount, 'numbers' | 'country'>;
type Params = Readonly<Record<string, string>>;

/** Null where the vendor has no way to say such an order. */
export function orderParams(order: Order, correlator: string, numbers: Numbers): Params | null {
  const first = firstParty(order.first, numbers);
  switch (order.kind) {
    case 'call': {
      const target = secondParty(order.second, numbers);
      return target === null
        ? null
        : { ...first, target, ...callParams(order), ...variables(order, correlator) };
    }
    case 'announce':
      return { ...first, ...announceParams(order), ...ringParams(order) };
    case 'conference':
      return {
        ...first,
        action: 'callference',
        ...said({ bbbcode: order.conferenceRoom }),
        ...ringParams(order),
      };
  }
}

function firstParty({ kind, value }: OrderParty, numbers: Numbers): Params {
  if (kind === 'trunk') return { phone: 'SIPTRUNK' };
  if (kind === 'login_code') return { phone: 'logincode', phonelogincode: value };
  return { phone: kind === 'number' ? dialled(value, numbers) : value };
}

/** Trunks and login codes stand for the first party only. */
function secondParty(party: OrderParty | null, numbers: Numbers): string | null {
  if (party === null || party.kind === 'trunk' || party.kind === 'login_code') return null;
  return party.kind === 'number' ? dialled(party.value, numbers) : party.value;
}

/** A plus is never dialled here. */
function dialled(value: string, numbers: Numbers): string {
  return dialledDigits(value, numbers).replace(/^\+/, '');
}

function callParams(order: Order): Params {
  const { callerId, callerName, ringSeconds, autoAnswer, checkDevice } = order;
  return said({
    action: 'call',
    record: order.record,
    phonecallerid: digitsOf(callerId.first),
    phonecallername: callerName.first,
    targetcallerid: digitsOf(callerId.second),
    targetcallername: callerName.second,
    phonemaxdialtime: ringSeconds.first,
    targetmaxdialtime: ringSeconds.second,
    maxduration: order.maxSeconds,
    phoneautoanswer: autoAnswer.first || null,
    targetautoanswer: autoAnswer.second || null,
    checkphonedevicestate: checkDevice.first || null,
    checktargetdevicestate: checkDevice.second || null,
    language: order.language,
    vm_id: order.voicemailBox,
  });
}

function announceParams({ announcement, record }: Order): Params {
  return said({
    action: 'message',
    pre_rec: announcement?.before ?? null,
    dtmf: announcement?.digits ?? null,
    loop_rec: announcement?.between ?? null,
    post_rec: announcement?.after ?? null,
    record,
  });
}

/** Whoever is rung is the vendor's "phone", but what is shown to him is called the target's here. */
function ringParams({ callerId, callerName, ringSeconds, maxSeconds, autoAnswer }: Order): Params {
  return said({
    targetcallerid: digitsOf(callerId.first),
    targetcallername: callerName.first,
    phonemaxdialtime: ringSeconds.first,
    maxduration: maxSeconds,
    phoneautoanswer: autoAnswer.first || null,
  });
}

function variables(order: Order, correlator: string): Params {
  const own = Object.entries(order.variables).filter(([name]) => name !== 'att');
  const given = own.slice(0, MOST_VARIABLES).map(([name, value]) => [`var_${name}`, value]);
  return { ...(Object.fromEntries(given) as Params), var_att: correlator };
}

function digitsOf(number: string | null): string | null {
  return number?.replace(/^\+/, '') ?? null;
}

function said(params: Readonly<Record<string, string | number | boolean | null>>): Params {
  const set = Object.entries(params).filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries(set.map(([name, value]) => [name, String(value)]));
}
