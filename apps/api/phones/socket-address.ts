import { readUrl } from '#domain';

/** Nothing that would end a part of a content security policy: the host becomes a part of one. */
const HOST = /^([a-z0-9-]+\.)*[a-z0-9-]+$|^\[[0-9a-f:.]+\]$/;
const HERE: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What a phone's WebSocket may be: by TLS, or on the reader's own machine, where browsers need none. @returns what is wrong, or undefined */
export function faultOfSocketAddress(text: string): string | undefined {
  const url = readUrl(text);
  if (url === null || !HOST.test(url.hostname)) return 'must be an address such as wss://pbx.example:7443/ws';
  if (url.username !== '' || url.password !== '') return 'must hold no user and password';
  if (url.protocol === 'wss:' || (url.protocol === 'ws:' && HERE.has(url.hostname))) return undefined;
  return 'must begin with wss://';
}

/** As a content security policy names it. Undefined for what `faultOfSocketAddress` finds fault with. */
export function originOfSocket(text: string): string | undefined {
  if (faultOfSocketAddress(text) !== undefined) return undefined;
  const { protocol, host } = new URL(text);
  return `${protocol}//${host}`;
}
