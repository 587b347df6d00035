/** Refusals as the vendor words them: `{error: {code, message}}` under HTTP's own status. */
import type { AskFailure } from '#domain';
import { failureSentence } from '../../content/failure-sentence.js';
import type { FacadeReply } from '../../facade.js';

/** Of those that are not told by a parameter's name. The vendor's own words where it has one. */
const ERRORS: Readonly<Record<Exclude<AskFailure['code'], 'invalid'>, [status: number, code: string]>> = {
  unauthorised: [401, 'access_denied'],
  address: [403, 'address_not_allowed'],
  rate: [429, 'too_many_requests'],
  blocked: [403, 'call_not_allowed'],
  offline: [400, 'extension_invalid'],
  not_found: [404, 'not_found'],
  unsupported: [501, 'request_not_implemented'],
  refused: [500, 'request_refused'],
  unknown: [500, 'result_unknown'],
  too_many: [400, 'count_invalid'],
  unavailable: [503, 'service_unavailable'],
};

export function writeError(failure: AskFailure): FacadeReply {
  const [status, code] =
    failure.code === 'invalid' ? [400, `${failure.field}_invalid`] : ERRORS[failure.code];
  const headers = headersFor(failure);
  return {
    status,
    contentType: JSON_TYPE,
    body: JSON.stringify({ error: { code, message: failureSentence(failure) } }),
    ...(headers && { headers }),
  };
}

export const JSON_TYPE = 'application/json; charset=utf-8';

function headersFor(failure: AskFailure): Record<string, string> | undefined {
  if (failure.code === 'unauthorised') return { 'www-authenticate': 'Bearer' };
  if (failure.code === 'rate') return { 'retry-after': String(failure.retryAfterSeconds) };
  return undefined;
}
