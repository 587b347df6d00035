/**
 * What the vendor's login, its refresh and its settings answer. Source: what its public clients read of them, and design
 * "Telephony API", section 3, for the rules: URLs begin with `https://` and have no path, `Client` is empty, or clients load a
 * script from the vendor's host.
 */
import type { Instant } from '#domain';

/** The newer client has this one and no other built in. */
export const SOCKET_CLIENT_VERSION = '1.3.7';

export interface LoginTokens {
  /** For the socket's query. */
  socket: { token: string; expiresAt: Instant };
  /** For new ones of all. */
  refresh: { token: string; expiresAt: Instant };
  /** For the settings. */
  access: { token: string; expiresAt: Instant };
}

export interface LoginFacts {
  /** Host, and port where there is one, of the socket. */
  host: string;
  tokens: LoginTokens;
  /** A stable integer of who logged in. */
  person: number;
}

/** One answer for the older client, which reads `Socket`, and the newer one, which reads the tokens beside it. */
export function writeLogin({ host, tokens, person }: LoginFacts): object {
  const { socket, refresh, access } = tokens;
  const url = `https://${host}`;
  return {
    StatusCode: 200,
    Status: 'OK',
    Data: {
      Socket: {
        URL: url,
        URLList: [url],
        Token: socket.token,
        TokenExpiry: textOf(socket.expiresAt),
        RefreshToken: refresh.token,
        RefreshTokenExpiry: textOf(refresh.expiresAt),
        PersonId: person,
        Client: '',
        Version: SOCKET_CLIENT_VERSION,
      },
      AccessToken: access.token,
      RefreshToken: refresh.token,
    },
  };
}

/** What the newer client asks for with its access token. */
export function writeSettings({ host, tokens: { socket }, person }: LoginFacts): object {
  return {
    IdentityCode: socket.token,
    IdentityCodeExpiry: textOf(socket.expiresAt),
    PersonID: person,
    PersonType: 1,
    ExtensionMonitorID: person,
    MonitorList: [{ URLID: 1, Priority: 1, Version: SOCKET_CLIENT_VERSION, Domain: host }],
  };
}

/** Where sockets are, for clients from before there was a login over HTTP: they log in within the socket. */
export function writeMonitors(host: string): object[] {
  return [{ URLID: 1, Priority: 0, Version: 2, Domain: host }];
}

const STATUSES = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
} as const;

export type RefusalStatus = keyof typeof STATUSES;

/** The older client throws what is in `error`, the newer one goes by the status. */
export function writeRefusal(status: RefusalStatus, reason: string): object {
  return { StatusCode: status, Status: STATUSES[status], Data: null, error: reason };
}

function textOf(at: Instant): string {
  return new Date(at).toISOString();
}
