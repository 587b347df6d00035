import ipaddr from 'ipaddr.js';

/** @param address  of a socket's other end; undefined when it is gone already */
export function isLoopbackAddress(address: string | undefined): boolean {
  if (address === undefined || !ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === 'loopback';
}
