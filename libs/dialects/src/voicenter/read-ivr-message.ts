/**
 * Reads what Voicenter asks and tells of a caller in a menu: GET_IVR_ACTION and HANGUP_CALL (seed section 5) and
 * IVR_LAYER_INPUT (seed section 12), as XML-RPC, as JSON `{METHOD, DATA}`, or as a form of the same names.
 */
import { readContent } from '../content/read-content.js';
import type { InboundRequest, Reading } from '../dialect.js';
import { readElements, type ElementReading, type Envelope } from '../content/read-elements.js';
import { readCall } from '../xmlrpc/read-call.js';
import { structFields } from '../xmlrpc/struct-fields.js';
import { squeezed } from '../content/squeezed.js';
import type { Fields } from '../content/known-fields.js';
import { IVR_SPELLINGS } from './ivr-fields.js';
import { tellIvr } from './tell-ivr.js';
import { isObject, unfolded } from './structures.js';

type Message = { ok: true; method: string; fields: Fields } | { ok: false; reason: string };

/**
 * The method decides, not the route: whoever sets the PBX up may well mix the two addresses up. A list tells of several
 * callers, of whom the reply can answer one.
 */
export function readIvrMessage(request: InboundRequest): Reading {
  const content = readContent(request, IVR_SPELLINGS);
  if (!content.ok) return content;
  const { query, unread } = content;
  const beside = { what: 'message', query, unread };
  switch (content.format) {
    case 'json':
      return readJsonMessages(content.value, beside);
    case 'form': {
      const { format, fields } = content;
      return readElements([fields], { format, ...beside }, () => tell(envelope([...query, ...fields])));
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
  const { methodName: method, params } = call;
  const structs = params.filter(isObject);
  if (structs.length === 0) return { ok: false, format, reason: 'The XML-RPC call does not hold a struct.' };
  return readElements(structs, { format, method, ...beside }, (struct) => {
    const fields = structFields(struct as Record<string, unknown>);
    return tell({ ok: true, method, fields: [...beside.query, ...fields] });
  });
}

function readJsonMessages(value: unknown, beside: Beside): Reading {
  const messages: unknown[] = Array.isArray(value) && value.length > 0 ? value : [value];
  return readElements(messages, { format: 'json', ...beside }, (message) =>
    isObject(message)
      ? tell(envelope([...beside.query, ...Object.entries(message)]))
      : { ok: false, reason: 'The JSON is not one set of named fields.' },
  );
}

function tell(message: Message): ElementReading {
  const telling = message.ok ? tellIvr(message.method, message.fields) : message;
  if (!telling.ok) return telling;
  const { report, ...asked } = telling;
  return { ...asked, calls: [{ vendorCallId: report.vendorCallId, report: () => report }] };
}

/** The fields are in DATA, which a form holds as JSON text, or beside METHOD. */
function envelope(outside: Fields): Message {
  let method = '';
  const fields: [string, unknown][] = [];
  for (const [name, value] of outside) {
    const data = squeezed(name) === 'data' ? unfolded(value) : undefined;
    if (squeezed(name) === 'method' && typeof value === 'string') method = value;
    else if (isObject(data)) fields.push(...Object.entries(data));
    else fields.push([name, value]);
  }
  return method === '' ? { ok: false, reason: 'The message names no METHOD.' } : { ok: true, method, fields };
}
