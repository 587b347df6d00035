/** Our own format: a JSON event with Standard Webhooks headers. */
import { acceptsAll } from '../content/accepts-all.js';
import type { Format, ToldEvent, Writer } from '../format.js';
import { SettingsReader } from '#domain';

export const standard: Format = {
  name: 'standard',
  title: 'Standard',
  about: 'A JSON event, signed as Standard Webhooks has it.',
  prepare: (settings) => {
    const problems = new SettingsReader(settings).finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, writer: WRITER };
  },
};

const WRITER: Writer = {
  settings: {},
  urls: [],
  write: (event, url) => ({
    kind: 'messages',
    messages: [
      {
        key: 'event',
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json' },
        body: bodyOf(event),
      },
    ],
    independent: true,
  }),
  readReply: acceptsAll,
};

/** The data's text is the one that was stored when the event happened, so every try and every endpoint gets the same bytes. */
function bodyOf({ id, type, occurredAt, sequence, payload }: ToldEvent): string {
  const timestamp = new Date(occurredAt).toISOString();
  const head = `{"id":"${id}","type":"${type}","timestamp":"${timestamp}"`;
  return `${head},"sequence":${String(sequence)},"data":${payload}}`;
}
