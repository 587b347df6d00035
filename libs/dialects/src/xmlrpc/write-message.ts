/** Whole XML-RPC messages, with the seed's plain prolog: UTF-8 is what it means. */
import { escapeXml, writeValue } from './write-value.js';
import type { Writable } from './write-value.js';

const PROLOG = '<?xml version="1.0"?>\n';

export function writeCall(method: string, params: readonly Writable[]): string {
  const written = params.map((param) => `<param>${writeValue(param)}</param>`).join('');
  return `${PROLOG}<methodCall><methodName>${escapeXml(method)}</methodName><params>${written}</params></methodCall>`;
}

export function writeResponse(value: Writable): string {
  return `${PROLOG}<methodResponse><params><param>${writeValue(value)}</param></params></methodResponse>`;
}

export function writeFault(code: number, text: string): string {
  const fault = writeValue({ faultCode: code, faultString: text });
  return `${PROLOG}<methodResponse><fault>${fault}</fault></methodResponse>`;
}
