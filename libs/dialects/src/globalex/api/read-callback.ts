/** Numbers for the callback queue (seed 004, "Add numbers to Callback Queue"). */
import type { AskedFields } from '../../content/asked-fields.js';
import { asking, invalid, type AskReading } from './read-dialup.js';

const MOST_TRIES = 100;
/** No PBX has a longer name for a queue. */
const LONGEST_QUEUE = 64;
const NUMBER = /^\+?\d{3,20}$/;
/** What numbers are written with beside their digits. */
const PUNCTUATION = /[\s().\-/]/g;

export function readCallback(fields: AskedFields): AskReading {
  if (fields.word('action') !== 'addcb') return invalid('action', 'The only action is AddCB.');
  const number = fields.number('cbnum')?.replace(/^ +/, '+') ?? null;
  if (number === null) return invalid('CBnum', 'CBnum is missing.');
  if (!isNumber(number)) return invalid('CBnum', 'CBnum is no number.');
  const queue = fields.text('cbqdest');
  if (queue === null) return invalid('CBQdest', 'CBQdest is missing.');
  if (queue.length > LONGEST_QUEUE) return invalid('CBQdest', 'CBQdest is no queue.');
  const from = fields.number('cbsource')?.replace(/^ +/, '+') ?? null;
  if (from !== null && !isNumber(from)) return invalid('CBsource', 'CBsource is no number.');
  const maxTries = fields.whole('maxcbdial');
  if (fields.has('maxcbdial') && (maxTries === null || maxTries < 1 || maxTries > MOST_TRIES)) {
    return invalid('maxCBdial', `maxCBdial is a number from 1 to ${MOST_TRIES}.`);
  }
  return asking({ kind: 'queue_callback', queue, number, from, maxTries });
}

function isNumber(text: string): boolean {
  return NUMBER.test(text.replace(PUNCTUATION, ''));
}
