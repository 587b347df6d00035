/** What reading a call and reading a response have in common. */
import { withProlog } from '../content/body/read-body.js';
import { MAX_UNPACKED_BYTES } from '../content/body/unpack-body.js';
import { decodeText } from '../content/charset/decode-text.js';
import { childrenNamed, readValue } from './read-value.js';
import { readXml } from './read-xml.js';
import type { XmlElement } from './read-xml.js';
import type { XmlRpcValue } from './value.js';

/** No PBX's message comes near this; the ingress has a limit for bodies of any kind. */
export const MAX_XML_BYTES = MAX_UNPACKED_BYTES;

/** The root element of a message, which has to have the given name in lower case. */
export function readMessage(
  message: Uint8Array | string,
  rootName: string,
): { ok: true; root: XmlElement } | { ok: false; reason: string } {
  if (message.length > MAX_XML_BYTES) return { ok: false, reason: 'The XML is too large.' };
  const xml = readXml(typeof message === 'string' ? message : decodeText(message, withProlog(message, {})));
  if (xml.ok && xml.root.name !== rootName)
    return { ok: false, reason: 'The XML is not an XML-RPC message.' };
  return xml;
}

export function readParams(root: XmlElement): XmlRpcValue[] {
  const params = childrenNamed(root, 'params').flatMap((each) => childrenNamed(each, 'param'));
  return params.flatMap((param) => childrenNamed(param, 'value')).map(readValue);
}
