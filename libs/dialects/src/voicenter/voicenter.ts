/** Voicenter, in and out (seed sections 2, 4, 5 and 12). */
import { sniffFormat } from '../content/sniff-format.js';
import type { Dialect } from '../dialect.js';
import { guide } from './guide.js';
import { readCdrMessage } from './read-cdr-message.js';
import { replyToCdr } from './reply-to-cdr.js';

export const voicenter: Dialect = {
  name: 'voicenter',
  routes: ['cdr'],
  // Its epochs are the account's wall clock encoded as if it were UTC.
  defaultEpochs: 'local',
  defaultTimeZone: 'Asia/Jerusalem',
  defaultCountry: 'IL',
  guide,
  read: readCdrMessage,
  sniff: sniffFormat,
  reply: replyToCdr,
};
