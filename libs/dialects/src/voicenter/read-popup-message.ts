/** Reads a popup in any of its formats (seed section 2): a GET query, a form, or a JSON object. */
import { readContent } from '../content/read-content.js';
import type { Fields } from '../content/known-fields.js';
import { readElements, type ElementReading } from '../content/read-elements.js';
import type { InboundRequest, Reading } from '../dialect.js';
import { readPopup } from './read-popup.js';
import { isObject } from './structures.js';

export function readPopupMessage(request: InboundRequest): Reading {
  const content = readContent(request);
  if (!content.ok) return content;
  switch (content.format) {
    case 'json':
      return readValue(content.value);
    case 'form':
      return readElements([content.fields], { format: content.format }, 'popup', () =>
        readOne(content.fields),
      );
    case 'xmlrpc':
      return {
        ok: false,
        format: 'xmlrpc',
        reason: 'A popup comes as JSON, as a form or in the URL, not as XML.',
      };
  }
}

/** A list is of several calls, of which the reply can answer one. */
function readValue(value: unknown): Reading {
  const format = 'json';
  const popups: unknown[] = Array.isArray(value) ? value : [value];
  if (popups.length === 0) return { ok: false, format, reason: 'The list of popups is empty.' };
  return readElements(popups, { format }, 'popup', (popup) =>
    isObject(popup)
      ? readOne(Object.entries(popup))
      : { ok: false, reason: 'A popup is not a set of named fields.' },
  );
}

function readOne(fields: Fields): ElementReading {
  const reading = readPopup(fields);
  if (!reading.ok) return reading;
  const { report, ...asked } = reading;
  return { ...asked, reports: report === null ? [] : [report] };
}
