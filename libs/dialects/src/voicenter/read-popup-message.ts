/** Reads a popup in any of its formats (seed section 2): a GET query, a form, or a JSON object. */
import { readContent } from '../content/read-content.js';
import type { Fields } from '../content/known-fields.js';
import { readElements, type ElementReading, type Envelope } from '../content/read-elements.js';
import type { InboundRequest, Reading } from '../dialect.js';
import { POPUP_SPELLINGS } from './popup-fields.js';
import { readPopup } from './read-popup.js';
import { isObject } from './structures.js';

export function readPopupMessage(request: InboundRequest): Reading {
  const content = readContent(request, POPUP_SPELLINGS);
  if (!content.ok) return content;
  const { query, unread } = content;
  switch (content.format) {
    case 'json':
      return readPopups(content.value, query, { format: 'json', what: 'popup', unread });
    case 'form': {
      const { format, fields } = content;
      return readElements([fields], { format, what: 'popup', unread }, () => readOne([...query, ...fields]));
    }
    case 'xmlrpc':
      return {
        ok: false,
        format: 'xmlrpc',
        reason: 'A popup comes as JSON, as a form or in the URL, not as XML.',
      };
  }
}

/** A list is of several calls, of which the reply can answer one. */
function readPopups(value: unknown, query: Fields, envelope: Envelope): Reading {
  const popups: unknown[] = Array.isArray(value) ? value : [value];
  if (popups.length === 0) {
    return { ok: false, format: envelope.format, reason: 'The list of popups is empty.' };
  }
  return readElements(popups, envelope, (popup) =>
    isObject(popup)
      ? readOne([...query, ...Object.entries(popup)])
      : { ok: false, reason: 'A popup is not a set of named fields.' },
  );
}

function readOne(fields: Fields): ElementReading {
  const reading = readPopup(fields);
  if (!reading.ok) return reading;
  const { report, ...asked } = reading;
  const calls = report === null ? [] : [{ vendorCallId: report.vendorCallId, report: () => report }];
  return { ...asked, calls };
}
