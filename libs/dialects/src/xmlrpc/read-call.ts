import { readMessage, readParams } from './read-message.js';
import { childrenNamed } from './read-value.js';
import type { XmlRpcValue } from './value.js';

export type CallReading =
  { ok: true; methodName: string; params: XmlRpcValue[] } | { ok: false; reason: string };

/** The name of a method without that of the object it is of: `voicenter.CDR`. */
export function plainMethod(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('/'), name.lastIndexOf(':')) + 1);
}

/** Reads a `<methodCall>` from its bytes, whatever encoding the prolog claims, or from text that is decoded already. */
export function readCall(message: Uint8Array | string): CallReading {
  const reading = readMessage(message, 'methodcall');
  if (!reading.ok) return reading;
  const [methodName] = childrenNamed(reading.root, 'methodname');
  if (methodName === undefined) return { ok: false, reason: 'The XML-RPC call names no method.' };
  return { ok: true, methodName: methodName.text.trim(), params: readParams(reading.root) };
}
