/**
 * What each of the two parties is shown. Asterisk shows `callerId` to whoever is rung first, and takes it for the caller of what
 * the dialplan dials next unless the channel is told another one.
 */
import type { Order } from '#domain';
import { dialledDigits } from '../dialled-digits.js';
import type { DriverAccount } from '../driver.js';
import { setting } from './fields.js';

/** `"Dana Levi" <0501234567>`; null leaves it to the PBX. */
export function callerIdParam(order: Order, account: DriverAccount): string | null {
  const { second, callerId, callerName } = order;
  const isToNumber = order.first.kind === 'number';
  const other = isToNumber ? setting(account, 'caller_id') : (second?.value ?? '');
  const number = digitsOf(callerId.first ?? other, account);
  const name = (callerName.first ?? '').replace(/["<>\\\p{C}]/gu, ' ').trim();
  if (name !== '') return `"${name}" <${number}>`;
  return number === '' ? null : number;
}

/** As functions of the channel, which are set after `callerId`. */
export function shownToSecond(order: Order, account: DriverAccount): Record<string, string> {
  if (order.kind !== 'call') return {};
  const { callerId, callerName, first } = order;
  const hidden = callerId.second !== null && digitsOf(callerId.second, account) === '';
  const usual = first.kind === 'extension' ? setting(account, 'caller_id') || first.value : first.value;
  const number = digitsOf(hidden ? usual : (callerId.second ?? usual), account);
  return {
    ...(number === '' ? {} : { 'CALLERID(num)': number }),
    'CALLERID(name)': (callerName.second ?? '').replace(/\p{C}/gu, ' ').trim(),
    ...(hidden ? { 'CALLERID(pres)': 'prohib' } : {}),
  };
}

/** Empty for `Anonymous` and other words. */
function digitsOf(value: string, account: DriverAccount): string {
  const dialled = dialledDigits(value, account);
  return /^\+?[\d*#]{1,40}$/.test(dialled) ? dialled : '';
}
