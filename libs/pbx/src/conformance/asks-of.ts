/** Everything that a driver may be asked, as a list: what holds for one ask holds for each. */
import { instant, orderOf, type Order } from '#domain';
import {
  CAPABILITIES,
  type Capability,
  type DriverAccount,
  type DriverAnswer,
  type DriverIo,
} from '../index.js';
import type { PbxDriver } from '../driver.js';

export const CORRELATOR = '019aceb1-2345-7abc-9def-0123456789ab';
const EXTENSION = { kind: 'extension', value: '101' } as const;
const NUMBER = { kind: 'number', value: '+972501234500' } as const;

export const ORDERS: Readonly<
  Record<'place_call' | 'place_to_customer_first' | 'announce' | 'conference', Order>
> = {
  place_call: orderOf('call', EXTENSION, NUMBER),
  place_to_customer_first: orderOf('call', NUMBER, EXTENSION),
  announce: orderOf('announce', NUMBER, null),
  conference: orderOf('conference', NUMBER, null, { conferenceRoom: '12' }),
};

export interface DriverAsk {
  what: Capability | 'probe';
  /** Undefined where the driver has no such function. */
  ask: ((account: DriverAccount, io: DriverIo) => Promise<DriverAnswer<object>>) | undefined;
}

export function asksOf(driver: PbxDriver): DriverAsk[] {
  const call = { extension: '101', vendorCallId: 'vendor-call-1' };
  const agent = { code: '12345', extension: '101', queue: 'sales', standing: 'paused', status: 3 } as const;
  const span = { from: instant(1_777_800_000_000), to: instant(1_777_800_180_000) };
  const wanted = { order: ORDERS.place_call, correlator: CORRELATOR, vendorCallId: null, ...span };
  const placing = (what: keyof typeof ORDERS): DriverAsk => ({
    what,
    ask: (account, io) => driver.place(ORDERS[what], CORRELATOR, account, io),
  });
  return [
    placing('place_call'),
    placing('place_to_customer_first'),
    placing('announce'),
    placing('conference'),
    { what: 'probe', ask: (account, io) => driver.probe(account, io) },
    optional(driver, 'hang_up', 'hangUp', (...rest) => driver.hangUp?.(call, ...rest)),
    optional(driver, 'list_calls', 'listCalls', (...rest) => driver.listCalls?.('101', ...rest)),
    optional(driver, 'list_queues', 'listQueues', (...rest) => driver.listQueues?.(...rest)),
    optional(driver, 'list_extensions', 'listExtensions', (...rest) => driver.listExtensions?.(...rest)),
    optional(driver, 'set_agent_state', 'setAgentState', (...rest) => driver.setAgentState?.(agent, ...rest)),
    optional(driver, 'extension_state', 'extensionState', (...rest) =>
      driver.extensionState?.('101', ...rest),
    ),
    optional(driver, 'record', 'record', (...rest) => driver.record?.(call, 'mute', ...rest)),
    optional(driver, 'transfer', 'transfer', (...rest) => driver.transfer?.({ ...call, to: '102' }, ...rest)),
    optional(driver, 'feed', 'feed', (...rest) =>
      driver.feed && 'logIn' in driver.feed ? driver.feed.logIn(...rest) : driver.feed?.phonesNow(...rest),
    ),
    optional(driver, 'find_call', 'findCall', (...rest) => driver.findCall?.(wanted, ...rest)),
  ];
}

/** Every capability is asked for by one of the asks. */
export function unasked(driver: PbxDriver): Capability[] {
  const asked = new Set(asksOf(driver).map(({ what }) => what));
  return CAPABILITIES.filter((capability) => !asked.has(capability));
}

type Asking = (account: DriverAccount, io: DriverIo) => Promise<DriverAnswer<object>> | undefined;

function optional(driver: PbxDriver, what: Capability, name: keyof PbxDriver, asking: Asking): DriverAsk {
  const ask = asking as Exclude<DriverAsk['ask'], undefined>;
  return { what, ask: name in driver ? ask : undefined };
}
