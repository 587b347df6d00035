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
import { membersOf, rememberRepeated } from '../content/members.js';
import { openWrappers, ownNames } from '../content/open-wrappers.js';
import type { Fields } from '../content/known-fields.js';
import { IVR_SPELLINGS } from './ivr-fields.js';
import { tellIvr } from './tell-ivr.js';
import { isObject, unfolded } from './structures.js';

type Message = { ok: true; method: string; fields: Fields } | { ok: false; reason: string };

const IS_OWN = ownNames(IVR_SPELLINGS, ['method']);

/**
 * The method decides, not the route: whoever sets the PBX up may well mix the two addresses up. A list tells of several
 * callers, of whom the reply can answer one.
 */
export function readIvrMessage(request: InboundRequest): Reading {
  const content = readContent(request, IS_OWN);
  if (!content.ok) return content;
  const { query, unread } = content;
  const beside = { what: 'message', query, unread };
  switch (content.format) {
    case 'json':
      return readMessages(content.value, { format: 'json', ...beside });
    case 'form':
      return readMessages(rememberRepeated(content.fields), { format: 'form', ...beside });
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

function readMessages(value: unknown, beside: Beside & { format: 'json' | 'form' }): Reading {
  const messages: unknown[] = Array.isArray(value) && value.length > 0 ? value : [value];
  return readElements(openWrappers(messages, IS_OWN), beside, (message) =>
    isObject(message)
      ? tell(envelope([...beside.query, ...membersOf(message)]))
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
  const fields: (readonly [string, unknown])[] = [];
  for (const [name, value] of outside) {
    const data = squeezed(name) === 'data' ? unfolded(value) : undefined;
    if (squeezed(name) === 'method' && typeof value === 'string') method = value;
    else if (isObject(data)) fields.push(...membersOf(data));
    else fields.push([name, value]);
  }
  return method === '' ? { ok: false, reason: 'The message names no METHOD.' } : { ok: true, method, fields };
}
