/** Replies to External IVR, External Layer IVR and HANGUP_CALL (seed sections 5.1, 5.2 and 12). */
import type { Reply, ReplyTo, Verdict } from '../dialect.js';
import { writeResponse } from '../xmlrpc/write-message.js';
import type { Writable } from '../xmlrpc/write-value.js';
import { writeLayerAnswer } from './write-layer-answer.js';
import { FAILED, writeMenuAnswer } from './write-menu-answer.js';

/** A form has no way to be answered in kind: JSON is what the vendor documents beside XML-RPC. */
export function replyToIvr(verdict: Verdict, to: ReplyTo): Reply {
  const document = documentFor(verdict, to);
  return to.format === 'xmlrpc'
    ? { contentType: 'text/xml', body: writeResponse(document) }
    : { contentType: 'application/json', body: JSON.stringify(document) };
}

/** What went wrong is a bare STATUS 1: anything beside it could be taken for what to do. */
function documentFor(verdict: Verdict, { question, route }: ReplyTo): Writable {
  if (verdict.kind !== 'accepted') return FAILED;
  const { answer } = verdict;
  const asked = question?.kind === 'ivr' ? question : undefined;
  if (answer?.kind !== 'ivr') return asked === undefined ? { STATUS: 0 } : FAILED;
  return (asked?.asks ?? route) === 'layer' ? writeLayerAnswer(answer) : writeMenuAnswer(answer, asked);
}
