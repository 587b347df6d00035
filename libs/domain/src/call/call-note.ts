/** What somebody wrote about a call, and what came of it in their words. It is told to the CRMs as `call.noted`. */
import type { ActorKind } from '../access/actor.js';
import type { Instant } from '../ids.js';

export const LONGEST_NOTE = 4_000;
export const LONGEST_OUTCOME = 100;
/** Of one call: its record travels with each of its events. */
export const MOST_NOTES = 50;

export interface NoteAuthor {
  kind: ActorKind;
  id: string;
  /** Null for an API key. */
  name: string | null;
}

export interface CallNote {
  /** A UUID: by it a note that comes again is known. */
  id: string;
  at: Instant;
  by: NoteAuthor;
  /** Null where only the outcome was said. */
  text: string | null;
  /** A word or two, such as `interested`; null where only a text was written. */
  outcome: string | null;
}

/** `at` is ISO 8601 in UTC. */
export type ShownNote = Omit<CallNote, 'at'> & { at: string };

export function shownNote(note: CallNote): ShownNote {
  return { ...note, at: new Date(note.at).toISOString() };
}

/** @returns the same notes when it is among them already; undefined when there are `MOST_NOTES` */
export function withNote(notes: readonly CallNote[], note: CallNote): readonly CallNote[] | undefined {
  if (notes.some(({ id }) => id === note.id)) return notes;
  return notes.length >= MOST_NOTES ? undefined : [...notes, note];
}
