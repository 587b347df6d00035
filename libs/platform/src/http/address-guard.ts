/**
 * Which IP addresses a request on a tenant's behalf may go to. Everything that is not plainly a public unicast address
 * is refused, so that an endpoint's URL cannot make us talk to our own network (SSRF).
 */
import { AppError } from '#domain';
import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A subnet, parsed: the address and the number of leading bits that count. Make it with `parseCidr`. */
export type Cidr = readonly [Address, number];

export type AddressVerdict = { allowed: true } | { allowed: false; reason: string };

const ALLOWED: AddressVerdict = { allowed: true };

/** IANA special-purpose registries (RFC 6890 and its updates); the same list as in the design, "SSRF guard". */
const FORBIDDEN: readonly (readonly [subnet: string, what: string])[] = [
  ['0.0.0.0/8', 'this network (RFC 791)'],
  ['10.0.0.0/8', 'a private network (RFC 1918)'],
  ['100.64.0.0/10', 'carrier-grade NAT (RFC 6598)'],
  ['127.0.0.0/8', 'loopback (RFC 1122)'],
  ['169.254.0.0/16', 'link-local (RFC 3927)'],
  ['172.16.0.0/12', 'a private network (RFC 1918)'],
  ['192.0.0.0/24', 'protocol assignments (RFC 6890)'],
  ['192.0.2.0/24', 'documentation (RFC 5737)'],
  ['192.88.99.0/24', '6to4 relays (RFC 7526)'],
  ['192.168.0.0/16', 'a private network (RFC 1918)'],
  ['198.18.0.0/15', 'benchmarking (RFC 2544)'],
  ['198.51.100.0/24', 'documentation (RFC 5737)'],
  ['203.0.113.0/24', 'documentation (RFC 5737)'],
  ['224.0.0.0/4', 'multicast (RFC 5771)'],
  ['240.0.0.0/4', 'reserved (RFC 1112)'],
  ['::1/128', 'loopback (RFC 4291)'],
  ['::/8', 'reserved (RFC 4291)'],
  ['100::/64', 'discard-only (RFC 6666)'],
  ['2001::/23', 'protocol assignments (RFC 2928)'],
  ['2001:db8::/32', 'documentation (RFC 3849)'],
  ['2002::/16', '6to4 (RFC 3056)'],
  ['3fff::/20', 'documentation (RFC 9637)'],
  ['5f00::/16', 'segment routing (RFC 9602)'],
  ['fc00::/7', 'a private network (RFC 4193)'],
  ['fe80::/10', 'link-local (RFC 4291)'],
  ['fec0::/10', 'site-local (RFC 3879)'],
  ['ff00::/8', 'multicast (RFC 4291)'],
];

/** IPv6 subnets whose last 32 bits are the IPv4 address that the packet ends up at. */
const WRAPPERS: readonly string[] = [
  '::/96', // IPv4-compatible (RFC 4291)
  '::ffff:0:0/96', // IPv4-mapped (RFC 4291)
  '64:ff9b::/96', // NAT64 (RFC 6052)
];

/** What comes in front of the slash is judged by Node, for ipaddr.js also takes `10/8` (for 0.0.0.10/8) and octal numbers. */
const CIDR = /^([^/%]+)\/\d{1,3}$/;

const forbiddenSubnets = FORBIDDEN.map(([subnet, what]) => ({ subnet: parseCidr(subnet), what }));
const wrapperSubnets = WRAPPERS.map(parseCidr);

/**
 * Judges one address.
 *
 * @param ip     in its plain textual form, as a resolver or a URL parser gives it; octal, hexadecimal and shortened forms
 *               are refused, because programs disagree about which address they name
 * @param allow  subnets that the operator opened (`EGRESS_ALLOW`); each opens itself and nothing else
 * @returns the verdict; the reason is a clause for the tenant that names no address
 */
export function judgeAddress(ip: string, allow: readonly Cidr[]): AddressVerdict {
  // A zone id names an interface of this machine; it is never part of a public address (RFC 4007).
  if (ip.includes('%')) return { allowed: false, reason: 'is bound to a network interface' };
  if (isIP(ip) === 0 || !ipaddr.isValid(ip)) return { allowed: false, reason: 'is not an IP address' };

  const outer = ipaddr.parse(ip);
  const target = addressInside(outer) ?? outer;
  if (allow.some((subnet) => isWithin(outer, subnet) || isWithin(target, subnet))) return ALLOWED;

  const hit = forbiddenSubnets.find(({ subnet }) => isWithin(target, subnet));
  return hit === undefined ? ALLOWED : { allowed: false, reason: `belongs to ${hit.what}` };
}

/**
 * Reads a subnet such as `127.0.0.0/8` or `fd00::/8`, its address written out in the plain way.
 *
 * @throws AppError `egress.bad_subnet` (misconfigured) when it is none
 */
export function parseCidr(text: string): Cidr {
  const [trimmed, address = ''] = CIDR.exec(text.trim()) ?? [];
  if (trimmed === undefined || isIP(address) === 0) throw notASubnet(text);
  try {
    return ipaddr.parseCIDR(trimmed);
  } catch (cause) {
    throw notASubnet(text, cause);
  }
}

function notASubnet(text: string, cause?: unknown): AppError {
  const message = `"${text}" is not a subnet; write it like 10.0.0.0/8.`;
  return new AppError('misconfigured', 'egress.bad_subnet', message, { cause });
}

/** Reads a list of subnets separated by commas; empty text is an empty list. @throws as `parseCidr` */
export function parseCidrList(text: string): Cidr[] {
  const parts = text.split(',').filter((part) => part.trim() !== '');
  return parts.map(parseCidr);
}

function addressInside(address: Address): ipaddr.IPv4 | null {
  // ::1 has the form of 0.0.0.1 in IPv6 and is none.
  if (!(address instanceof ipaddr.IPv6) || address.range() === 'loopback') return null;
  if (!wrapperSubnets.some((subnet) => isWithin(address, subnet))) return null;
  return new ipaddr.IPv4(address.toByteArray().slice(12));
}

function isWithin(address: Address, [network, bits]: Cidr): boolean {
  // match() throws on a comparison of an IPv4 with an IPv6 address.
  return address.kind() === network.kind() && address.match(network, bits);
}
