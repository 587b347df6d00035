import { readMessage, readParams } from './read-message.js';
import { childrenNamed, readValue } from './read-value.js';
import type { XmlRpcValue } from './value.js';

export interface Fault {
  code: number;
  text: string;
}

/** A response's value; `fault` when the other side said no; `reason` always says in a sentence why there is no value. */
export type ResponseReading =
  | { ok: true; value: XmlRpcValue }
  | { ok: false; fault: Fault; reason: string }
  | { ok: false; reason: string };

export function readResponse(message: Uint8Array | string): ResponseReading {
  const reading = readMessage(message, 'methodresponse');
  if (!reading.ok) return reading;
  const [fault] = childrenNamed(reading.root, 'fault').flatMap((each) => childrenNamed(each, 'value'));
  if (fault !== undefined) return readFault(readValue(fault));
  const [value] = readParams(reading.root);
  if (value === undefined) return { ok: false, reason: 'The XML-RPC response holds no value.' };
  return { ok: true, value };
}

function readFault(value: XmlRpcValue): ResponseReading {
  const members = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  const code = Number(members['faultCode'] ?? 0);
  const said = members['faultString'];
  const text = typeof said === 'string' ? said : '';
  return {
    ok: false,
    fault: { code: Number.isFinite(code) ? code : 0, text },
    reason: `The other side answered with fault ${code}.`,
  };
}
