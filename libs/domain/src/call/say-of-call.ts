import { sameValue } from '../same-value.js';
import type { CallMatch } from '../contact/match-contact.js';
import type { Instant } from '../ids.js';
import type { Call } from './call.js';
import type { CallNews } from './call-news.js';
import { shownNote, withNote } from './call-note.js';
import type { CallWord } from './call-word.js';
import type { ToldSoFar } from './told-so-far.js';

export interface Said {
  /** The same object where the word changed nothing. */
  call: Call;
  news: CallNews[];
}

/**
 * What a word of ours changes, and what is told of it. A note is an event of its own. Whose call it is is told with the events that
 * follow, and as `call.updated` once its end was told.
 *
 * @returns undefined for a note that there is no room for
 * @param found  whose the number is, as the directory and the sources say now; undefined where nobody was asked
 */
export function sayOfCall(
  call: Call,
  word: CallWord,
  { told, at, found }: { told: ToldSoFar; at: Instant; found?: CallMatch | undefined },
): Said | undefined {
  if (word.kind === 'note') {
    const notes = withNote(call.notes, word.note);
    if (notes === undefined) return undefined;
    if (notes === call.notes) return { call, news: [] };
    const note = shownNote(word.note);
    return { call: { ...call, notes }, news: [{ type: 'call.noted', occurredAt: word.note.at, note }] };
  }
  const match = word.kind === 'contact' ? chosen(call.match, word.contact) : foundLater(call.match, found);
  if (sameValue(match, call.match)) return { call, news: [] };
  const isOver = told.types.includes('call.ended');
  return { call: { ...call, match }, news: isOver ? [{ type: 'call.updated', occurredAt: at }] : [] };
}

function chosen(match: CallMatch | null, contact: CallMatch['contact']): CallMatch {
  const { number, total, candidates } = match ?? { number: null, total: 0, candidates: [] };
  return { contact, reason: 'chosen', number, total, candidates };
}

/** What somebody chose stands. Nobody is no news. */
function foundLater(match: CallMatch | null, found: CallMatch | undefined): CallMatch | null {
  if (found === undefined || found.total === 0 || match?.reason === 'chosen') return match;
  return found;
}
