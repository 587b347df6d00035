/** The answer to a client that wants a token (RFC 6749, sections 5.1 and 5.2). */
import type { AskFailure, AskResult } from '#domain';
import { failureSentence } from '../../content/failure-sentence.js';
import type { FacadeReply } from '../../facade.js';
import type { VoipnowManner } from './manner.js';
import { JSON_TYPE } from './write-error.js';

const UNKEPT = { 'cache-control': 'no-store', pragma: 'no-cache' };
/** What may stand in `error_description`: section 5.2. */
const UNFIT = /[^\x20\x21\x23-\x5b\x5d-\x7e]/g;

export function writeToken(result: AskResult, manner: VoipnowManner): FacadeReply {
  if (!result.ok) return refusal(result.failure, manner);
  if (result.told.kind !== 'token') return refusal({ code: 'unavailable' }, manner);
  const { token, expiresInSeconds } = result.told;
  return json(200, { access_token: token, token_type: 'Bearer', expires_in: expiresInSeconds }, {});
}

function refusal(failure: AskFailure, { basic, grant }: VoipnowManner): FacadeReply {
  const description = failureSentence(failure).replace(UNFIT, ' ');
  const say = (status: number, error: string, headers: Record<string, string> = {}) =>
    json(status, { error, error_description: description }, headers);
  switch (failure.code) {
    case 'unauthorised':
      return say(401, 'invalid_client', basic ? { 'www-authenticate': 'Basic realm="token"' } : {});
    case 'invalid':
      return say(400, grant === 'other' ? 'unsupported_grant_type' : 'invalid_request');
    case 'rate':
      return say(429, 'invalid_request', { 'retry-after': String(failure.retryAfterSeconds) });
    case 'unknown':
    case 'unavailable':
      return say(503, 'temporarily_unavailable');
    default:
      return say(403, 'unauthorized_client');
  }
}

function json(status: number, body: object, headers: Record<string, string>): FacadeReply {
  return { status, contentType: JSON_TYPE, body: JSON.stringify(body), headers: { ...UNKEPT, ...headers } };
}
