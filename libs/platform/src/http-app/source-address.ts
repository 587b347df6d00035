import { isIPv4, isIPv6 } from 'node:net';
import { remembering } from '../memory/remembering.js';

/** An address as proxies write it, with a port or without: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
const WITH_PORT = /^(?:\[([^\]]+)\]|([^:]+))(?::\d{1,5})?$/;
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/**
 * Where a request comes from. Each proxy adds, at the right end of `X-Forwarded-For`, whom it was asked by; what stands
 * further left than our own proxies reach is the sender's word.
 *
 * @param peer  the other end of the connection; null when it was gone before anybody looked
 * @param hops  how many proxies in front of us are our own; 0 believes no header
 * @returns an IP address; the peer's where the header has no address at that place
 */
export function sourceAddress(
  forwardedFor: string | readonly string[] | undefined,
  peer: string | null | undefined,
  hops: number,
): string | null {
  const plainPeer = peer == null ? null : addressOfPeer(peer);
  if (hops === 0 || forwardedFor === undefined) return plainPeer;
  const told = (typeof forwardedFor === 'string' ? forwardedFor : forwardedFor.join(',')).split(',');
  return addressOf(told.at(-hops) ?? '') ?? plainPeer;
}

/** The same peers ask again and again. */
const REMEMBERED = 1_000;

const addressOfPeer = remembering((peer) => addressOf(peer) ?? null, REMEMBERED);

function addressOf(text: string): string | undefined {
  const trimmed = text.trim();
  const match = isIPv6(trimmed) ? null : WITH_PORT.exec(trimmed);
  const address = match?.[1] ?? match?.[2] ?? trimmed;
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  return isIPv4(address) || isIPv6(address) ? address.toLowerCase() : undefined;
}

/**
 * What is counted as one source: an IPv4 address, or the /64 that one customer of an IPv6 network has to himself.
 */
export function sourceKey(address: string | null): string {
  if (address === null) return 'unknown';
  return address.includes(':') && isIPv6(address) ? networkOf(address) : address;
}

function networkOf(address: string): string {
  const [head = '', tail] = (address.split('%', 1)[0] ?? '').split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - front.length - back.length)).fill('0');
  const groups = [...front, ...zeros, ...back].slice(0, 4);
  return `${groups.map((group) => parseInt(group, 16).toString(16)).join(':')}::/64`;
}
