/** Reads a CDR notification in any of its formats (seed section 4). */
import { readContent } from '../content/read-content.js';
import { readElements, type ElementReading, type Envelope } from '../content/read-elements.js';
import { behind, type Fields } from '../content/known-fields.js';
import type { InboundRequest, Reading } from '../dialect.js';
import { readCall } from '../xmlrpc/read-call.js';
import { structFields } from '../xmlrpc/struct-fields.js';
import { CDR_SPELLINGS } from './fields.js';
import { readCdr } from './read-cdr.js';
import { isObject } from './structures.js';

export function readCdrMessage(request: InboundRequest): Reading {
  const content = readContent(request, CDR_SPELLINGS);
  if (!content.ok) return content;
  const { query, unread } = content;
  const beside = { what: 'CDR', query, unread };
  switch (content.format) {
    case 'json':
      return readCdrs(content.value, { format: 'json', ...beside });
    case 'form': {
      const { format, fields } = content;
      return readElements([fields], { format, ...beside }, () => readOne(behind(query, fields)));
    }
    case 'xmlrpc':
      return readXmlRpc(content.text, beside);
  }
}

type Beside = Pick<Envelope, 'what' | 'unread'> & { query: Fields };

function readXmlRpc(text: string, beside: Beside): Reading {
  const format = 'xmlrpc';
  const call = readCall(text);
  if (!call.ok) return { format, ...call };
  const method = call.methodName;
  if (method.toUpperCase() !== 'CDR') return { ok: false, format, reason: 'The XML-RPC method is not CDR.' };
  // Some stacks pass several CDRs as parameters, and some something else beside the one.
  const structs = call.params.filter(isObject);
  return readCdrs(structs.length === 0 ? call.params[0] : structs, { format, method, ...beside });
}

/** One record, or a list of them as the vendor sends when it catches up; what the URL says stands in front of each. */
function readCdrs(value: unknown, envelope: Envelope & Beside): Reading {
  const records: unknown[] = Array.isArray(value) ? value : [value];
  if (records.length === 0) {
    return { ok: false, format: envelope.format, reason: 'The list of CDRs is empty.' };
  }
  return readElements(records, envelope, (record) =>
    isObject(record)
      ? readOne(behind(envelope.query, structFields(record)))
      : { ok: false, reason: 'A CDR is not a set of named fields.' },
  );
}

function readOne(fields: Fields): ElementReading {
  const reading = readCdr(fields);
  return reading.ok ? { ok: true, calls: [reading] } : reading;
}
