/**
 * GlobalEx's alerts (seed 004), for CRMs that were written for them: the incoming call alert while it rings, the end call
 * event when it is over. Each goes to a URL template of its own or to the endpoint's URL. A template with placeholders has
 * everything that its CRM wants in the URL; otherwise all parameters are added to the query, or sent as the body.
 */
import { writeEnd, writeIncoming, type PlainFormat } from '#dialects';
import { type EpochReading, SettingsReader } from '#domain';
import { acceptsAll } from '../content/accepts-all.js';
import { phoneNews } from '../content/phone-news.js';
import { callIn, milestoneOf, nothingFor } from '../content/told-call.js';
import { messageTo, postTo } from '../content/write-message.js';
import type { Format, OutgoingMessage, ToldEvent, Writer, Writing } from '../format.js';
import { readEpochSettings } from '../settings/epoch-settings.js';
import { END_ALIASES, INCOMING_ALIASES, endFields, incomingFields } from './alert-fields.js';
import { filledIn, harmless, hasPlaceholders, problemWithTemplate } from './url-template.js';

interface GlobalexSettings extends EpochReading {
  encoding: PlainFormat;
  /** Templates; undefined: the endpoint's own URL. */
  incomingUrl: string | undefined;
  endUrl: string | undefined;
  /** Told where the call does not know better. */
  domain: string;
  domainName: string;
}

const ENCODINGS: readonly PlainFormat[] = ['query', 'form', 'json', 'xml'];
const MAX_URL_LENGTH = 2048;

export const globalex: Format = {
  name: 'globalex',
  title: 'GlobalEx',
  about: 'Incoming call alerts and end call events, in the URL or as form, JSON or XML.',
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const settings: GlobalexSettings = {
      encoding: reader.choice('encoding', ENCODINGS, 'query'),
      incomingUrl: readTemplate(reader, 'incomingUrl', INCOMING_ALIASES),
      endUrl: readTemplate(reader, 'endUrl', END_ALIASES),
      domain: reader.text('domain', { max: 255 }),
      domainName: reader.text('domainName', { max: 255 }),
      ...readEpochSettings(reader),
    };
    const problems = reader.finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, writer: writerWith(settings) };
  },
};

function readTemplate(reader: SettingsReader, name: string, aliases: object): string | undefined {
  const template = reader.text(name, { max: MAX_URL_LENGTH });
  if (template === '') return undefined;
  const problem = problemWithTemplate(template, new Set(Object.keys(aliases)));
  if (problem !== undefined) reader.complain(name, problem);
  return template;
}

function writerWith(settings: GlobalexSettings): Writer {
  const templates = { incomingUrl: settings.incomingUrl, endUrl: settings.endUrl };
  return {
    settings: JSON.parse(JSON.stringify(settings)) as Record<string, unknown>,
    urls: Object.entries(templates).flatMap(([path, url]) =>
      url === undefined ? [] : [{ path, url: harmless(url) }],
    ),
    write: (event, url) => write(event, url, settings),
    readReply: acceptsAll,
  };
}

function write(event: ToldEvent, url: string, settings: GlobalexSettings): Writing {
  const milestone = milestoneOf(event.type);
  const call = milestone === undefined ? undefined : callIn(event);
  if (call === undefined) return nothingFor(event.type);
  const { encoding, epochs, timeZone, domain, domainName } = settings;
  if (milestone === 'ended') {
    const reading = { epochs, timeZone };
    const fields = endFields(call, event.occurredAt, { reading, domain, domainName });
    const written = writeEnd(fields, encoding);
    return sent([
      { template: settings.endUrl ?? url, written, key: 'end', valueOf: valuesOf(fields, END_ALIASES) },
    ]);
  }
  if (milestone !== 'ringing' || call.direction !== 'inbound') return nothingFor(event.type);
  const news = phoneNews(event, call, milestone);
  return sent(
    news.map(({ part }) => {
      const fields = incomingFields(call, part);
      return {
        template: settings.incomingUrl ?? url,
        written: writeIncoming(fields, encoding),
        key: news.length > 1 ? `ext@${encodeURIComponent(fields.ext)}` : 'incoming',
        valueOf: valuesOf(fields, INCOMING_ALIASES),
      };
    }),
  );
}

interface Alert {
  template: string;
  written: ReturnType<typeof writeEnd>;
  key: string;
  valueOf: (name: string) => string;
}

function sent(alerts: readonly Alert[]): Writing {
  const messages: OutgoingMessage[] = [];
  for (const { template, written, key, valueOf } of alerts) {
    if (!hasPlaceholders(template)) {
      messages.push(messageTo(template, written, key));
      continue;
    }
    const url = filledIn(template, valueOf);
    if (url === undefined) {
      return { kind: 'nothing', reason: 'no URL for it: a value would lead to another page of the host' };
    }
    messages.push(
      written.method === 'GET'
        ? { key, method: 'GET', url, headers: {}, body: null }
        : postTo(url, written, key),
    );
  }
  return { kind: 'messages', messages, independent: true };
}

function valuesOf<F extends object>(
  fields: F,
  aliases: Readonly<Record<string, keyof F>>,
): (name: string) => string {
  return (name) => {
    const field = aliases[name];
    return field === undefined ? '' : String(fields[field]);
  };
}
