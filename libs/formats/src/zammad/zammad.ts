/**
 * Zammad's generic CTI (docs.zammad.org, "Generic CTI": events newCall, answer and hangup, as JSON or form).
 */
import { callIn, nothingFor } from '../content/told-call.js';
import { postTo } from '../content/write-message.js';
import type { Format, OutgoingMessage, ToldEvent, Writer, Writing } from '../format.js';
import { SettingsReader } from '#domain';
import { buildsUpon, ctiEventsFor } from './cti-events.js';
import { ctiFields, type CtiFields } from './cti-fields.js';
import { readRefusal, readReply } from './read-answer.js';

const ENCODINGS = ['json', 'form'] as const;
type Encoding = (typeof ENCODINGS)[number];

export const zammad: Format = {
  name: 'zammad',
  title: 'Zammad',
  about: "Zammad's generic CTI: newCall, answer and hangup.",
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const encoding = reader.choice('encoding', ENCODINGS, 'json');
    const problems = reader.finish();
    if (problems.length > 0) return { ok: false, problems };
    const writer: Writer = {
      settings: { encoding },
      urls: [],
      buildsUpon,
      write: (event, url) => write(event, url, encoding),
      readReply,
      readRefusal,
    };
    return { ok: true, writer };
  },
};

function write(event: ToldEvent, url: string, encoding: Encoding): Writing {
  const call = callIn(event);
  const names = call === undefined ? [] : ctiEventsFor(event, call);
  if (call === undefined || names.length === 0) return nothingFor(event.type);
  const messages = names.map((name): OutgoingMessage =>
    postTo(url, ENCODE[encoding](ctiFields(call, name)), name),
  );
  return { kind: 'messages', messages, independent: false };
}

const ENCODE: Readonly<Record<Encoding, (fields: CtiFields) => { contentType: string; body: string }>> = {
  // A single name is text in Zammad's JSON examples.
  json: (fields) => ({
    contentType: 'application/json',
    body: JSON.stringify(fields, (_name, value: unknown) =>
      Array.isArray(value) && value.length === 1 ? (value[0] as string) : value,
    ),
  }),
  form: (fields) => ({
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(Object.entries(fields).flatMap(pairsOf)).toString(),
  }),
};

/** A list is what Rails reads as one: `user[]`, once for each. */
function pairsOf([name, value]: [string, CtiFields[string]]): [string, string][] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [[name, value]] : value.map((one) => [`${name}[]`, one]);
}
