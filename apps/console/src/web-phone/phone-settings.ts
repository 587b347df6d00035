/** With what a phone registers, and where. */
export interface PhoneSettings {
  user: string;
  password: string;
  /** `wss://...`: the PBX's own WebSocket, or that of the edge before it. */
  wsUrl: string;
  /** Of the SIP addresses: `sip:user@domain`. */
  domain: string;
  iceServers: readonly RTCIceServer[];
  /** The header that has the id by which the PBX knows a call. */
  idHeader: string;
}

export const USUAL_ID_HEADER = 'X-IVR-UNIQUE-ID';

/** Whatever a page gives to `initiate`: all of it may be missing. */
export type GivenSettings = { readonly [Name in keyof PhoneSettings]?: unknown };

/** The settings in what was given, or a sentence of what is wrong with them. None of them is repeated in it. */
export function readPhoneSettings(given: GivenSettings): PhoneSettings | string {
  const user = textOf(given.user);
  const password = textOf(given.password);
  const wsUrl = textOf(given.wsUrl);
  if (user === null) return '`user` is missing: the SIP user of the extension.';
  if (password === null) return '`password` is missing: the SIP password of the extension.';
  if (wsUrl === null) return '`wsUrl` is missing: the WebSocket of the PBX.';
  const host = hostOf(wsUrl);
  if (host === null) return '`wsUrl` is no address that begins with wss:// or ws://.';
  return {
    user,
    password,
    wsUrl,
    domain: textOf(given.domain) ?? host,
    iceServers: Array.isArray(given.iceServers) ? (given.iceServers as RTCIceServer[]) : [],
    idHeader: textOf(given.idHeader) ?? USUAL_ID_HEADER,
  };
}

function textOf(value: unknown): string | null {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text : null;
}

function hostOf(address: string): string | null {
  try {
    const { protocol, hostname } = new URL(address);
    return protocol === 'wss:' || protocol === 'ws:' ? hostname : null;
  } catch {
    return null;
  }
}
