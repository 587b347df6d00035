import type { AskFailure } from '#domain';

/** Why an ask was not carried out, as a sentence for whoever asked. */
export function failureSentence(failure: AskFailure): string {
  switch (failure.code) {
    case 'address':
      return `Requests from ${failure.address} are not allowed.`;
    case 'rate':
      return `Too many requests. The next one may come in ${failure.retryAfterSeconds} s.`;
    case 'too_many':
      return `${failure.found} calls were found, and at most ${failure.most} are told at once: narrow the search.`;
    case 'unavailable':
      return 'The service is not available at the moment.';
    case 'invalid':
    case 'unauthorised':
    case 'blocked':
    case 'offline':
    case 'not_found':
    case 'unsupported':
    case 'refused':
    case 'unknown':
      return failure.reason;
  }
}
