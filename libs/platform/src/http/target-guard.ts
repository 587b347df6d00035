import { isIP } from 'node:net';
import { readUrl } from '#domain';
import { type Cidr, judgeAddress } from './address-guard.js';
import type { TargetPolicy } from './target-policy.js';

export type TargetVerdict = { ok: true; url: URL } | { ok: false; reason: string };

export const MAX_URL_LENGTH = 2_048;

const EMPTY_LABEL = /^\.|\.\./;
const PORT_OF_SCHEME: Readonly<Partial<Record<string, number>>> = { 'http:': 80, 'https:': 443 };

/**
 * Says whether a URL may be a target at all, before anything is resolved: when an endpoint is created, and again before
 * each send. Host names are judged later, by the addresses that they resolve to (`guardedLookup`).
 *
 * The WHATWG parser turns decimal, octal, hexadecimal and shortened IPv4 forms into the plain one, so a literal is
 * judged by the address that would be connected to. Use the returned URL, not the text.
 *
 * @returns the parsed URL, or one sentence for the tenant that says what to change
 */
export function checkTargetUrl(text: string, policy: TargetPolicy): TargetVerdict {
  if (text.length > MAX_URL_LENGTH) return refused(`The URL is longer than ${MAX_URL_LENGTH} characters.`);
  const url = readUrl(text);
  if (url === null) return refused('This is not a complete URL; write it like https://crm.example/hook.');
  const schemePort = PORT_OF_SCHEME[url.protocol];
  if (schemePort === undefined) return refused('The URL must begin with http:// or https://.');
  if (url.username !== '' || url.password !== '') {
    return refused('The URL must not hold a user name or password; set an Authorization header instead.');
  }
  const port = url.port === '' ? schemePort : Number(url.port);
  if (!policy.ports.exactly.includes(port) && port < policy.ports.from) {
    return refused(`Port ${port} is not allowed.`);
  }
  return checkHost(url, policy.allow);
}

/** The host of a URL as an IP address without brackets, or null when it is a name. */
export function literalHost(hostname: string): string | null {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return isIP(bare) === 0 ? null : bare;
}

function checkHost(url: URL, allow: readonly Cidr[]): TargetVerdict {
  const literal = literalHost(url.hostname);
  if (literal === null) {
    // No name of the domain name system; `127..` could be an address to somebody else's parser.
    return EMPTY_LABEL.test(url.hostname)
      ? refused('The host name of the URL has an empty part between its dots.')
      : { ok: true, url };
  }
  const verdict = judgeAddress(literal, allow);
  return verdict.allowed
    ? { ok: true, url }
    : refused(`The address of the URL ${verdict.reason}, which is not allowed.`);
}

function refused(reason: string): TargetVerdict {
  return { ok: false, reason };
}
