import type { ApiRoute } from '../api-route.js';
import { callLogManner, readCallLog } from './read-call-log.js';
import { writeCallLog } from './write-call-log.js';

/** The vendor's call log (seed section 3). */
export const callLog: ApiRoute = {
  route: { name: 'call-log', paths: ['/hub/cdr'], methods: ['GET', 'POST'], changes: false },
  mannerOf: callLogManner,
  read: readCallLog,
  write: writeCallLog,
};
