/** Replies to External IVR, External Layer IVR and HANGUP_CALL (seed sections 5.1, 5.2 and 12). */
import { sniffFormat } from '../content/sniff-format.js';
import type { Answer, Reply, ReplyTo, Verdict, WireFormat } from '../dialect.js';
import { writeResponse } from '../xmlrpc/write-message.js';
import type { Writable } from '../xmlrpc/write-value.js';
import { documentIn } from './read-ivr-answer.js';
import { writeLayerAnswer } from './write-layer-answer.js';
import { FAILED, writeMenuAnswer } from './write-menu-answer.js';

/** A form has no way to be answered in kind: JSON is what the vendor documents beside XML-RPC. */
export function replyToIvr(verdict: Verdict, to: ReplyTo): Reply {
  const given = verdict.kind === 'accepted' ? givenTo(verdict.answer, to) : undefined;
  if (given !== undefined) return given;
  const document = documentFor(verdict, to);
  return written(document, to.format);
}

function written(document: Writable, format: WireFormat): Reply {
  return format === 'xmlrpc'
    ? { contentType: 'text/xml', body: writeResponse(document) }
    : { contentType: 'application/json', body: JSON.stringify(document) };
}

/** Character by character in the PBX's format, and else the same values in that. */
function givenTo(answer: Answer | undefined, { format }: ReplyTo): Reply | undefined {
  if (answer?.kind !== 'ivr' || answer.given === undefined) return undefined;
  const { contentType, body: text } = answer.given;
  const body = Buffer.from(text);
  const isXml = sniffFormat({ headers: { 'content-type': contentType }, body }) === 'xmlrpc';
  if (isXml && format === 'xmlrpc') return { contentType: 'text/xml', body: inUtf8(text) };
  if (!isXml && format !== 'xmlrpc') return { contentType: 'application/json', body: withoutMark(text) };
  const document = documentIn({ contentType, body });
  return document.ok ? written(document.value as Writable, format) : undefined;
}

/** It is sent as UTF-8, which is what an XML document means that names no encoding. */
function inUtf8(xml: string): string {
  return withoutMark(xml).replace(/^(<\?xml\b[^>]*?)\s+encoding\s*=\s*(?:"[^"]*"|'[^']*')/, '$1');
}

/** JSON has no byte order mark. */
function withoutMark(text: string): string {
  return text.replace(/^\ufeff/, '');
}

/** What went wrong is a bare STATUS 1: anything beside it could be taken for what to do. */
function documentFor(verdict: Verdict, { question, route }: ReplyTo): Writable {
  if (verdict.kind !== 'accepted') return FAILED;
  const { answer } = verdict;
  const asked = question?.kind === 'ivr' ? question : undefined;
  if (answer?.kind !== 'ivr') return asked === undefined ? { STATUS: 0 } : FAILED;
  return (asked?.asks ?? route) === 'layer' ? writeLayerAnswer(answer) : writeMenuAnswer(answer, asked);
}
