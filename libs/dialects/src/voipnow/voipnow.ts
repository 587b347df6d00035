/** VoipNow's call events, in and out (seeds 000 to 002). */
import { emptyReply } from '../content/empty-reply.js';
import { readReports } from '../content/read-reports.js';
import { sniffPlainFormat } from '../content/sniff-plain-format.js';
import type { Dialect } from '../dialect.js';
import { KIND_ROUTES } from './event-kinds.js';
import { SPELLINGS } from './fields.js';
import { guide } from './guide.js';
import { readCallEvent } from './read-call-event.js';

export const voipnow: Dialect = {
  name: 'voipnow',
  routes: [...KIND_ROUTES, 'event'],
  // An event tells no time at all.
  defaultEpochs: 'utc',
  defaultTimeZone: 'Asia/Jerusalem',
  defaultCountry: 'IL',
  sendsNoCdr: true,
  guide,
  read: (request) => readReports(request, SPELLINGS, (fields) => readCallEvent(fields, request.route)),
  sniff: sniffPlainFormat,
  reply: emptyReply,
};
