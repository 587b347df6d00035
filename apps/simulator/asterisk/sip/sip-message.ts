/** One SIP request or response as lines: what a phone of the test rig reads and writes (RFC 3261). */
export interface SipMessage {
  /** The first line: `INVITE sip:101@host SIP/2.0` or `SIP/2.0 200 OK`. */
  first: string;
  /** In order, with names as they were written. */
  headers: readonly (readonly [name: string, value: string])[];
  body: string;
}

/** Short names that Asterisk and other ends may use. */
const LONG_NAMES: Readonly<Record<string, string>> = {
  i: 'call-id',
  f: 'from',
  t: 'to',
  v: 'via',
  m: 'contact',
  l: 'content-length',
  c: 'content-type',
  r: 'refer-to',
};

export function readSip(text: string): SipMessage {
  const end = text.indexOf('\r\n\r\n');
  const head = end < 0 ? text : text.slice(0, end);
  const [first = '', ...lines] = head.split('\r\n');
  const headers = lines.map((line): readonly [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
  });
  return { first, headers, body: end < 0 ? '' : text.slice(end + 4) };
}

export function writeSip(message: SipMessage): string {
  const lines = message.headers.map(([name, value]) => `${name}: ${value}`);
  const length = `Content-Length: ${Buffer.byteLength(message.body)}`;
  return [message.first, ...lines, length, '', message.body].join('\r\n');
}

/** All values of a header, whatever the case of its name. */
export function headersOf(message: SipMessage, name: string): string[] {
  const wanted = name.toLowerCase();
  return message.headers
    .filter(([key]) => (LONG_NAMES[key.toLowerCase()] ?? key.toLowerCase()) === wanted)
    .map(([, value]) => value);
}

/** The first value of a header, empty where there is none. */
export function headerOf(message: SipMessage, name: string): string {
  return headersOf(message, name)[0] ?? '';
}

/** The method of a request, undefined for a response. */
export function methodOf(message: SipMessage): string | undefined {
  return message.first.startsWith('SIP/') ? undefined : message.first.split(' ')[0];
}

/** The status of a response, undefined for a request. */
export function statusOf(message: SipMessage): number | undefined {
  return message.first.startsWith('SIP/') ? Number(message.first.split(' ')[1]) : undefined;
}

/** What stands between `<` and `>`. */
export function uriIn(value: string): string {
  return /<([^>]*)>/.exec(value)?.[1] ?? value.split(';')[0]?.trim() ?? '';
}

/** The tag of a From or To header. */
export function tagIn(value: string): string {
  return /;tag=([^;>\s]+)/.exec(value)?.[1] ?? '';
}
