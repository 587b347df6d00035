/** Messages as the other side sees them. For tests only. */
import type { InboundRequest } from '#dialects';
import { formatNamed } from '../registry.js';
import type { OutgoingMessage, ToldEvent, Writer } from '../format.js';

export const OWN_URL = 'https://crm.example/hook';

export function writerOf(format: string, settings: unknown): Writer {
  const prepared = formatNamed(format)?.prepare(settings);
  if (prepared?.ok !== true) throw new Error(JSON.stringify(prepared));
  return prepared.writer;
}

export function problemsOf(format: string, settings: unknown): string[] {
  const prepared = formatNamed(format)?.prepare(settings);
  return prepared?.ok === false ? prepared.problems.map(({ path, message }) => `${path}: ${message}`) : [];
}

export function messagesOf(writer: Writer, event: ToldEvent): readonly OutgoingMessage[] {
  const writing = writer.write(event, OWN_URL);
  return writing.kind === 'messages' ? writing.messages : [];
}

export function arrived({ method, url, headers, body }: OutgoingMessage, route: string): InboundRequest {
  return {
    method,
    route,
    query: new URL(url).search.slice(1),
    headers,
    body: Buffer.from(body ?? ''),
  };
}
