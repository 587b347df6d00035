import type { Reply } from '../dialect.js';

/** For vendors that look at nothing but the HTTP status, whatever became of the request. */
export function emptyReply(): Reply {
  return { contentType: 'text/plain', body: '' };
}
