/** The envelope of the vendor's monitor: `{ERR, DESC}` and what was asked for (seed sections 7 and 8). */
import type { AskFailure } from '#domain';
import type { FacadeReply } from '../../facade.js';
import { wordsOf } from './failure-words.js';
import { jsonReply } from './replies.js';

const UNAUTHORISED = 1;
const INTERNAL = 2;
/** Who may not ask, and from where. */
const NOT_ALLOWED: ReadonlySet<AskFailure['code']> = new Set<AskFailure['code']>(['unauthorised', 'address']);

export function cometReply(told: Readonly<Record<string, unknown>>): FacadeReply {
  return jsonReply({ ERR: 0, DESC: 'OK', ...told });
}

/** Also for the extension list, where the vendor itself says OK and nothing to a wrong code: nobody finds that out. */
export function cometFailure(failure: AskFailure): FacadeReply {
  const number = NOT_ALLOWED.has(failure.code) ? UNAUTHORISED : INTERNAL;
  return jsonReply({ ERR: number, DESC: wordsOf(failure) });
}
