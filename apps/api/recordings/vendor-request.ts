/** Makes the request that fetches a recording from the PBX's server. */
import { AppError, readUrl, type RecordingSource } from '#domain';
import type { Credentials, RecordEncoding, RecordingAccess } from './recording-access.js';

const HOST_NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i;
const PLACEHOLDER = /\{(record|callid|domain)\}/g;

const ENCODE: Record<RecordEncoding, (text: string) => string> = {
  plain: (text) => text,
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  hex: (text) => Buffer.from(text).toString('hex'),
};

/**
 * @returns what to ask and with what; nothing of it may be logged
 * @throws AppError 502 `recording.unreadable_address`, `recording.no_template`, `recording.untrusted_host`
 */
export function vendorRequest(
  source: RecordingSource,
  access: RecordingAccess,
  vendorCallId: string,
): { url: string; headers: Record<string, string> } {
  const text = addressOf(source, access, vendorCallId);
  const url = readUrl(text);
  if (url === null) {
    throw bad('unreadable_address', 'What the PBX told of this recording makes no address.');
  }
  const { credentials, hosts } = access;
  if (credentials.kind !== 'none' && !hosts.some((host) => isHost(url.hostname, host))) {
    throw bad(
      'untrusted_host',
      'The recording is at a host that is not among those of the connection’s recording access: add it there when it is the PBX’s.',
    );
  }
  if (credentials.kind === 'query') url.searchParams.set(credentials.name, credentials.value);
  return { url: url.toString(), headers: headersOf(credentials) };
}

/** The address as told, or made of a template: with `{record}`, `{callid}` and `{domain}`, each escaped. */
function addressOf(source: RecordingSource, access: RecordingAccess, callid: string): string {
  if (source.by === 'address') return source.told;
  if (access.template === null) {
    throw bad(
      'no_template',
      'The PBX told only a file name: give the connection’s recording access a template.',
    );
  }
  // `https:///x` would be an address too: of the host x.
  if (access.template.includes('{domain}') && !HOST_NAME.test(source.domain)) {
    throw bad('unreadable_address', 'The PBX did not tell the host name that the template needs.');
  }
  const values = { record: ENCODE[access.encoding](source.told), callid, domain: source.domain };
  const address = filledIn(access.template, values);
  if (
    !staysInPlace(address, filledIn(access.template, { record: 'x', callid: 'x', domain: source.domain }))
  ) {
    throw bad('unreadable_address', 'What the PBX told of this recording would lead to another place.');
  }
  return address;
}

/** A template with its placeholders filled in, each value escaped. */
export function filledIn(
  template: string,
  values: Readonly<Record<'record' | 'callid' | 'domain', string>>,
): string {
  return template.replace(PLACEHOLDER, (_, name: keyof typeof values) => encodeURIComponent(values[name]));
}

/** Names and ids choose no host, and no other folder: `..` is walked by every URL parser, escaped or not. */
function staysInPlace(address: string, harmless: string): boolean {
  const [one, other] = [readUrl(address), readUrl(harmless)];
  if (one === null || other === null) return false;
  const depth = ({ pathname }: URL) => pathname.split('/').length;
  return one.host === other.host && depth(one) === depth(other);
}

/** @param pattern  a host, or `*.` and a domain */
function isHost(host: string, pattern: string): boolean {
  return pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern;
}

function headersOf(credentials: Credentials): Record<string, string> {
  if (credentials.kind === 'header') return { [credentials.name.toLowerCase()]: credentials.value };
  if (credentials.kind !== 'basic') return {};
  const pair = Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64');
  return { authorization: `Basic ${pair}` };
}

function bad(code: string, message: string): AppError {
  return new AppError('unavailable', `recording.${code}`, message, { status: 502 });
}
