/** What the page may ask a browser for, beside what every page may: the microphone, for the phone in it. */
export const CONSOLE_PERMISSIONS = 'camera=(), geolocation=(), microphone=(self), speaker-selection=(self)';

export interface PolicyTraits {
  /** Origins whose pages may have it in a frame. */
  framers?: readonly string[];
  /** Where pictures may come from besides. */
  pictures?: readonly string[];
  /** WebSockets of others that it may open: those of PBXs, for the phone in it. */
  sockets?: readonly string[];
}

/** Nothing but what comes from here, and in nobody's frame unless it is said whose. @param nonce  of the styles that are made while the page runs */
export function consolePolicy(
  nonce: string,
  { framers = [], pictures = [], sockets = [] }: PolicyTraits = {},
): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    ["img-src 'self' data:", ...pictures].join(' '),
    "media-src 'self'",
    "font-src 'self'",
    ["connect-src 'self'", ...sockets].join(' '),
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${framers.length === 0 ? "'none'" : framers.join(' ')}`,
  ].join('; ');
}
