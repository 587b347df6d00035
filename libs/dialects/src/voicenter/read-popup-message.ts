/** Reads a popup in any of its formats (seed section 2): a GET query, a form, or a JSON object. */
import { readContent } from '../content/read-content.js';
import type { Fields } from '../content/known-fields.js';
import type { InboundRequest, Reading, WireFormat } from '../dialect.js';
import { readPopup } from './read-popup.js';
import { isObject } from './structures.js';

export function readPopupMessage(request: InboundRequest): Reading {
  const content = readContent(request);
  if (!content.ok) return content;
  switch (content.format) {
    case 'json':
      return readValue(content.value, content.query);
    case 'form':
      return read([...content.query, ...content.fields], content.format);
    case 'xmlrpc':
      return {
        ok: false,
        format: 'xmlrpc',
        reason: 'A popup comes as JSON, as a form or in the URL, not as XML.',
      };
  }
}

/** One reply answers one question, so a list can only be of one. */
function readValue(value: unknown, query: Fields): Reading {
  const format = 'json';
  const values: unknown[] = Array.isArray(value) ? value : [value];
  const [only, ...more] = values;
  if (more.length > 0) return { ok: false, format, reason: 'A popup is about one call, not about several.' };
  if (!isObject(only)) return { ok: false, format, reason: 'A popup is not a set of named fields.' };
  return read([...query, ...Object.entries(only)], format);
}

function read(fields: Fields, format: WireFormat): Reading {
  const reading = readPopup(fields);
  if (!reading.ok) return { ok: false, format, reason: reading.reason };
  const { report, question } = reading;
  return { ok: true, format, reports: report === null ? [] : [report], question };
}
