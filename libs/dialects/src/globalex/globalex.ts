/** GlobalEx's alerts, in and out (seed 004). */
import { emptyReply } from '../content/empty-reply.js';
import { readReports } from '../content/read-reports.js';
import { sniffPlainFormat } from '../content/sniff-plain-format.js';
import type { Dialect } from '../dialect.js';
import { SPELLINGS } from './fields.js';
import { guide } from './guide.js';
import { readAlert } from './read-alert.js';
import { tellEnd } from './tell-end.js';
import { tellIncoming } from './tell-incoming.js';

export const globalex: Dialect = {
  name: 'globalex',
  routes: ['incoming', 'end'],
  // Of the same family as Voicenter, whose epochs are the account's wall clock; unproven.
  defaultEpochs: 'local',
  defaultTimeZone: 'Asia/Jerusalem',
  defaultCountry: 'IL',
  guide,
  read: (request) => {
    const tell = request.route === 'end' ? tellEnd : tellIncoming;
    return readReports(request, SPELLINGS, (fields) => readAlert(fields, tell));
  },
  sniff: sniffPlainFormat,
  reply: emptyReply,
};
