import type { AskFailure } from '#domain';

/** The vendor's sentences for what it has a number for (seed sections 3 and 7), ours for the rest. */
export function wordsOf(failure: AskFailure): string {
  switch (failure.code) {
    case 'unauthorised':
      return 'Authorization failed.';
    case 'address':
      return `IP address ${failure.address} is not trusted.`;
    case 'rate':
      return 'Request limit exceeded. Please try again later.';
    case 'too_many':
      return `CDR limit exceeded. ${failure.found} were found, and ${failure.most} are told at once.`;
    case 'unavailable':
      return 'Internal error.';
    default:
      return failure.reason;
  }
}

/** A carried-out ask of another kind than the route's: nothing that the vendor has words for. */
export const WRONG_KIND: AskFailure = { code: 'unavailable' };
