/**
 * Reads what Voicenter asks and tells of a caller in a menu: GET_IVR_ACTION and HANGUP_CALL (seed section 5) and
 * IVR_LAYER_INPUT (seed section 12), as XML-RPC, as JSON `{METHOD, DATA}`, or as a form of the same names.
 */
import { readContent, type Content } from '../content/read-content.js';
import type { InboundRequest, Reading } from '../dialect.js';
import { readCall } from '../xmlrpc/read-call.js';
import { squeezed } from '../content/squeezed.js';
import type { Fields } from '../content/known-fields.js';
import { tellIvr } from './tell-ivr.js';
import { isObject, unfolded } from './structures.js';

type Message = { ok: true; method: string; fields: Fields } | { ok: false; reason: string };

/** The method decides, not the route: whoever sets the PBX up may well mix the two addresses up. */
export function readIvrMessage(request: InboundRequest): Reading {
  const content = readContent(request);
  if (!content.ok) return content;
  const { format } = content;
  const message = messageIn(content);
  return { format, ...(message.ok ? tellIvr(message.method, message.fields) : message) };
}

function messageIn(content: Extract<Content, { ok: true }>): Message {
  switch (content.format) {
    case 'json':
      return jsonMessage(content.value, content.query);
    case 'form':
      return envelope([...content.query, ...content.fields]);
    case 'xmlrpc':
      return xmlRpcMessage(content.text, content.query);
  }
}

function xmlRpcMessage(text: string, query: Fields): Message {
  const call = readCall(text);
  if (!call.ok) return call;
  const [struct] = call.params;
  if (!isObject(struct)) return { ok: false, reason: 'The XML-RPC call does not hold a struct.' };
  return { ok: true, method: call.methodName, fields: [...query, ...Object.entries(struct)] };
}

/** A list can only hold one: two questions cannot be answered in one reply. */
function jsonMessage(value: unknown, query: Fields): Message {
  const messages: unknown[] = Array.isArray(value) ? value : [value];
  const [message, second] = messages;
  if (!isObject(message) || second !== undefined) {
    return { ok: false, reason: 'The JSON is not one set of named fields.' };
  }
  return envelope([...query, ...Object.entries(message)]);
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
