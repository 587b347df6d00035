/** Decides by content what a request's body is, and reads it as far as that does not depend on the vendor. */
import type { InboundRequest } from '../dialect.js';
import { readForm } from './read-form.js';
import { readJson } from './read-json.js';
import { readQuery } from './read-query.js';
import { readText } from './read-text.js';
import { sniffFormat } from './sniff-format.js';
import type { BodyFormat } from './sniff-format.js';

export type Content =
  | { ok: true; format: 'json'; value: unknown }
  | { ok: true; format: 'form'; fields: [name: string, value: string][] }
  | { ok: true; format: 'xmlrpc'; text: string }
  | { ok: false; format: BodyFormat; reason: string };

/** A request without a body is read from its query string, as a form: some PBXs can only be told a URL. */
export function readContent(request: InboundRequest): Content {
  if (request.body.length === 0) {
    if (request.query === '') {
      return { ok: false, format: sniffFormat(request), reason: 'The request has neither body nor query.' };
    }
    return { format: 'form', ...readQuery(request.query) };
  }
  const format = sniffFormat(request);
  const decoded = readText(request.body);
  if (!decoded.ok) return { format, ...decoded };
  if (format === 'xmlrpc') return { ok: true, format, text: decoded.text };
  return format === 'json' ? { format, ...readJson(decoded.text) } : { format, ...readForm(decoded.text) };
}
