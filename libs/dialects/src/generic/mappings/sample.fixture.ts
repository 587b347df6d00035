/** Messages of PBXs as they go over the line, from the folders of the mappings. For tests only. */
import { readFileSync, readdirSync } from 'node:fs';
import { callView, foldCall, id, instant, normaliseLeg } from '#domain';
import type { CallId, CallLeg, ConnectionId } from '#domain';
import { whatIsKnown } from '../../conformance/record-of.js';
import type { Dialect, DialectSettings, SignedRequest } from '../../dialect.js';
import { dialectFor } from '../../registry.js';

/** Names of a mapping's samples, such as `1-incoming-rings`. */
export function samplesOf(mapping: string): string[] {
  const files = readdirSync(new URL(`./${mapping}/fixtures/`, import.meta.url));
  return files.filter((file) => file.endsWith('.http')).map((file) => file.replace('.http', ''));
}

/** It came at its `Date`. */
export function sample(mapping: string, name: string): SignedRequest {
  const text = readFileSync(new URL(`./${mapping}/fixtures/${name}.http`, import.meta.url), 'utf8');
  const blank = text.indexOf('\n\n');
  const [line = '', ...lines] = text.slice(0, blank).split('\n');
  const headers = Object.fromEntries(
    lines.map((one) => [
      one.slice(0, one.indexOf(':')).toLowerCase(),
      one.slice(one.indexOf(':') + 1).trim(),
    ]),
  );
  const url = new URL(line.split(' ')[1] ?? '', `https://${headers['host'] ?? ''}`);
  return {
    method: line.split(' ')[0] ?? '',
    route: url.pathname.split('/').at(-1) ?? '',
    query: url.search.slice(1),
    headers,
    body: Buffer.from(text.slice(blank + 2)),
    addresses: [url.href],
    receivedAt: Date.parse(headers['date'] ?? ''),
  };
}

export function speaking(mapping: string): { dialect: Dialect; settings: DialectSettings } {
  const settings = { mapping };
  const dialect = dialectFor('generic', settings);
  if (dialect === undefined) throw new Error('There is no dialect of mappings.');
  return { dialect, settings };
}

/**
 * The record of samples of one call. Only what is known is in it, without our own ids and the legs; a party is its number as
 * it came, with the E.164 form after it where there is one.
 *
 * @param zone  of the PBX, where it is not the mapping's usual one
 * @throws Error for a sample that cannot be read, or one of another call
 */
export function recordOf(mapping: string, names: readonly string[], zone?: string): Record<string, unknown> {
  const { dialect, settings } = speaking(mapping);
  const { defaultEpochs: epochs, defaultTimeZone, defaultCountry: country } = dialect;
  const ids = new Set<string>();
  const legs = names.flatMap((name): CallLeg[] => {
    const request = sample(mapping, name);
    const reading = dialect.read(request, settings);
    if (!reading.ok) throw new Error(reading.reason);
    return reading.reports.map((report) => {
      ids.add(report.vendorCallId);
      const connection = { epochs, timeZone: zone ?? defaultTimeZone, country };
      return normaliseLeg(report, connection, instant(request.receivedAt));
    });
  });
  const [vendorCallId = '', ...others] = ids;
  if (others.length > 0 || vendorCallId === '') throw new Error(`Calls: ${[...ids].join(', ')}`);
  const record = { id: id<CallId>('c'), connectionId: id<ConnectionId>('k'), vendorCallId };
  return whatIsKnown(callView(foldCall(null, legs, record).call));
}
