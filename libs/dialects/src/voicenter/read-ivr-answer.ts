/** Reads what a server that was written for Voicenter replies to `askIvr`. */
import type { IvrAnswer, IvrQuestion } from '#domain';
import { hintsOf } from '../content/body/read-body.js';
import { decodeText } from '../content/charset/decode-text.js';
import { readJson } from '../content/read-json.js';
import { sniffFormat } from '../content/sniff-format.js';
import { readResponse } from '../xmlrpc/read-response.js';
import { fieldsOf, neededWhole, NotAnAnswer } from './answer-fields.js';
import { readLayerAnswer } from './read-layer-answer.js';
import { readMenuAnswer } from './read-menu-answer.js';

export type IvrAnswerReading = { ok: true; answer: IvrAnswer } | { ok: false; reason: string };

/** A STATUS other than 0 is an answer too: the server does not know. In whichever format it comes. */
export function readIvrAnswer(
  reply: { contentType: string | undefined; body: Uint8Array },
  { asks }: Pick<IvrQuestion, 'asks'>,
): IvrAnswerReading {
  const document = documentIn(reply);
  if (!document.ok) return document;
  try {
    const fields = fieldsOf(document.value, 'The reply');
    if (neededWhole(fields, 'STATUS') !== 0) return { ok: true, answer: fallback() };
    return { ok: true, answer: asks === 'layer' ? readLayerAnswer(fields) : readMenuAnswer(fields) };
  } catch (error) {
    if (error instanceof NotAnAnswer) return { ok: false, reason: error.message };
    throw error;
  }
}

function fallback(): IvrAnswer {
  return { kind: 'ivr', action: { do: 'fallback' }, language: null, callerName: null, customData: {} };
}

/** What a reply says, in whichever format it says it. */
export function documentIn({
  contentType,
  body,
}: {
  contentType: string | undefined;
  body: Uint8Array;
}): { ok: true; value: unknown } | { ok: false; reason: string } {
  const format = sniffFormat({ headers: { 'content-type': contentType }, body });
  if (format === 'xmlrpc') {
    const response = readResponse(body);
    return response.ok ? response : { ok: false, reason: response.reason };
  }
  return readJson(decodeText(body, hintsOf({ headers: { 'content-type': contentType } })));
}
